import LayerKit
public import Layers
public import Options

/// A rewriting of a Model that keeps its mathematics: a pure function.
public struct Pass: Sendable {
    /// The name under which the pass appears in logs and documentation.
    public let name: String
    public let apply: @Sendable (Model, OptionTable) -> Model

    init(_ name: String, _ apply: @escaping @Sendable (Model, OptionTable) -> Model) {
        self.name = name
        self.apply = apply
    }
}

extension OptionTable {
    /// Whether the type of a node's output is left to inference: what lets a pass choose it.
    func leavesResult(of node: Model.Node) -> Bool {
        switch node.result {
        case .auto: return true
        case .type: return false
        case nil: break
        }
        let type = node.layer.definition.typeName
        switch compat {
        // hls4ml gives every layer the model's default unless `auto` is written.
        case .hls4ml: return precision(.result, layer: node.name, type: type) == .auto
        case .native: return precision(exactly: .result, layer: node.name, type: type) == nil
        }
    }
}
