/// A command with everything resolved: what a runner needs and nothing of the engine.
public struct CommandRequest: Sendable {
    /// Which step asks, for messages and job names.
    public let stage: StageIdentity
    public let label: String
    /// Absolute.
    public let executable: String
    public let arguments: [String]
    /// The whole environment.
    public let environment: [String: String]
    /// Absolute; exists and holds the inputs.
    public let workingDirectory: String
    /// What it takes: a runner keeps to the wall time, and may choose a machine by the rest.
    public let resources: Resources
    /// Absolute path of the file that takes what the command prints. Its folder exists.
    public let log: String
    /// Told the number of the process group as soon as there is one; a runner elsewhere tells nothing.
    public var onStart: @Sendable (Int32) -> Void = { _ in }

    public init(
        stage: StageIdentity, label: String, executable: String, arguments: [String], environment: [String: String],
        workingDirectory: String, resources: Resources = Resources(), log: String
    ) {
        self.stage = stage
        self.label = label
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.resources = resources
        self.log = log
    }
}

/// Where commands run: this machine today, a batch system tomorrow, nowhere in tests.
public protocol ActionRunner: Sendable {
    /// Runs the command to its end and hands every line that it prints to `onLine` as it comes. When the calling task
    /// is cancelled, everything the command started is ended before this throws `CancellationError`. Nothing that
    /// the command started may be alive after the return.
    func run(_ request: CommandRequest, onLine: @escaping @Sendable (String) -> Void) async throws -> Termination

    /// Ends commands that an earlier process of this project started and left running when it was killed.
    /// - Parameter folder: below which the logs of the project's commands lie.
    func endLeftovers(below folder: String)

    /// Ends all running commands at once, without grace: the user asks a second time.
    func killAll()
}

extension ActionRunner {
    public func endLeftovers(below folder: String) {}

    public func killAll() {}
}
