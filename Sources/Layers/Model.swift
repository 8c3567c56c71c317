internal import Basics
public import FixedPoint
public import LayerKit
public import Options

/// A network as it was trained: the result of stage parse.
public struct Model: Hashable, Sendable {
    /// In an order in which every node follows those it reads from.
    public var nodes: [Node]
    /// Names of the input layers, in the order in which the model file lists them.
    public var inputs: [String]
    /// The tensors that the model gives, in its order.
    public var outputs: [TensorID]
    /// Inputs and outputs that the model file has with the channels first. All are last here.
    public var channelsFirst: Set<TensorID>

    public struct Node: Hashable, Sendable {
        public var name: String
        public var inputs: [TensorID]
        /// The shape of each output.
        public var outputs: [Shape]
        public var layer: Layer
        /// The type of the result where a pass has put a quantiser into the layer or has made the layer; nil: as the project
        /// file says.
        public var result: PrecisionChoice?
        /// Types of trained numbers of a layer that a pass has made.
        public var types: [PrecisionRole: FixedType] = [:]
        /// How the file quantises the layer's trained numbers.
        public var quantizers: [TrainedRole: TrainedQuantizer] = [:]

        public init(name: String, inputs: [TensorID], outputs: [Shape], layer: Layer) {
            self.name = name
            self.inputs = inputs
            self.outputs = outputs
            self.layer = layer
        }

        /// A node with one output.
        public init(name: String, inputs: [TensorID], shape: Shape, layer: any ModelLayer) {
            self.init(name: name, inputs: inputs, outputs: [shape], layer: Layer(layer))
        }
    }

    public init(nodes: [Node], inputs: [String], outputs: [TensorID], channelsFirst: Set<TensorID> = []) {
        self.nodes = nodes
        self.inputs = inputs
        self.outputs = outputs
        self.channelsFirst = channelsFirst
    }

    /// Looked up in place: copies of nodes would take most of the time in a network of thousands.
    public subscript(name: String) -> Node? {
        nodes.indices.first { nodes[$0].name == name }.map { nodes[$0] }
    }

    /// How a tensor is called: as its node is, and an output beyond the first with its number behind.
    public func name(of tensor: TensorID) -> String {
        tensor.output == 0 ? tensor.node : "\(tensor.node).\(tensor.output)"
    }

    /// The shape of a tensor; that of a scalar where the model has no such tensor.
    public func shape(of tensor: TensorID) -> Shape {
        guard let node = self[tensor.node], node.outputs.indices.contains(tensor.output) else { return [] }
        return node.outputs[tensor.output]
    }

    /// How many nodes read a tensor; being an output of the model counts as one.
    public func useCount(of tensor: TensorID) -> Int {
        nodes.reduce(outputs.count { $0 == tensor }) { $0 + $1.inputs.count { $0 == tensor } }
    }

    /// The model without a node that has as many inputs as outputs: its readers read those inputs instead.
    public func removing(_ name: String) -> Model {
        guard let sources = self[name]?.inputs, !sources.isEmpty else { return self }
        func past(_ tensor: TensorID) -> TensorID {
            tensor.node == name && tensor.output < sources.count ? sources[tensor.output] : tensor
        }
        var result = self
        result.nodes.removeAll { $0.name == name }
        for index in result.nodes.indices { result.nodes[index].inputs = result.nodes[index].inputs.map(past) }
        result.outputs = outputs.map(past)
        result.channelsFirst = Set(channelsFirst.map(past))
        return result
    }

    /// The model after `rewrite` was offered every node in order, each as it stands by then: what an earlier rewriting
    /// removed or rewired is seen by the later ones.
    public func rewritten(_ rewrite: (Model, Node) -> Model) -> Model {
        nodes.map(\.name).reduce(self) { model, name in model[name].map { rewrite(model, $0) } ?? model }
    }

    /// The model with another layer in a node's place.
    public func replacing(_ name: String, by layer: any ModelLayer) -> Model {
        var result = self
        for index in result.nodes.indices where result.nodes[index].name == name {
            result.nodes[index].layer = Layer(layer)
        }
        return result
    }

    /// The model with a node that reads other tensors.
    public func rewiring(_ name: String, to inputs: [TensorID]) -> Model {
        var result = self
        for index in result.nodes.indices where result.nodes[index].name == name {
            result.nodes[index].inputs = inputs
        }
        return result
    }

    /// The model without a node that nothing reads.
    public func dropping(_ name: String) -> Model {
        var result = self
        result.nodes.removeAll { $0.name == name }
        return result
    }

