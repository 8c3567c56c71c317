public import Options

/// Another way to lay out an operation in hardware, as a project file states it.
public struct OperationChoice: Sendable {
    public var strategy: Strategy
    public var reuse: Int
    /// The operation laid out so.
    public var operation: any DesignOperation

    public init(strategy: Strategy, reuse: Int, operation: any DesignOperation) {
        self.strategy = strategy
        self.reuse = reuse
        self.operation = operation
    }
}
