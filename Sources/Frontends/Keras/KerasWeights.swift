internal import Basics
internal import LayerKit

/// The weights of a Keras 2 model: a group with one group a layer, which lists its weights by name.
struct KerasWeights {
    private let group: HDF5Group
    private let layers: Set<ExactText>

    /// Finds the weights in a file: under `model_weights` where the whole model was saved, else at its root.
    init(_ root: HDF5Group) throws(DiagnosticError) {
        group = root.has("model_weights") ? try root.group("model_weights") : root
        guard let names = try group.chunkedStrings("layer_names") else {
            if root.has("layers") || root.has("_layer_checkpoint_dependencies") {
                throw root.error("a weights file of Keras 3: not read yet")
            }
            throw root.error(
                "no Keras weights: attribute 'layer_names' is missing",
                help: "the weights are what model.save_weights('weights.h5') gives")
        }
        layers = Set(names.map { ExactText($0) })
    }

    /// The graph with the trained numbers of every layer that has no fault yet. What cannot be read is one.
    func added(to graph: ImportGraph) -> ImportGraph {
        var result = graph
        for index in graph.nodes.indices where graph.nodes[index].faults.isEmpty {
            do throws(DiagnosticError) {
                // In whatever precision they were stored: Keras loads them into its float32 variables.
                result.nodes[index].tensors = try tensors(of: graph.nodes[index].name).mapValues {
                    ImportTensor($0.inSinglePrecision)
                }
            } catch {
                result.nodes[index].faults += error.diagnostics
            }
        }
        return result
    }

    /// The weights of a layer by their last name: `kernel` for `fc1/kernel:0`. None where the file has no such layer.
    private func tensors(of layer: String) throws(DiagnosticError) -> [String: Tensor] {
        guard layers.contains(ExactText(layer)) else { return [:] }
        let group = try group.group(layer)
        var tensors: [String: Tensor] = [:]
        for path in try group.chunkedStrings("weight_names") ?? [] {
            let name = PathText.parts(of: path).last?.parts(at: ":").first ?? ""
            guard tensors.updateValue(try group.dataset(path), forKey: name) == nil else {
                throw group.error("'\(group.path)' has two weights called '\(name)'")
            }
        }
        return tensors
    }
}
