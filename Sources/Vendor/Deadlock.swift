internal import Basics
internal import Reports

/// What a co-simulation says when processes wait for each other for ever: which FIFOs they wait at.
///
/// The simulator prints `DEADLOCK DETECTED`, then for each process of the circle the channels that it waits at, as
/// `Channel: net.fc1_out_U, FULL`.
struct Deadlock {
    /// Variables of the top function, each once, in the order of the log.
    private(set) var full: [String] = []
    private(set) var empty: [String] = []

    /// Nil if the log tells of no deadlock.
    init?(log: String) {
        guard log.contains("DEADLOCK DETECTED") else { return nil }
        for line in log.split(whereSeparator: \.isNewline) {
            guard let start = line.firstRange(of: "Channel: ")?.upperBound else { continue }
            let parts = line[start...].split(separator: ",")
            guard let path = parts.first, let name = path.split(separator: ".").last else { continue }
            let variable = ChannelProfile.variable(of: String(name.filter { $0 != " " }))
            switch parts.last.map({ $0.filter { $0 != " " } }) {
            case "FULL": if !full.contains(variable) { full.append(variable) }
            case "EMPTY": if !empty.contains(variable) { empty.append(variable) }
            default: break
            }
        }
    }

    var diagnostic: Diagnostic {
        var message = "co-simulation: the RTL waits for ever"
        if !full.isEmpty { message += "; full is \(full.joined(separator: ", "))" }
        if !empty.isEmpty { message += "; empty is \(empty.joined(separator: ", "))" }
        let layers = full.map(Self.layer)
        guard let first = layers.first else {
            return .error(message, help: "leave out what 'fifo_depth' states: the depths are then found")
        }
        return .error(
            message, subject: ["layers", first, "fifo_depth"],
            help: "raise 'fifo_depth' of \(layers.map { "'\($0)'" }.joined(separator: ", ")), or leave it out where it "
                + "is stated")
    }

    /// The layer whose result a variable of the top function holds: `fc1` of `fc1_out` and of `fc1_to_relu1`.
    private static func layer(of variable: String) -> String {
        for suffix in ["_out", "_tensor"] {
            if let layer = variable.rest(before: suffix) { return layer }
        }
        return variable.firstRange(of: "_to_").map { String(variable[..<$0.lowerBound]) } ?? variable
    }
}
