import LayerKit
import Layers
import Options

extension Pass {
    /// before: `a -> softmax(skip)` as an output; after: `a` is the output. Only what the project file asks for.
    static let skipSoftmax = Pass("skip-softmax") { model, options in
        model.rewritten { model, node in
            guard node.layer.as(Softmax.self) != nil, model.outputs.contains(TensorID(node.name)),
                options.value(\.skip, layer: node.name, type: node.layer.definition.typeName) == true
            else { return model }
            return model.removing(node.name)
        }
    }
}
