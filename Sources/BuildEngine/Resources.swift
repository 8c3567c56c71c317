/// What a command takes while it runs, for whoever decides where and when it may.
public struct Resources: Hashable, Sendable {
    /// Processors that it keeps busy.
    public var cores: Int
    /// Bytes of memory that it needs at most; nil: not known.
    public var memory: Int64?
    /// By the clock; a run that takes longer is ended. Nil: it may take as long as it likes.
    public var wallTime: Duration?

    public init(cores: Int = 1, memory: Int64? = nil, wallTime: Duration? = nil) {
        self.cores = max(1, cores)
        self.memory = memory
        self.wallTime = wallTime
    }
}
