internal import Basics
internal import LayerKit

extension KerasExpansion {
    /// A layer that runs over the steps in both directions: two recurrent layers, of which the second takes the steps
    /// from the last to the first; its steps are put into order again, and `merge_mode` joins both.
    mutating func placeBidirectional(_ layer: KerasLayer, _ forward: KerasLayer, _ call: CallSite, _ scope: Scope) {
        var backward = layer.wrapped["backward_layer"] ?? forward
        if layer.wrapped["backward_layer"] == nil {
            let runsBackwards = forward.attributes["go_backwards"] == .bool(true)
            backward.attributes["go_backwards"] = .bool(!runsBackwards)
        }
        var own = layer.attributes
        own["layer"] = nil
        let mode = own.removeValue(forKey: "merge_mode") ?? .string("concat")
        let flags = forward.attributes
        let sequences = flags["return_sequences"] == .bool(true), states = flags["return_state"] == .bool(true)
        let perLayer = forward.className == "LSTM" ? 2 : 1
        let entering = call.inputs.dropFirst()
        let half = entering.count / 2
        func run(_ layer: KerasLayer, _ word: String, _ initial: ArraySlice<String>) -> CallSite {
            CallSite(
                name: claim("\(call.name)_\(word)"), inputs: Array(call.inputs.prefix(1)) + initial, settings: [:],
                outputs: states ? 1 + perLayer : 1)
        }
        let first = run(forward, "forward", entering.prefix(half))
        let second = run(backward, "backward", entering.dropFirst(half))
        for (inner, site, part) in [(forward, first, "forward_layer"), (backward, second, "backward_layer")] {
            var within = scope
            within.weights = scope.weights.part(part)
            var inner = inner
            inner.faults += layer.faults
            add(inner, site, within)
        }
        var results = [first.name, second.name]
        if sequences {
            let name = claim("\(call.name)_reversed")
            add(
                KerasLayer(className: KerasSpelling.functions + "Flip", name: name, attributes: ["axis": .int(1)]),
                CallSite(name: name, inputs: [second.name], settings: [:], outputs: 1), scope.withoutWeights)
            results[1] = name
        }
        if let merge = Self.merge(mode) {
            add(
                KerasLayer(className: merge.op, name: call.name, attributes: merge.attributes),
                CallSite(name: call.name, inputs: results, settings: [:], outputs: 1), scope.withoutWeights)
            results = [call.name]
        }
        let inner = [first, second].flatMap { site in (1..<site.outputs).map { Self.value(site.name, $0) } }
        rename(results + inner, as: call)
    }

    /// The layer that joins both directions; nil where both are given.
    private static func merge(_ mode: JSONValue) -> (op: String, attributes: [String: JSONValue])? {
        switch mode.stringValue {
        case "concat": ("Concatenate", ["axis": .int(-1)])
        case "sum": ("Add", [:])
        case "mul": ("Multiply", [:])
        case "ave": ("Average", [:])
        case let other: other.map { ("Bidirectional.\($0)", [:]) }
        }
    }
}

extension KerasExpansion.Scope {
    /// For layers that have no numbers.
    var withoutWeights: KerasExpansion.Scope {
        var scope = self
        scope.weights = KerasCountedWeights(.nothing(nil))
        return scope
    }
}
