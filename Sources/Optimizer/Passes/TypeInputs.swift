import FixedPoint
import LayerKit
import Layers
import Options

extension Pass {
    /// before: `input -> quantizer`; after: `input`, of the quantiser's type. Where several read it, or one that is no cast, the
    /// input has so many places behind theirs that a number from outside seldom falls on another side of a step.
    static let typeInputs = Pass(native: "type-inputs") { model, node, options in
        guard node.layer.definition.presence == .input, options.leavesResult(of: node),
            !model.outputs.contains(TensorID(node.name))
        else { return model }
        let readers = model.readers(of: node.name)
        if readers.count == 1,
            case .uniform(let type)? = readers[0].layer.as(FakeQuantizer.self)?
                .castTypes(in: readers[0].outputs[0]), readers[0].inputs == [TensorID(node.name)]
        {
            return model.removing(readers[0].name).typing(node.name, as: type)
        }
        guard !readers.isEmpty else { return model }
        var reach: (low: Double, high: Double, step: Double)?
        for reader in readers {
            guard let own = Self.reach(of: reader) else { return model }
            reach = (
                min(reach?.low ?? 0, own.low), max(reach?.high ?? 0, own.high), min(reach?.step ?? own.step, own.step)
            )
        }
        guard let reach, reach.step > 0 else { return model }
        let fraction = -Int(reach.step.exponent) + Self.guardBits
        var type = FixedType.covering(reach.low, reach.high, fraction: fraction)
        type.rounding = .trn
        type.overflow = .sat
        return type.width <= 62 ? model.typing(node.name, as: type) : model
    }

    /// Places behind those that decide.
    private static let guardBits = 16

    private static func reach(of node: Model.Node) -> (low: Double, high: Double, step: Double)? {
        if let quantizer = node.layer.as(FakeQuantizer.self) { return quantizer.reach(in: node.outputs[0]) }
        guard let activation = node.layer.as(QuantizedActivation.self), activation.functions.isEmpty,
            case .fixed(let types) = activation.grid
        else { return nil }
        // What wraps needs every bit above its own.
        let distinct = types.all(in: node.outputs[0]).filter { $0.width > 0 }
        guard distinct.allSatisfy({ $0.overflow == .sat || $0.overflow == .satSym }) else { return nil }
        let type = types.storage
        return (type.minimum, type.maximum, type.step)
    }
}

extension Model {
    /// The nodes that read a node's first output, past reshapes, which only one reads.
    fileprivate func readers(of name: String) -> [Node] {
        nodes.filter { $0.inputs.contains(TensorID(name)) }.flatMap { node -> [Node] in
            node.layer.as(Reshape.self) == nil ? [node] : readers(of: node.name)
        }
    }
}
