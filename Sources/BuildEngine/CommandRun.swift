public import Basics

/// How a command ended.
public enum Termination: Hashable, Sendable {
    case exited(Int32)
    case signaled(Int32)
    /// It was stopped because its time was up.
    case timedOut
}

extension Termination: CustomStringConvertible {
    public var description: String {
        switch self {
        case .exited(let status): "exit status \(status)"
        case .signaled(let signal): "signal \(signal)"
        case .timedOut: "a time-out"
        }
    }
}

/// A command that has ended, as its step's `judge` sees it.
public struct CommandRun: Sendable {
    public let termination: Termination
    /// Seconds by the clock.
    public let seconds: Double
    /// What the command printed, both streams; of a long log the first and the last half mebibyte.
    public let log: String
    /// The files that lie in the command's folder now and are new or changed, sorted.
    public let produced: [String]
    private let reader: @Sendable (String) throws -> [UInt8]

    public init(
        termination: Termination, seconds: Double, log: String, produced: [String],
        reader: @escaping @Sendable (String) throws -> [UInt8]
    ) {
        self.termination = termination
        self.seconds = seconds
        self.log = log
        self.produced = produced
        self.reader = reader
    }

    /// The bytes of a file in the command's folder.
    public func bytes(_ path: String) throws -> [UInt8] { try reader(path) }

    /// The text of a file in the command's folder; nil if there is none.
    public func text(_ path: String) -> String? {
        (try? reader(path)).map { String(decoding: $0, as: UTF8.self) }
    }

    public var succeeded: Bool { termination == .exited(0) }

    /// The judgement that needs nothing but the exit status.
    public var judgementByStatus: Judgement {
        switch termination {
        case .exited(0): .success([])
        case .exited(let status): .failure([.error("the command ended with exit status \(status)")])
        case .signaled(let signal):
            .transient([
                .error(
                    "the command was ended by signal \(signal)",
                    help: signal == 9 ? "the machine may have run out of memory" : nil)
            ])
        case .timedOut: .transient([.error("the command took longer than it may and was stopped")])
        }
    }
}

/// What a step says of its own run.
public enum Judgement: Sendable {
    /// The outputs are good. The diagnostics (warnings) are kept with them.
    case success([Diagnostic])
    /// The inputs or settings are at fault: another run would fail again. Nothing is kept.
    case failure([Diagnostic])
    /// Something else was at fault (licence, memory, signal, time): another run may succeed. Nothing is kept.
    case transient([Diagnostic])
}
