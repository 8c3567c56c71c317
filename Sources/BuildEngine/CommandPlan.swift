/// A command to run: everything that decides its result.
public struct CommandPlan: Sendable {
    /// An output that the command promises.
    public struct Output: Hashable, Sendable {
        public enum Form: String, Hashable, Sendable {
            /// One regular file.
            case file
            /// All regular files below a folder.
            case tree
        }

        /// Relative to the command's folder.
        public var path: String
        public var form: Form
        /// Whether the run fails if there is no such output, or if it is empty.
        public var required: Bool
        /// Whether a file without bytes is as good as one with some.
        public var mayBeEmpty: Bool

        public init(_ path: String, form: Form = .file, required: Bool = true, mayBeEmpty: Bool = false) {
            self.path = path
            self.form = form
            self.required = required
            self.mayBeEmpty = mayBeEmpty
        }
    }

    public var tool: ToolIdentity
    /// The arguments after the program's name. Paths in them are relative to the command's folder.
    public var arguments: [String]
    public var outputs: [Output]
    /// The whole environment besides `passThrough` and what the engine sets (`TMPDIR`, `HOME` unless stated here).
    public var environment: [String: String]
    /// Names of variables that are handed on from outside and are *not* part of the key: licence servers, a display.
    public var passThrough: [String]
    /// Variables that are *not* part of the key, with their values; a variable that is handed on is stronger.
    public var unkeyedEnvironment: [String: String] = [:]
    /// Where the command runs, relative to its folder.
    public var workingDirectory: String
    /// What a run takes. Not part of the key.
    public var resources: Resources
    /// Folders of this machine, absolute, that arguments, environment and settings may name: where tools are installed,
    /// the innermost first. In the key under which results are shared, their numbers stand for them.
    public var places: [String] = []
    /// What is scarce and a run takes while it lasts. Not part of the key.
    public var claims: [Claim] = []
    /// Where other processes take of the same; nil: this process has all for itself. Not part of the key.
    public var pool: Pool?
    /// Whether a run that failed for a transient reason is tried again. Not part of the key.
    public var retry: Retry?

    /// So many units of something that there is only so much of: licences, memory.
    public struct Claim: Hashable, Sendable {
        public var resource: String
        /// What a person calls one that is waited for: "a licence seat".
        public var title: String
        public var units: Int
        /// How many units there are in all. A claim for more is granted when nobody else has any.
        public var capacity: Int

        public init(_ resource: String, title: String? = nil, units: Int = 1, of capacity: Int) {
            self.resource = resource
            self.title = title ?? resource
            self.units = units
            self.capacity = capacity
        }
    }

    /// A folder by which processes share what they claim.
    public struct Pool: Hashable, Sendable {
        /// The environment variable that names one to be shared with other users, or not shared.
        public static let variable = "HLSBUILD_SEATS"

        /// Absolute; made where it is not there.
        public var folder: String
        /// Whether it must be this user's alone.
        public var isOwn: Bool
        /// How long to wait for others; nil: for ever.
        public var patience: Duration?

        public init(folder: String, isOwn: Bool, patience: Duration?) {
            self.folder = folder
            self.isOwn = isOwn
            self.patience = patience
        }
    }

    /// Trying again, after longer and longer pauses.
    public struct Retry: Hashable, Sendable {
        /// Before the second attempt; each later pause is twice as long, up to five minutes.
        public var firstPause: Duration
        /// No attempt begins after so much time since the first failure.
        public var patience: Duration

        public init(firstPause: Duration, patience: Duration) {
            self.firstPause = firstPause
            self.patience = patience
        }
    }

    public init(
        tool: ToolIdentity, arguments: [String], outputs: [Output], environment: [String: String] = [:],
        passThrough: [String] = [], workingDirectory: String = "", resources: Resources = Resources()
    ) {
        self.tool = tool
        self.arguments = arguments
        self.outputs = outputs
        self.environment = environment
        self.passThrough = passThrough
        self.workingDirectory = workingDirectory
        self.resources = resources
    }
}
