internal import Basics
internal import LayerKit

/// Reads one entry of `inbound_nodes`, in the form of Keras 2, a list of `[layer, call, output, keywords]`, or in that
/// of Keras 3, an object with `args` and `kwargs`.
struct KerasCallReader {
    /// Keywords whose tensors and values rooms and passes know.
    private static let known: Set<String> = [
        "initial_state", "query", "key", "value", "use_causal_mask", "inputs", "x", "x1", "x2", "sequence", "sequences",
    ]

    let layer: String
    private(set) var problems: [Diagnostic] = []
    private var result = KerasCall()

    init(layer: String) { self.layer = layer }

    /// `[layer, call, output]`, with or without keywords; nil where it is not.
    static func reference(_ value: JSONValue) -> KerasReference? {
        guard let parts = value.arrayValue, (3...4).contains(parts.count), let name = parts[0].stringValue,
            let call = parts[1].integerValue, let output = parts[2].integerValue, call >= 0,
            (0..<64).contains(output)
        else { return nil }
        return KerasReference(layer: name, call: call, output: output)
    }

    /// Nil where it is neither.
    mutating func call(_ entry: JSONValue) -> KerasCall? {
        if let arguments = entry["args"]?.arrayValue {
            for (place, argument) in arguments.enumerated() { add(argument, KerasCall.prefix + "\(place)") }
            add(keywords: entry["kwargs"] ?? .null)
        } else if let items = entry.arrayValue, !items.isEmpty {
            // A call with one tensor may leave out the brackets around it.
            for item in items[0].stringValue == nil ? items : [entry] { addOfTwo(item) }
        } else {
            report("inbound_nodes \(entry.summary) are not those of Keras 2 or 3")
            return nil
        }
        return result
    }

    private mutating func report(_ message: String) {
        problems.append(LayerError(message).diagnostic(layer: layer))
    }

    private mutating func addOfTwo(_ item: JSONValue) {
        guard let reference = Self.reference(item) else {
            report("its input \(item.summary) is not of the form [layer, call, output]")
            return
        }
        result.inputs.append(reference)
        if let parts = item.arrayValue, parts.count == 4 { add(keywords: parts[3]) }
    }

    /// Whether a value states nothing: null, or a list of nulls.
    private static func isNothing(_ value: JSONValue) -> Bool {
        value == .null || value.arrayValue?.allSatisfy { $0 == .null } == true
    }

    private mutating func add(keywords value: JSONValue) {
        guard value != .null else { return }
        guard let keywords = value.fields else {
            report("the keywords of its call, \(value.summary), are not an object")
            return
        }
        for (keyword, value) in keywords.sorted(by: { $0.key < $1.key }) where !Self.isNothing(value) {
            // Inference is what is meant anyway.
            if keyword == "training", value == .bool(false) { continue }
            if keyword == "name", value.stringValue != nil { continue }
            guard Self.known.contains(keyword) else {
                report("it is called with \(keyword)=\(value.summary), which is not supported")
                continue
            }
            let before = result.inputs.count
            add(value, KerasCall.prefix + keyword)
            let places = before..<result.inputs.count
            if !places.isEmpty { result.settings[KerasCall.prefix + keyword] = .array(places.map { .int($0) }) }
        }
    }

    /// An argument: a tensor, tensors in lists, or a value.
    private mutating func add(_ value: JSONValue, _ name: String) {
        if let tensors = tensors(value) {
            result.inputs += tensors
        } else if value != .null {
            result.settings[name] = value
        }
    }

    /// The tensors that a value holds; nil where it holds something else too.
    private func tensors(_ value: JSONValue) -> [KerasReference]? {
        if value["class_name"]?.stringValue == "__keras_tensor__" {
            return value["config"]?["keras_history"].flatMap(Self.reference).map { [$0] }
        }
        if let reference = Self.reference(value) { return [reference] }
        guard let items = value.arrayValue, !items.isEmpty else { return nil }
        var found: [KerasReference] = []
        for item in items {
            guard let tensors = tensors(item) else { return nil }
            found += tensors
        }
        return found
    }
}
