public import LayerKit

/// A network as it was trained: the result of stage parse.
public struct Model: Hashable, Sendable, Codable {
    /// In an order in which every node follows those it reads from.
    public var nodes: [Node]
    /// Names of the input layers, in the order in which the model file lists them.
    public var inputs: [String]
    /// Names of the nodes whose outputs the model gives, in its order.
    public var outputs: [String]

    public struct Node: Hashable, Sendable, Codable {
        public var name: String
        public var inputs: [String]
        public var shape: Shape
        public var layer: Layer

        public init(name: String, inputs: [String], shape: Shape, layer: Layer) {
            self.name = name
            self.inputs = inputs
            self.shape = shape
            self.layer = layer
        }
    }

    public init(nodes: [Node], inputs: [String], outputs: [String]) {
        self.nodes = nodes
        self.inputs = inputs
        self.outputs = outputs
    }

    public subscript(name: String) -> Node? { nodes.first { $0.name == name } }

    /// How many nodes read the output of a node; being an output of the model counts as one.
    public func useCount(of name: String) -> Int {
        nodes.reduce(outputs.count { $0 == name }) { $0 + $1.inputs.count { $0 == name } }
    }

    /// The model without a node that has one input: its readers read that input instead.
    public func removing(_ name: String) -> Model {
        guard let source = self[name]?.inputs.first else { return self }
        var result = self
        result.nodes.removeAll { $0.name == name }
        for index in result.nodes.indices {
            result.nodes[index].inputs = result.nodes[index].inputs.map { $0 == name ? source : $0 }
        }
        result.outputs = outputs.map { $0 == name ? source : $0 }
        return result
    }

    /// The model after `rewrite` was offered every node in order, each as it stands by then: what an earlier rewriting
    /// removed or rewired is seen by the later ones.
    public func rewritten(_ rewrite: (Model, Node) -> Model) -> Model {
        nodes.map(\.name).reduce(self) { model, name in model[name].map { rewrite(model, $0) } ?? model }
    }

    /// The model with another layer in a node's place.
    public func replacing(_ name: String, by layer: Layer) -> Model {
        var result = self
        for index in result.nodes.indices where result.nodes[index].name == name { result.nodes[index].layer = layer }
        return result
    }

    /// The outputs of the model as trained, in double precision, for one sample: one array per input, row-major.
    ///
    /// Precondition: one array of the right size for each of `inputs`.
    public func evaluateFloat(_ sample: [[Double]]) -> [[Double]] {
        var values: [String: (data: [Double], shape: Shape)] = [:]
        for (name, data) in zip(inputs, sample) { values[name] = (data, self[name]?.shape ?? [data.count]) }
        for node in nodes where values[node.name] == nil {
            let sources = node.inputs.compactMap { values[$0] }
            let data = node.layer.definition.evaluateFloat(sources.map(\.data), sources.map(\.shape))
            values[node.name] = (data, node.shape)
        }
        return outputs.map { values[$0]?.data ?? [] }
    }
}
