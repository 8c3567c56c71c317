internal import Basics
internal import LayerKit

/// The numbers that a layer computes with: `dtype`, a name, or a policy as an object.
///
/// What a policy rounds while it computes (`mixed_float16`, `bfloat16`) is not rounded here: a network as it was trained
/// is computed exactly, as for float32. Weights are read as they are stored, which every such type allows.
enum KerasNumbers {
    private static let types: Set<String> = [
        "float32", "float16", "bfloat16", "mixed_float16", "mixed_bfloat16",
    ]

    private static let policies: Set<String> = ["Policy", "DTypePolicy", "FloatDTypePolicy"]

    /// Why a layer is refused for its numbers; empty where it is not.
    static func faults(of layer: KerasLayer) -> [Diagnostic] {
        guard let dtype = layer.attributes["dtype"], dtype != .null else { return [] }
        let name = dtype.stringValue ?? dtype["config"]?["name"]?.stringValue
        let known = dtype["class_name"]?.stringValue.map(policies.contains) ?? true
        if let name, known {
            if types.contains(name) { return [] }
            // Indices come in as integers.
            if layer.className == KerasArchitecture.inputClass || layer.className == "Embedding",
                name.begins(with: "int") || name.begins(with: "uint")
            {
                return []
            }
        }
        let error = LayerError(
            "its numbers are of type \(name.map { "'\($0)'" } ?? dtype.summary): not supported", attribute: "dtype",
            help: "float32, float16, bfloat16 and their mixed-precision policies are")
        return [error.diagnostic(layer: layer.name)]
    }
}
