internal import Basics
internal import Glibc

/// A process, told from every later one that gets its number.
public struct ProcessMark: Hashable, Sendable {
    public let number: Int32
    /// When it was started, in the kernel's ticks.
    public let started: String

    /// The process of a number; nil if there is none, or it has ended and only waits for somebody to ask how.
    public init?(_ number: Int32) {
        guard number > 1, let fields = Self.fields(of: number), fields[0] != "Z", fields.count > 19 else { return nil }
        self.number = number
        started = String(fields[19])
    }

    /// What `text` made.
    public init?(text: some StringProtocol) {
        let fields = text.split(whereSeparator: \.isWhitespace)
        guard fields.count == 2, let number = Int32(fields[0]), number > 1 else { return nil }
        self.number = number
        started = String(fields[1])
    }

    public var text: String { "\(number) \(started)" }

    public var isRunning: Bool { Self(number) == self }

    /// Whether the process runs, or one of the group that it led.
    public var isGroupRunning: Bool {
        if let now = Self(number) { return now == self }
        let processes = ((try? Files.list("/proc")) ?? []).compactMap { Int32($0) }
        return processes.contains { process in
            guard let fields = Self.fields(of: process), fields.count > 2 else { return false }
            return fields[0] != "Z" && fields[2] == "\(number)"
        }
    }

    /// What the kernel says of a process, from its state on: the name before that may be anything.
    private static func fields(of process: Int32) -> [Substring]? {
        guard let text = try? Files.text("/proc/\(process)/stat"),
            // The name of the program stands in parentheses, and may hold any bytes.
            let end = text.utf8.lastIndex(of: UInt8(ascii: ")"))
        else { return nil }
        let fields = text.utf8[end...].dropFirst().split(separator: UInt8(ascii: " ")).map(Substring.init)
        return fields.isEmpty ? nil : fields
    }
}
