public import Basics

/// What a room sees when it reads a node of an import graph: attributes, trained numbers, and the shapes that come in.
public struct ImportSite: Sendable {
    public let key: ImportKey
    /// The layer as the user knows it.
    public let layer: String
    public let attributes: [String: JSONValue]
    /// Trained numbers by the name that the format gives them inside the layer, `kernel`, `moving_mean`, or the number
    /// where it counts them.
    public let tensors: [String: ImportTensor]
    /// The shapes that come in; nil where one is not known because an earlier layer was refused.
    public let inputs: [Shape?]

    public init(
        _ key: ImportKey, layer: String, attributes: [String: JSONValue], tensors: [String: ImportTensor] = [:],
        inputs: [Shape?] = []
    ) {
        self.key = key
        self.layer = layer
        self.attributes = attributes
        self.tensors = tensors
        self.inputs = inputs
    }

    /// The shape of the first tensor that comes in; nil where there is none, or it is not known.
    public var input: Shape? { inputs.first ?? nil }

    /// More elements than this no tensor between layers has: it would not fit any device.
    public static let elementLimit = InputLimit.tensor.elements

    /// Refuses every attribute the layer neither honours nor knows to be without effect at inference: it might change
    /// the mathematics. A null states nothing.
    public func expectAttributes(_ honoured: String..., withoutEffect harmless: [String] = []) throws(LayerError) {
        for (name, value) in attributes.sorted(by: { $0.key < $1.key }) where value != .null {
            guard honoured.contains(name) || harmless.contains(name) else {
                throw LayerError(
                    "attribute '\(name)' of \(key.op) (\(value.summary)) is not known and might change what the "
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
        // Keras writes arrays of NumPy without axes as {"type": "ndarray", "value": 0.3}.
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

    /// Throws unless the axis that the attribute names is the last one of the first input. Axes count the batch.
    public func expectLastAxis(_ name: String) throws(LayerError) {
        guard let axes = try integers(name) else { return }
        if axes == [-1] { return }
        // The rank is not known behind a layer that was refused: that refusal stands anyway.
        guard let input, axes != [input.count] else { return }
        throw LayerError(
            "\(name) \(axes.map(String.init).joined(separator: ", ")) is not the last axis of its input "
                + "(shape \(input))", attribute: name, help: "only the last axis is supported: axis=-1")
    }

    /// The trained numbers by name, in this order; refuses what is missing and what there is beyond them.
    ///
    /// Where a file counts them instead of naming them, these are the names of the first, the second, ...
    public func expectWeights(_ names: [String]) throws(LayerError) -> [Tensor] {
        let tensors = Self.named(tensors, names)
        var loaded: [Tensor] = []
        for name in names {
            guard let found = tensors[name] else {
                let others = tensors.keys.sorted().joined(separator: ", ")
                throw LayerError(
                    "the weights have no '\(name)'", attribute: name,
                    help: others.isEmpty ? "the weight file holds nothing for this layer" : "they have: \(others)")
            }
            loaded.append(try finite(name, found))
        }
        if let surplus = tensors.keys.sorted().first(where: { !names.contains($0) }) {
            throw LayerError(
                "the weights have a '\(surplus)' that this \(key.op) does not use", attribute: surplus,
                help: "do the weights belong to this model?")
        }
        return loaded
    }

    /// Trained numbers under their names: those of a file that counts them, `0`, `1`, ..., get the names in their order.
    public static func named(_ tensors: [String: ImportTensor], _ names: [String]) -> [String: ImportTensor] {
        var result = tensors
        for (place, name) in names.enumerated() where result[name] == nil {
            result[name] = result.removeValue(forKey: String(place))
        }
        return result
    }

    private func finite(_ name: String, _ tensor: ImportTensor) throws(LayerError) -> Tensor {
        let loaded: Tensor
        do throws(LayerError) {
            loaded = try tensor.load()
        } catch {
            throw LayerError("the weights '\(name)': \(error.message)", attribute: name, help: error.help)
        }
        guard loaded.infiniteCount == 0 else {
            throw LayerError(
                "\(loaded.infiniteCount) of the values of '\(name)' are not finite numbers", attribute: name)
        }
        return loaded
    }

    /// An attribute's value is not what it must be.
    public func wrong(_ name: String, _ value: JSONValue, _ expected: String) -> LayerError {
        LayerError("attribute '\(name)' is \(value.summary), expected \(expected)", attribute: name)
    }
}
