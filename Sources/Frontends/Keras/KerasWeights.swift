internal import Basics
internal import LayerKit

/// Where the trained numbers of a model, of a layer of it, or of a layer within that lie in a file.
protocol KerasWeights {
    /// Those of each layer of the model that these are the numbers of, in its order.
    func layers(of network: KerasNetwork) -> [any KerasWeights]

    /// Those of what a wrapper applies: `layer`, `forward_layer`, `backward_layer`.
    func part(_ name: String) -> any KerasWeights

    /// Whether the file has no place for the layer; of layers inside others it is not known.
    var isAbsent: Bool { get }

    /// The numbers by path below the layer. What cannot be read throws.
    func tensors() throws(DiagnosticError) -> [(path: [String], tensor: Tensor)]
}

extension KerasWeights {
    var isAbsent: Bool { false }

    /// The numbers by the last part of their path, `kernel`, or the last two where one does not tell them apart:
    /// `query/kernel`. A number as the last part is a place among the variables of the layer, in the order in which it
    /// makes them.
    func named() throws(DiagnosticError) -> [String: ImportTensor] {
        let all = try tensors()
        var uses: [String: Int] = [:]
        for (path, _) in all { uses[path.last ?? "", default: 0] += 1 }
        var named: [String: ImportTensor] = [:]
        for (path, tensor) in all {
            let last = path.last ?? ""
            let name = uses[last] == 1 ? last : path.suffix(2).joined(separator: "/")
            // In whatever precision they were stored: Keras loads them into its float32 variables.
            guard named.updateValue(ImportTensor(tensor.inSinglePrecision), forKey: name) == nil else {
                throw DiagnosticError(.error("two weights are called '\(name)'"))
            }
        }
        return named
    }

    /// The numbers by their whole path, for layers with layers inside: `iq/quantizer/0`.
    func byPath() throws(DiagnosticError) -> [String: ImportTensor] {
        var paths: [String: ImportTensor] = [:]
        for (path, tensor) in try tensors() {
            paths[path.joined(separator: "/")] = ImportTensor(tensor.inSinglePrecision)
        }
        return paths
    }
}

/// Finds the trained numbers of a model in a file.
enum KerasWeightsFile {
    static func open(_ root: HDF5Group) throws(DiagnosticError) -> any KerasWeights {
        let whole = root.has("model_weights") ? try root.group("model_weights") : root
        if let names = try whole.chunkedStrings("layer_names") {
            return KerasNamedWeights(.model(whole, layers: Set(names.map { ExactText($0) })))
        }
        if KerasCountedWeights.container(in: root) != nil { return KerasCountedWeights(.model(root)) }
        throw root.error(
            "no Keras weights: attribute 'layer_names' is missing",
            help: "the weights are what model.save_weights('weights.h5') gives")
    }
}
