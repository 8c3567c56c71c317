/// Collects messages into causes: repetitions counted, aftermath left out, the first cause first.
struct LogCauses {
    private let recovered: Set<Int>
    private let phaseOf: (Int) -> String?
    /// The line that the log's last run begins at.
    private let lastSession: Int
    private var found: [LogReport.Cause] = []
    private(set) var warnings: [LogReport.Cause] = []
    private var indexOfText: [String: Int] = [:]
    private var kindsOfCode: [String: Int] = [:]
    private var lastOfCode: [String: Int] = [:]

    /// Different texts of one code that are kept; the rest is counted with the last.
    private static let perCode = 20

    init(recovered: Set<Int>, phaseOf: @escaping (Int) -> String?, lastSession: Int) {
        self.recovered = recovered
        self.phaseOf = phaseOf
        self.lastSession = lastSession
    }

    mutating func add(_ message: LogMessage) {
        let entry = FailureCatalogue.entry(code: message.code, text: message.text)
        if message.severity == .error, message.code == nil, entry == nil {
            // `ERROR:` with nothing behind it, `ERROR: 4`, `ERROR: Pre-synthesis failed.` after a coded message.
            guard message.text.count > 3, found.allSatisfy({ $0.severity != .error }) || message.location != nil else {
                return
            }
        }
        var cause = LogReport.Cause(
            code: message.code, failure: entry?.failure ?? fallback(message), text: message.text,
            help: entry?.help ?? "see the tool's message", severity: message.severity, line: message.line)
        cause.file = message.location?.file
        cause.sourceLine = message.location?.line
        cause.sourceColumn = message.location?.column
        cause.recovered = recovered.contains(message.line)
        cause.isEarlier = message.line < lastSession
        insert(cause)
    }

    /// The step that ran tells what an unknown message is about; a compiler's message has a place.
    private func fallback(_ message: LogMessage) -> FailureClass {
        if message.code == nil, message.location != nil { return .frontEnd }
        switch phaseOf(message.line) {
        case "csim": return .csim
        case "cosim": return .cosim
        case "csynth": return .unsynthesisable
        case "export": return .ip
        case "synth_design": return .rtl
        case .some: return .implementation
        case nil: return message.code == nil ? .script : .unknown
        }
    }

    private mutating func insert(_ cause: LogReport.Cause) {
        let isWarning = cause.severity == .warning
        let code = (isWarning ? "w" : "e") + (cause.isEarlier ? "p" : "l") + (cause.code ?? "")
        let key = code + "\u{1F}" + (cause.recovered ? "r" : "") + cause.text
        if let index = indexOfText[key] { return count(index, isWarning) }
        if kindsOfCode[code, default: 0] >= Self.perCode, let index = lastOfCode[code] {
            return count(index, isWarning)
        }
        kindsOfCode[code, default: 0] += 1
        let index = isWarning ? warnings.count : found.count
        indexOfText[key] = index
        lastOfCode[code] = index
        if isWarning { warnings.append(cause) } else { found.append(cause) }
    }

    private mutating func count(_ index: Int, _ isWarning: Bool) {
        if isWarning { warnings[index].count += 1 } else { found[index].count += 1 }
    }

    /// Errors that stand, then critical warnings, then what earlier runs said, then errors that were made good; each in
    /// the order of the log.
    var sorted: [LogReport.Cause] {
        var found = found
        if found.contains(where: { $0.severity == .error && $0.code != nil }) {
            found.removeAll { $0.code == nil && Self.isAftermath($0.text) }
        }
        // What a program printed before a coded error of the tool belongs to that error.
        var next: FailureClass?
        for index in found.indices.reversed() where found[index].severity == .error {
            if found[index].code != nil { next = found[index].failure }
            if found[index].code == nil, found[index].failure == .script, let next { found[index].failure = next }
        }
        // The compiler gave up without a reason of its own.
        if found.count(where: { $0.severity == .error && $0.code != nil }) == 1 {
            for index in found.indices where found[index].code == "HLS 200-1715" {
                found[index].failure = .frontEnd
                found[index].help = "the compiler gives no reason: compile the sources alone, then reduce the design"
            }
        }
        func rank(_ cause: LogReport.Cause) -> Int {
            cause.recovered ? 3 : cause.isEarlier ? 2 : cause.severity == .error ? 0 : 1
        }
        return (0...3).flatMap { wanted in found.filter { rank($0) == wanted } }
    }

    /// Lines that only say that something failed before.
    private static func isAftermath(_ text: String) -> Bool {
        text.hasSuffix("_design failed") || text.hasSuffix("returned error code")
    }
}
