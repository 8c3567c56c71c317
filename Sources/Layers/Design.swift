public import FixedPoint
public import LayerKit
public import Options

/// What the firmware computes, to the last integer: the result of stage optimize, and the definition that the
/// emulator, the C++ and the RTL share.
public struct Design: Hashable, Sendable, Codable {
    public var io: IOType
    public var compat: Compat
    public var inputs: [Input]
    /// In an order in which every node follows those it reads from.
    public var nodes: [Node]
    /// Names of the inputs or nodes that leave the firmware.
    public var outputs: [String]

    /// A tensor that enters the firmware.
    public struct Input: Hashable, Sendable, Codable {
        public var name: String
        public var shape: Shape
        public var type: FixedType

        public init(name: String, shape: Shape, type: FixedType) {
            self.name = name
            self.shape = shape
            self.type = type
        }
    }

    public struct Node: Hashable, Sendable, Codable {
        public var name: String
        public var inputs: [String]
        public var shape: Shape
        public var operation: Operation
        /// How many stream elements each FIFO of its result holds, where the user states it. Nil: found from the
        /// schedule.
        public var fifoDepth: Int?

        public init(name: String, inputs: [String], shape: Shape, operation: Operation, fifoDepth: Int? = nil) {
            self.name = name
            self.inputs = inputs
            self.shape = shape
            self.operation = operation
            self.fifoDepth = fifoDepth
        }
    }

    public init(io: IOType, compat: Compat, inputs: [Input], nodes: [Node], outputs: [String]) {
        self.io = io
        self.compat = compat
        self.inputs = inputs
        self.nodes = nodes
        self.outputs = outputs
    }

    /// Type and shape of a tensor by the name of the input or node that makes it.
    public func tensor(_ name: String) -> (type: FixedType, shape: Shape)? {
        if let input = inputs.first(where: { $0.name == name }) { return (input.type, input.shape) }
        if let node = nodes.first(where: { $0.name == name }) { return (node.operation.resultType, node.shape) }
        return nil
    }
}
