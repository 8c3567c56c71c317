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
    /// The tensors that leave the firmware.
    public var outputs: [TensorID]
    /// Inputs and outputs that the model file has with the channels first. All are last in the firmware.
    public var channelsFirst: Set<TensorID> = []

    /// A tensor that enters the firmware.
    public struct Input: Hashable, Sendable, Codable {
        public var name: String
        public var shape: Shape
        /// The types of its elements.
        public var type: ElementTypes

        public init(name: String, shape: Shape, type: ElementTypes) {
            self.name = name
            self.shape = shape
            self.type = type
        }

        /// A tensor whose elements are all of one type.
        public init(name: String, shape: Shape, type: FixedType) {
            self.init(name: name, shape: shape, type: .uniform(type))
        }

        public var id: TensorID { TensorID(name) }
        public var spec: TensorSpec { TensorSpec(types: type, shape: shape) }
    }

    public struct Node: Hashable, Sendable {
        public var name: String
        public var inputs: [TensorID]
        /// The shape of each output.
        public var shapes: [Shape]
        public var operation: Operation
        /// How many stream elements each FIFO of its results holds, where the user states it. Nil: found from the
        /// schedule.
        public var fifoDepth: Int?

        public init(
            name: String, inputs: [TensorID], shapes: [Shape], operation: Operation, fifoDepth: Int? = nil
        ) {
            self.name = name
            self.inputs = inputs
            self.shapes = shapes
            self.operation = operation
            self.fifoDepth = fifoDepth
        }

        /// A node with one output.
        public init(
            name: String, inputs: [TensorID], shape: Shape, operation: any DesignOperation, fifoDepth: Int? = nil
        ) {
            self.init(
                name: name, inputs: inputs, shapes: [shape], operation: Operation(operation), fifoDepth: fifoDepth)
        }

        /// What each output is: its types are stated by the operation. Made anew with each call; `PlacedDesign` keeps
        /// them.
        public func makeOutputs() -> [TensorSpec] {
            zip(operation.definition.results, shapes).map { TensorSpec(types: $0, shape: $1) }
        }

        /// The tensors that the node makes.
        public var ids: [TensorID] { shapes.indices.map { TensorID(name, $0) } }
    }

    public init(io: IOType, compat: Compat, inputs: [Input], nodes: [Node], outputs: [TensorID]) {
        self.io = io
        self.compat = compat
        self.inputs = inputs
        self.nodes = nodes
        self.outputs = outputs
    }
}

/// Channels that are first in the model file are stated where there are any.
extension Design {
    private enum Field: String, CodingKey { case io, compat, inputs, nodes, outputs, channelsFirst }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Field.self)
        io = try fields.decode(IOType.self, forKey: .io)
        compat = try fields.decode(Compat.self, forKey: .compat)
        inputs = try fields.decode([Input].self, forKey: .inputs)
        nodes = try fields.decode([Node].self, forKey: .nodes)
        outputs = try fields.decode([TensorID].self, forKey: .outputs)
        channelsFirst = Set(try fields.decodeIfPresent([TensorID].self, forKey: .channelsFirst) ?? [])
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Field.self)
        try fields.encode(io, forKey: .io)
        try fields.encode(compat, forKey: .compat)
        try fields.encode(inputs, forKey: .inputs)
        try fields.encode(nodes, forKey: .nodes)
        try fields.encode(outputs, forKey: .outputs)
        let first = (inputs.map(\.id) + outputs).filter(channelsFirst.contains)
        if !first.isEmpty { try fields.encode(first, forKey: .channelsFirst) }
    }
}

extension Design.Input {
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        name = try fields.decode(String.self, forKey: .name)
        shape = try Shape.decode(fields, .shape)
        type = try fields.decode(ElementTypes.self, forKey: .type)
    }
}

/// A node with one output states its `shape`; one with several all their `shapes`.
extension Design.Node: Codable {
    private enum Field: String, CodingKey { case name, inputs, shape, shapes, operation, fifoDepth }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Field.self)
        name = try fields.decode(String.self, forKey: .name)
        inputs = try fields.decode([TensorID].self, forKey: .inputs)
        shapes = try Shape.decodeAll(fields, .shape, .shapes)
        operation = try fields.decode(Operation.self, forKey: .operation)
        fifoDepth = try fields.decodeIfPresent(Int.self, forKey: .fifoDepth)
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Field.self)
        try fields.encode(name, forKey: .name)
        try fields.encode(inputs, forKey: .inputs)
        try Shape.encodeAll(shapes, &fields, .shape, .shapes)
        try fields.encode(operation, forKey: .operation)
        try fields.encodeIfPresent(fifoDepth, forKey: .fifoDepth)
    }
}
