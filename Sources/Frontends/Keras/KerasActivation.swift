internal import Basics
internal import LayerKit
internal import Layers

/// The activation functions of Keras 2 by name, as layers: its `Activation` class and the `activation` of others.
enum KerasActivation: String, CaseIterable {
    case linear, relu, elu, selu, sigmoid, tanh, softplus, softsign, softmax
    case hardSigmoid = "hard_sigmoid"

    /// The layer that computes the function with the parameters Keras gives it when none are stated.
    var layer: Layer {
        switch self {
        case .linear: .linear(Linear())
        case .relu: .rectifier(Rectifier(.relu))
        case .elu: .exponentialUnit(.elu(alpha: 1))
        case .selu: .exponentialUnit(.selu)
        case .sigmoid: .tableActivation(.sigmoid)
        case .tanh: .tableActivation(.tanh)
        case .softplus: .tableActivation(.softplus)
        case .softsign: .tableActivation(.softsign)
        case .softmax: .softmax(Softmax())
        case .hardSigmoid: .hardSigmoid(HardSigmoid())
        }
    }

    /// Class `Activation`.
    static func fromLayer(_ site: KerasSite) throws(LayerError) -> Layer {
        try site.expectAttributes("activation")
        return try read(site).layer
    }

    /// What the attribute `activation` of a site names: the layer, and the word it is called by.
    ///
    /// It is a name, null (linear), or an object: a function by its name, or an activation layer with its parameters.
    static func read(_ site: KerasSite) throws(LayerError) -> (word: String, layer: Layer) {
        switch site.attributes["activation"] {
        case nil, .null: return (linear.rawValue, linear.layer)
        case .string(let name): return (name, try named(name))
        case .object?:
            let function = site.attributes["activation"] ?? .null
            guard let className = function["class_name"]?.stringValue else { break }
            if className == "function", let name = function["config"]?.stringValue { return (name, try named(name)) }
            guard let known = KerasClass(rawValue: className), known.isActivation else {
                throw unknown(className)
            }
            let inner = KerasSite(
                layer: site.layer, className: className, attributes: function["config"]?.fields ?? [:],
                input: site.input)
            return (className, try known.layer(inner))
        default: break
        }
        throw site.wrong("activation", site.attributes["activation"] ?? .null, "the name of an activation")
    }

    private static func named(_ name: String) throws(LayerError) -> Layer {
        guard let activation = KerasActivation(rawValue: name) else { throw unknown(name) }
        return activation.layer
    }

    private static func unknown(_ name: String) -> LayerError {
        let names = allCases.map(\.rawValue)
        let near = Spelling.nearest(to: name, in: names).map { "did you mean '\($0)'? " } ?? ""
        return LayerError(
            "the activation '\(name)' is not read yet", attribute: "activation",
            help: near + "activations that are read: " + names.joined(separator: ", "))
    }
}
