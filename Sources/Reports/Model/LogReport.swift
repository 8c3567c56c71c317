internal import Basics

/// What a log of a vendor tool tells: how the run ended, how far it came, and what went wrong.
public struct LogReport: Hashable, Sendable {
    public enum Outcome: String, Hashable, Sendable {
        /// A success marker was printed and no error stands after it.
        case success
        /// An error that nothing later made good.
        case failure
        /// Neither: cut off, still running, or a log that states no result. The exit status and the artefacts decide.
        case unknown
    }

    public var outcome: Outcome
    /// The command that the driver or the log's first lines name, for example `csynth`.
    public var mode: String?
    /// The tool's own word that the run succeeded, as the line prints it; nil where there is none.
    public var marker: String?
    /// The number of the tool's process, where the log begins with it; crash files are named by it.
    public var process: Int?
    /// The tool said that it is leaving. Printed after failures too, so it proves an end and no success.
    public var ended: Bool
    /// The runs of the tool, each with its own outcome, where the log tells of several: the last one's is the log's.
    public var sessions: [Session] = []
    /// Steps in the order they began.
    public var phases: [Phase] = []
    /// Errors, the first first, then critical warnings. Repetitions are counted.
    public var causes: [Cause] = []
    /// Warnings of the catalogue: what will cost time, area or clock period.
    public var warnings: [Cause] = []
    /// Checksums of netlists: equal in two runs that made the same thing.
    public var checksums: [Checksum] = []

    public struct Session: Hashable, Sendable {
        /// The line it begins at, from 1.
        public var line: Int
        public var outcome: Outcome
    }

    public struct Phase: Hashable, Sendable {
        public var name: String
        public var outcome: Outcome
        /// The line it begins at, from 1.
        public var line: Int
    }

    public struct Checksum: Hashable, Sendable {
        public var phase: String
        public var value: String
    }

    /// One thing that went wrong.
    public struct Cause: Hashable, Sendable {
        public enum Severity: String, Hashable, Sendable {
            case error, warning
            case criticalWarning = "critical_warning"
        }

        /// The tool's message code without brackets, `HLS 200-627`; nil for a message that has none.
        public var code: String?
        public var failure: FailureClass
        public var text: String
        /// What to do.
        public var help: String
        public var severity: Severity
        /// Where in the user's sources, where the message says so.
        public var file: String?
        public var sourceLine: Int?
        public var sourceColumn: Int?
        /// The line of the log, from 1.
        public var line: Int
        public var count = 1
        /// A later run of the same step in the same log succeeded.
        public var recovered = false
        /// Of a run before the last that the log tells of.
        public var isEarlier = false
    }

    /// The name of the file that the tool leaves beside this log if it crashes; nil unless the log stops in the middle.
    public var crashFile: String? {
        guard causes.contains(where: { $0.failure == .cutOff }) else { return nil }
        return process.map { "hs_err_pid\($0).log" }
    }

    /// The same log, cut off by the crash that another file tells of: a failure whose first cause is that crash.
    public func ended(by crash: LogReport) -> LogReport {
        var log = self
        log.outcome = .failure
        log.causes.removeAll { $0.failure == .cutOff }
        log.causes.insert(contentsOf: crash.causes, at: 0)
        return log
    }

    var members: [JSONValue.Member] {
        [
            .init("outcome", .string(outcome.rawValue)), .init("mode", .of(mode)), .init("marker", .of(marker)),
            .init("process", .of(process)), .init("ended", .bool(ended)),
            .init(
                "sessions",
                .array(
                    sessions.map { .object(["line": .int($0.line), "outcome": .string($0.outcome.rawValue)]) })),
            .init(
                "phases",
                .array(
                    phases.map { phase in
                        .object([
                            "name": .string(phase.name), "outcome": .string(phase.outcome.rawValue),
                            "line": .int(phase.line),
                        ])
                    })),
            .init("causes", .array(causes.map(\.json))), .init("warnings", .array(warnings.map(\.json))),
            .init("checksums", .object(checksums.map { JSONValue.Member($0.phase, .string($0.value)) })),
        ]
    }
}

extension LogReport.Cause {
    var json: JSONValue {
        .object([
            "code": .of(code), "class": .string(failure.rawValue), "text": .string(text), "help": .string(help),
            "severity": .string(severity.rawValue), "file": .of(file), "source_line": .of(sourceLine),
            "source_column": .of(sourceColumn), "line": .int(line), "count": .int(count),
            "recovered": .bool(recovered), "earlier": .bool(isEarlier),
        ])
    }
}
