public import LayerKit
public import Layers
internal import Steps

/// A layer of a model as hlsbuild understood it, as a row of a table.
public struct ModelRow: Hashable, Sendable {
    public var name: String
    /// Its class, as `types` of a project file names it.
    public var kind: String
    /// The tensors that it reads, by name.
    public var inputs: [String]
    /// The shape of each output, channels last.
    public var shapes: [Shape]
    /// How many trained numbers it has.
    public var parameters: Int
    /// The types that its weights and its result have in the firmware; nil where that is not known.
    public var weight: String?
    public var result: String?

    /// - Parameter design: what the firmware is, where that is known.
    public static func all(_ model: Model, _ design: Design?) -> [ModelRow] {
        let types = Dictionary(
            (design?.inputs.map { LayerRow($0) } ?? []) + (design?.nodes.map { LayerRow($0) } ?? []),
            by: \.name)
        return model.nodes.map { node in
            ModelRow(
                name: node.name, kind: node.layer.definition.typeName, inputs: node.inputs.map(model.name),
                shapes: node.outputs, parameters: node.layer.parameterCount, weight: types[node.name]?.weight,
                result: types[node.name]?.result)
        }
    }
}

extension Dictionary where Key == String {
    /// Values by their names; of several with the same name the first.
    fileprivate init(_ values: [Value], by name: (Value) -> String) {
        self.init(values.map { (name($0), $0) }, uniquingKeysWith: { first, _ in first })
    }
}
