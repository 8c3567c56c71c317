internal import Basics
internal import LayerKit

extension KerasNetwork {
    /// All references, those of ends included.
    private var references: [KerasReference] { inputs + outputs + layers.flatMap { $0.calls.flatMap(\.inputs) } }

    /// A model that is called as a layer may count its calls from 1: its own construction was the first. Every call that
    /// the file lists leads to an output, so the smallest number that is read from is the first call's. Keras 3 counts
    /// the calls of a Functional model so among the outputs alone.
    mutating func countCallsFromZero(_ generation: KerasGeneration) {
        let models = Dictionary(
            layers.filter { $0.network != nil }.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        if generation == .three {
            for index in outputs.indices
            where models[outputs[index].layer].map({ $0.className != "Sequential" }) == true {
                outputs[index].call = max(0, outputs[index].call - 1)
            }
        }
        var first: [String: Int] = [:]
        for reference in references {
            first[reference.layer] = min(reference.call, first[reference.layer] ?? reference.call)
        }
        func counted(_ reference: KerasReference) -> KerasReference {
            guard let model = models[reference.layer] else { return reference }
            var result = reference
            result.call = model.calls.count == 1 ? 0 : reference.call - (first[reference.layer] ?? 0)
            return result
        }
        inputs = inputs.map(counted)
        outputs = outputs.map(counted)
        for layer in layers.indices {
            for call in layers[layer].calls.indices {
                layers[layer].calls[call].inputs = layers[layer].calls[call].inputs.map(counted)
            }
        }
    }

    /// What is wrong with who reads from whom.
    func wiringProblems(_ file: String) -> [Diagnostic] {
        var problems: [Diagnostic] = []
        let found = Dictionary(layers.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let names = found.keys.sorted()
        // With the first of many: nobody reads the help of thousands.
        func help(_ name: String) -> String? {
            guard problems.count < 20 else { return nil }
            return Spelling.nearest(to: name, in: names).map { "did you mean '\($0)'?" }
        }
        func report(_ layer: String, _ message: String, help: String? = nil) {
            problems.append(LayerError(message, help: help).diagnostic(layer: layer))
        }
        let entries = Set(inputs.map(\.layer))
        for layer in layers {
            for source in layer.calls.flatMap(\.inputs) {
                if let read = found[source.layer] {
                    if source.call >= read.calls.count, !read.calls.isEmpty {
                        report(
                            layer.name,
                            "it reads from call \(source.call) of '\(source.layer)', of which there are "
                                + "\(read.calls.count)")
                    }
                } else {
                    report(
                        layer.name, "it reads from '\(source.layer)', which does not exist",
                        help: help(source.layer))
                }
            }
            if layer.className == KerasArchitecture.inputClass, !entries.contains(layer.name) {
                report(layer.name, "it is not among the input_layers")
            }
        }
        for (key, ends) in [("input_layers", inputs), ("output_layers", outputs)] {
            for end in ends {
                guard let layer = found[end.layer] else {
                    problems.append(
                        .error("'\(file)': \(key) name '\(end.layer)', which does not exist", help: help(end.layer)))
                    continue
                }
                if !layer.calls.isEmpty, end.call >= layer.calls.count {
                    report(end.layer, "\(key) name a call \(end.call) of it that does not exist")
                }
            }
        }
        for input in inputs {
            guard let className = found[input.layer]?.className, className != KerasArchitecture.inputClass else {
                continue
            }
            report(input.layer, "it is among the input_layers, but is a \(className)")
        }
        if entries.count != inputs.count {
            problems.append(.error("'\(file)': input_layers name a layer twice"))
        }
        return problems
    }
}
