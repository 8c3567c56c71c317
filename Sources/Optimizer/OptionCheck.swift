import Basics
import LayerKit
import Layers
import Options

/// What a project file says of layers, held against the model: every word counts.
enum OptionCheck {
    /// The options with every layer called as in the model, and what of hls4ml's file reaches no layer.
    ///
    /// Throws every entry for a layer or a layer type that the model does not have, and every option that means nothing
    /// for its layer. hls4ml takes the former without a word, so in its files they have no effect, which is a warning;
    /// the latter it states itself, every key for every layer.
    static func checked(
        _ options: OptionTable, _ model: Model, _ io: IOType
    ) throws(DiagnosticError) -> (options: OptionTable, warnings: [Diagnostic]) {
        var options = options.dividingSeparable(model)
        let (unknown, doubtful) = rename(&options, model)
        let unmatched = unknown + unknownTypes(model, options)
        var errors = doubtful
        switch options.compat {
        case .hls4ml:
            if !errors.isEmpty { throw DiagnosticError(errors.bounded) }
            return (options, withoutEffect(unmatched))
        case .native:
            errors = unmatched + errors
            errors += model.nodes.flatMap { node -> [Diagnostic] in
                guard let entry = options.layers[node.name] else { return [] }
                return unusedPrecisions(node, entry) + unusedOptions(node, entry) + unusedDepth(node, entry, io)
            }
        }
        if !errors.isEmpty { throw DiagnosticError(errors.bounded) }
        return (options, [])
    }

    /// So many names without a layer are told of one by one.
    private static let toldOf = 20

    private static func withoutEffect(_ unmatched: [Diagnostic]) -> [Diagnostic] {
        var warnings = unmatched.prefix(toldOf).map { error in
            var told = error
            told.severity = .warning
            told.message += ": what is stated of it has no effect"
            return told
        }
        if unmatched.count > toldOf {
            warnings.append(
                .warning("\(unmatched.count - toldOf) more names are of no layer: what is stated of them has no effect")
            )
        }
        return warnings
    }

    /// Every entry for a layer or a layer type that the model does not have, where that is an error.
    static func faults(ofNamesIn options: OptionTable, _ model: Model) -> [Diagnostic] {
        var renamed = options.dividingSeparable(model)
        let (unknown, doubtful) = rename(&renamed, model)
        switch options.compat {
        case .hls4ml: return doubtful.bounded
        case .native: return (unknown + unknownTypes(model, renamed) + doubtful).bounded
        }
    }

    /// Gives the entries the names of the layers that they mean.
    ///
    /// - Returns: those that mean no layer, and those that may mean several or mean one that another entry means.
    private static func rename(
        _ options: inout OptionTable, _ model: Model
    ) -> (unknown: [Diagnostic], doubtful: [Diagnostic]) {
        let names = model.nodes.map(\.name)
        let layers = LayerNames(names)
        let legal = names.prefix(40).map(shortened).joined(separator: ", ")
        var unknown: [Diagnostic] = []
        var doubtful: [Diagnostic] = []
        var writtenAs: [String: String] = [:]
        let written = options.layers
        options.layers = [:]
        for name in written.keys.sorted() {
            switch layers.meaning(of: name) {
            case .layer(let layer):
                if let other = writtenAs.updateValue(name, forKey: layer) {
                    doubtful.append(
                        .error(
                            "'\(other)' and '\(name)' both mean the layer '\(layer)'", subject: ["layers", name],
                            help: "write all of its settings below '\(layer)'"))
                }
                options.layers[layer] = written[name]
            case .nothing:
                unknown.append(
                    .error(
                        "the model has no layer '\(shortened(name))'", subject: ["layers", name],
                        help: near(name, unknown.count, names) + "its layers are \(legal)"))
            case .several(let alike):
                doubtful.append(
                    .error(
                        "the model has no layer '\(name)', but several that differ from it in capitals",
                        subject: ["layers", name], help: "write one of \(alike.joined(separator: ", "))"))
            }
        }
        return (unknown, doubtful)
    }

    private static func unknownTypes(_ model: Model, _ options: OptionTable) -> [Diagnostic] {
        let names = Set(model.nodes.map(\.layer.definition.typeName)).sorted()
        let known = Set(names.map { $0.lowercased() })
        return options.types.keys.filter { !known.contains($0.lowercased()) }.sorted().enumerated().map { index, name in
            .error(
                "the model has no layer of type '\(shortened(name))'", subject: ["types", name],
                help: near(name, index, names) + "its types are \(names.joined(separator: ", "))")
        }
    }

    /// What was meant, for the first of the names that are wrong: nobody reads the help of thousands.
    private static func near(_ name: String, _ index: Int, _ names: [String]) -> String {
        guard index < 20 else { return "" }
        return Spelling.nearest(to: name, in: names).map { "did you mean '\(shortened($0))'? " } ?? ""
    }

    /// As much of a name as a message needs.
    private static func shortened(_ name: String) -> String {
        name.shortened(to: 60, beyond: 200)
    }

    private static func unusedPrecisions(_ node: Model.Node, _ entry: LayerOptions) -> [Diagnostic] {
        let layer = node.layer.definition
        let known = layer.precisionRoles
        return entry.precision.keys.filter { !known.contains($0) }.sorted { $0.rawValue < $1.rawValue }.map { role in
            let legal = known.map(\.rawValue).joined(separator: ", ")
            return .error(
                "layer '\(node.name)' (\(layer.typeName)) has no '\(role.rawValue)'",
                subject: ["layers", node.name, "precision", role.rawValue],
                help: known.isEmpty ? "it computes nothing: leave the entry out" : "it has \(legal)")
        }
    }

    private static func unusedOptions(_ node: Model.Node, _ entry: LayerOptions) -> [Diagnostic] {
        let layer = node.layer.definition
        let used = layer.usedOptions
        return LayerOption.allCases.filter { entry.states($0) && !used.contains($0) }.map { option in
            let legal = used.map(\.rawValue).joined(separator: ", ")
            return meansNothing(
                option.rawValue, node, help: used.isEmpty ? "leave it out" : "it takes \(legal) and precision")
        }
    }

    /// A FIFO's depth where there is no FIFO.
    private static func unusedDepth(_ node: Model.Node, _ entry: LayerOptions, _ io: IOType) -> [Diagnostic] {
        guard entry.fifoDepth != nil else { return [] }
        var reason: String?
        if io == .parallel { reason = "tensors pass as arrays with 'io: parallel', only streams have FIFOs" }
        switch node.layer.definition.presence {
        case .input: reason = "an input comes from outside of the firmware, where its FIFO is"
        case .nothing: reason = "the layer is not in the firmware"
        case .operation: break
        }
        guard let reason else { return [] }
        return [meansNothing("fifo_depth", node, help: "leave it out: \(reason)")]
    }

    private static func meansNothing(_ option: String, _ node: Model.Node, help: String) -> Diagnostic {
        .error(
            "'\(option)' means nothing for layer '\(node.name)' (\(node.layer.definition.typeName))",
            subject: ["layers", node.name, option], help: help)
    }
}
