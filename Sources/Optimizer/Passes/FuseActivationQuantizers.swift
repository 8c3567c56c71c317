import FixedPoint
import LayerKit
import Layers

extension Pass {
    /// before: `tanh -> clip -> cast<fixed<8,1,RND_CONV,SAT>>`; after: `tanh` of that type under the name of the cast: one
    /// activation of QKeras, which hls4ml computes in one layer.
    static let fuseActivationQuantizers = Pass(hls4ml: "fuse-activation-quantizers") { model, node, options in
        guard let type = node.layer.as(QuantizedActivation.self)?.saturatingType else { return model }
        var model = model
        while let current = model[node.name], let source = model.soleNamelessSource(of: current) {
            // It leaves the bounds to the type.
            if case .clip? = source.layer.as(Unary.self)?.function {
                model = model.removing(source.name)
            } else if source.layer.as(HardSigmoid.self) != nil || source.layer.as(TableActivation.self) != nil
                || source.layer.as(ReLU.self) != nil
            {
                model = model.replacing(node.name, by: source.layer.definition).removing(source.name)
                    .typing(node.name, as: type)
                break
            } else {
                break
            }
        }
        return model
    }
}

extension Model {
    /// The layer that a reader has put in front of another, whose name stands before its own.
    func soleNamelessSource(of node: Node) -> Node? {
        guard let tensor = node.inputs.first, node.inputs.count == 1, let source = self[tensor.node],
            useCount(of: tensor) == 1, source.name.utf8.starts(with: "\(node.name)_".utf8)
        else { return nil }
        return source
    }
}
