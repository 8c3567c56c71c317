internal import Basics
internal import LayerKit
internal import Zip

/// The forms in which Keras keeps a model.
enum KerasReader {
    /// A whole model in one HDF5 file: the JSON in an attribute of the root.
    static func whole(_ root: HDF5Group) throws(DiagnosticError) -> ImportGraph {
        guard let config = try root.strings("model_config")?.first else {
            throw root.error(
                "no architecture: attribute 'model_config' is missing",
                help: "a file of weights alone needs its architecture beside it: "
                    + "model: {architecture: model.json, weights: \(root.file)}")
        }
        let version = try root.strings("keras_version")?.first
        let json = try JSONValue(parsing: Array(config.utf8), name: root.file)
        let network = try KerasArchitecture.read(json, name: root.file, version: version)
        return try KerasExpansion.graph(of: network, try KerasWeightsFile.open(root), file: root.file)
    }

    /// An architecture as JSON, and weights.
    static func parts(_ architecture: ModelFiles.File, _ weights: HDF5Group) throws(DiagnosticError) -> ImportGraph {
        let json = try JSONValue(parsing: architecture.bytes, name: architecture.name)
        let network = try KerasArchitecture.read(json, name: architecture.name)
        return try KerasExpansion.graph(of: network, try KerasWeightsFile.open(weights), file: architecture.name)
    }

    /// A `.keras` archive: `config.json`, `model.weights.h5`, and `metadata.json` with the version.
    static func archive(_ file: consuming ModelFiles.File) throws(DiagnosticError) -> ImportGraph {
        let name = file.name
        var entries: [ZipEntry]
        do throws(DiagnosticError) {
            entries = try ZipArchive.entries(file.bytes)
        } catch {
            throw DiagnosticError(
                error.diagnostics.map { problem in
                    var problem = problem
                    problem.message = "'\(name)': \(problem.message)"
                    problem.help = problem.help ?? "copy or save it again"
                    return problem
                })
        }
        _ = consume file
        // What is taken out is in memory once.
        func member(_ path: String) throws(DiagnosticError) -> ModelFiles.File {
            guard let index = entries.firstIndex(where: { $0.path == path }) else {
                throw DiagnosticError(
                    .error("'\(name)': the archive has no '\(path)'", help: "copy or save it again"))
            }
            return ModelFiles.File(name: "\(name)/\(path)", bytes: entries.remove(at: index).bytes)
        }
        func json(_ path: String) throws(DiagnosticError) -> JSONValue {
            let file = try member(path)
            return try JSONValue(parsing: file.bytes, name: file.name)
        }
        let version = try json("metadata.json")["keras_version"]?.stringValue
        let network = try KerasArchitecture.read(try json("config.json"), name: name, version: version)
        let weights = try ModelReader.openHDF5(try member("model.weights.h5"))
        return try KerasExpansion.graph(of: network, try KerasWeightsFile.open(weights), file: name)
    }
}
