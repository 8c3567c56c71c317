public import Basics

/// What a layer sees when it is read from a Keras 2 file: its `config`, its weights, and what comes in.
public struct KerasSite: Sendable {
    public let layer: String
    public let className: String
    public let attributes: [String: JSONValue]
    /// By the name that Keras gives them inside the layer: `kernel`, `moving_mean`.
    public let weights: [String: Tensor]
    /// The shape that comes in; nil where it is not known because an earlier layer was refused.
    public let input: Shape?

    public init(
        layer: String, className: String, attributes: [String: JSONValue], weights: [String: Tensor] = [:],
        input: Shape? = nil
    ) {
        self.layer = layer
        self.className = className
        self.attributes = attributes
        self.weights = weights
        self.input = input
    }

    /// More elements than this no tensor between layers has: it would not fit any device, and the product of sizes
    /// could not be counted.
    public static let elementLimit = 1 << 31

    /// Attributes that every layer may have and that change nothing at inference.
    private static let common: Set<String> = [
        "name", "trainable", "dtype", "batch_input_shape", "input_dtype", "activity_regularizer",
    ]

    /// What only training looks at.
    private static let trainingSuffixes = ["_initializer", "_regularizer", "_constraint"]

    /// Refuses every attribute the layer neither honours nor knows to be without effect at inference: it might change
    /// the mathematics. A null states nothing.
    public func expectAttributes(_ honoured: String..., withoutEffect harmless: [String] = []) throws(LayerError) {
        for (name, value) in attributes.sorted(by: { $0.key < $1.key }) where value != .null {
            let known = Self.common.contains(name) || honoured.contains(name) || harmless.contains(name)
            guard known || Self.trainingSuffixes.contains(where: name.hasSuffix) else {
                throw LayerError(
                    "attribute '\(name)' of \(className) (\(value.summary)) is not known and might change what the "
                        + "layer computes", attribute: name)
            }
        }
    }

    public func flag(_ name: String, default standard: Bool) throws(LayerError) -> Bool {
        switch attributes[name] {
        case nil, .null: return standard
        case .bool(let value): return value
        case let value?: throw wrong(name, value, "true or false")
        }
    }

    /// A finite number; nil where the attribute is absent or null.
    public func number(_ name: String) throws(LayerError) -> Float? {
        guard let value = attributes[name], value != .null else { return nil }
        // Arrays of NumPy without axes are written as {"type": "ndarray", "value": 0.3}.
        guard let number = (value["value"] ?? value).numberValue else { throw wrong(name, value, "a number") }
        guard Float(number).isFinite else { throw wrong(name, value, "a finite number") }
        return Float(number)
    }

    public func text(_ name: String) throws(LayerError) -> String? {
        guard let value = attributes[name], value != .null else { return nil }
        guard let text = value.stringValue else { throw wrong(name, value, "text") }
        return text
    }

    /// Whole numbers; one alone counts as a list of one.
    public func integers(_ name: String) throws(LayerError) -> [Int]? {
        guard let value = attributes[name], value != .null else { return nil }
        let items = value.arrayValue ?? [value]
        let numbers = items.compactMap(\.integerValue)
        guard numbers.count == items.count else { throw wrong(name, value, "whole numbers") }
        return numbers
    }

    /// Throws unless the axis that the attribute names is the last one. Keras counts the batch axis.
    public func expectLastAxis(_ name: String) throws(LayerError) {
        guard let axes = try integers(name) else { return }
        if axes == [-1] { return }
        // The rank is not known behind a layer that was refused: that refusal stands anyway.
        guard let input, axes != [input.count] else { return }
        throw LayerError(
            "\(name) \(axes.map(String.init).joined(separator: ", ")) is not the last axis of its input "
                + "(shape \(input))", attribute: name, help: "only the last axis is supported: axis=-1")
    }

    /// The weights by name, in this order; refuses what is missing and what there is beyond them.
    public func expectWeights(_ names: [String]) throws(LayerError) -> [Tensor] {
        var tensors: [Tensor] = []
        for name in names {
            guard let tensor = weights[name] else {
                let found = weights.keys.sorted().joined(separator: ", ")
                throw LayerError(
                    "the weights have no '\(name)'", attribute: name,
                    help: found.isEmpty ? "the weight file holds nothing for this layer" : "they have: \(found)")
            }
            let bad = tensor.values.count { !$0.isFinite }
            guard bad == 0 else {
                throw LayerError("\(bad) of the values of '\(name)' are not finite numbers", attribute: name)
            }
            tensors.append(tensor)
        }
        if let surplus = weights.keys.sorted().first(where: { !names.contains($0) }) {
            throw LayerError(
                "the weights have a '\(surplus)' that this \(className) does not use", attribute: surplus,
                help: "do the weights belong to this model?")
        }
        return tensors
    }

    /// An attribute's value is not what it must be.
    public func wrong(_ name: String, _ value: JSONValue, _ expected: String) -> LayerError {
        LayerError("attribute '\(name)' is \(value.summary), expected \(expected)", attribute: name)
    }
}