    /// The model with a layer of one input and output behind a node's first output: what has read that reads it. Its type
    /// is inferred, since no project file knows the layer.
    public func inserting(_ node: Node, behind name: String) -> Model {
        guard let place = nodes.firstIndex(where: { $0.name == name }) else { return self }
        let tensor = TensorID(name), new = TensorID(node.name)
        var result = self
        for index in result.nodes.indices {
            result.nodes[index].inputs = result.nodes[index].inputs.map { $0 == tensor ? new : $0 }
        }
        result.outputs = outputs.map { $0 == tensor ? new : $0 }
        result.channelsFirst = Set(channelsFirst.map { $0 == tensor ? new : $0 })
        var added = node
        added.inputs = [tensor]
        added.result = .auto
        result.nodes.insert(added, at: place + 1)
        return result
    }

    /// A name that no node has: this one, or with a number behind.
    public func unusedName(_ name: String) -> String {
        let names = Set(nodes.map(\.name))
        if !names.contains(name) { return name }
        return (2...).lazy.map { "\(name)_\($0)" }.first { !names.contains($0) } ?? name
    }

    /// The model with the result of a node given a type.
    public func typing(_ name: String, as type: FixedType) -> Model {
        var result = self
        for index in result.nodes.indices where result.nodes[index].name == name {
            result.nodes[index].result = .type(type)
        }
        return result
    }

    /// The outputs of the model as trained, in double precision: one array for each, sample by sample, row-major.
    ///
    /// Precondition: one array of `samples` times its elements for each of `inputs`.
    public func evaluateFloat(_ inputs: [[Double]], samples: Int = 1) -> [[Double]] {
        FloatProgram(self)(inputs, samples: samples)
    }
}

/// Channels that are first in the model file are stated where there are any.
extension Model: Codable {
    private enum Field: String, CodingKey { case nodes, inputs, outputs, channelsFirst }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Field.self)
        nodes = try fields.decode([Node].self, forKey: .nodes)
        inputs = try fields.decode([String].self, forKey: .inputs)
        outputs = try fields.decode([TensorID].self, forKey: .outputs)
        channelsFirst = Set(try fields.decodeIfPresent([TensorID].self, forKey: .channelsFirst) ?? [])
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Field.self)
        try fields.encode(nodes, forKey: .nodes)
        try fields.encode(inputs, forKey: .inputs)
        try fields.encode(outputs, forKey: .outputs)
        let first = (inputs.map { TensorID($0) } + outputs).filter(channelsFirst.contains)
        if !first.isEmpty { try fields.encode(first, forKey: .channelsFirst) }
    }
}

/// A node with one output states its `shape`; one with several all their `shapes`.
extension Model.Node: Codable {
    private enum Field: String, CodingKey { case name, inputs, shape, shapes, layer, result, types, quantizers }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Field.self)
        name = try fields.decode(String.self, forKey: .name)
        inputs = try fields.decode([TensorID].self, forKey: .inputs)
        outputs = try Shape.decodeAll(fields, .shape, .shapes)
        layer = try fields.decode(Layer.self, forKey: .layer)
        result = try fields.decodeIfPresent(PrecisionChoice.self, forKey: .result)
        types = try fields.decodeIfPresent([PrecisionRole: FixedType].self, forKey: .types) ?? [:]
        quantizers = try fields.decodeIfPresent([TrainedRole: TrainedQuantizer].self, forKey: .quantizers) ?? [:]
    }

    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Field.self)
        try fields.encode(name, forKey: .name)
        try fields.encode(inputs, forKey: .inputs)
        try Shape.encodeAll(outputs, &fields, .shape, .shapes)
        try fields.encode(layer, forKey: .layer)
        try fields.encodeIfPresent(result, forKey: .result)
        if !types.isEmpty { try fields.encode(types, forKey: .types) }
        if !quantizers.isEmpty { try fields.encode(quantizers, forKey: .quantizers) }
    }
}

extension Shape {
    /// Shapes of a node's outputs: under `one` where there is one, else under `many`.
    static func decodeAll<Key: CodingKey>(_ fields: KeyedDecodingContainer<Key>, _ one: Key, _ many: Key) throws
        -> [Shape]
    {
        if fields.contains(one) { return [try decode(fields, one)] }
        return try fields.decode([Shape].self, forKey: many).map { try $0.checked(fields.codingPath + [many]) }
    }

    /// A shape whose elements can be counted.
    static func decode<Key: CodingKey>(_ fields: KeyedDecodingContainer<Key>, _ key: Key) throws -> Shape {
        try fields.decode(Shape.self, forKey: key).checked(fields.codingPath + [key])
    }

    private func checked(_ path: [any CodingKey]) throws -> Shape {
        guard let count = Count.elements(self), count <= InputLimit.tensor.elements else {
            throw DecodingError.dataCorrupted(.init(codingPath: path, debugDescription: "\(self) is no shape"))
        }
        return self
    }

    static func encodeAll<Key: CodingKey>(
        _ shapes: [Shape], _ fields: inout KeyedEncodingContainer<Key>, _ one: Key, _ many: Key
    ) throws {
        if shapes.count == 1 {
            try fields.encode(shapes[0], forKey: one)
        } else {
            try fields.encode(shapes, forKey: many)
        }
    }
}
