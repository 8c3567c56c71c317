import Basics
import LayerKit
import Layers
import Options

/// Options that name a layer but mean nothing for it: an error in a hlsbuild project, where every word counts.
///
/// hls4ml writes every key for every layer, so under `compat: hls4ml` they pass.
enum OptionCheck {
    static func check(_ model: Model, _ options: OptionTable) throws(DiagnosticError) {
        guard options.compat == .native else { return }
        let errors = model.nodes.flatMap { node -> [Diagnostic] in
            guard let entry = options.layers[node.name.lowercased()] else { return [] }
            return unusedPrecisions(node, entry) + unusedOptions(node, entry)
        }
        if !errors.isEmpty { throw DiagnosticError(errors) }
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
        var used: Set<String> = []
        switch node.layer {
        case .dense: used = ["reuse", "strategy"]
        case .exponentialUnit, .tableActivation: used = ["table_size"]
        case .softmax: used = ["implementation", "table_size", "exp_table_size", "inv_table_size", "skip"]
        case .input, .batchNormalization, .linear, .rectifier, .hardSigmoid, .reshape, .dropout: break
        }
        let stated: [(String, Bool)] = [
            ("reuse", entry.reuse != nil), ("strategy", entry.strategy != nil),
            ("implementation", entry.implementation != nil), ("table_size", entry.tableSize != nil),
            ("exp_table_size", entry.expTableSize != nil), ("inv_table_size", entry.invTableSize != nil),
            ("skip", entry.skip != nil),
        ]
        return stated.filter { $0.1 && !used.contains($0.0) }.map { key, _ in
            .error(
                "'\(key)' means nothing for layer '\(node.name)' (\(node.layer.definition.typeName))",
                subject: ["layers", node.name, key],
                help: used.isEmpty ? "leave it out" : "it takes \(used.sorted().joined(separator: ", ")) and precision")
        }
    }
}
