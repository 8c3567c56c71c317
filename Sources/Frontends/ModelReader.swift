public import Basics
internal import LayerKit
public import Layers

/// The door for trained models: files in, Model out.
public enum ModelReader {
    /// Reads a model in the format its content shows: Keras 2 or 3, as one `.keras` or `.h5` file or as JSON with a
    /// weights file.
    ///
    /// The bytes are let go of as soon as they are read: a model is most of what the process holds.
    ///
    /// Throws every reason for which the model cannot be read, not only the first: layers that are not known and
    /// attributes that would not be honoured, each by name.
    public static func read(_ files: consuming ModelFiles) throws(DiagnosticError) -> Model {
        switch consume files {
        case .whole(let file):
            switch ModelFormat(file) {
            case .hdf5: return try model(try KerasReader.whole(try openHDF5(consume file)))
            case .keras: return try model(try KerasReader.archive(consume file))
            case .onnx: return try model(try ONNXFile.read(consume file))
            case .pytorch: return try model(try PyTorchReader.read(consume file))
            case .pytorchLegacy: return try model(try PyTorchReader.read(legacy: consume file))
            case .json:
                throw refusal(
                    file, "an architecture without weights",
                    help: "name both files: model: {architecture: \(file.name), weights: ...}")
            case .unread(let what): throw refusal(file, what)
            }
        case .parts(let architecture, let weights):
            if case .onnx = ModelFormat(architecture) {
                // The model names the file of its numbers as it lies beside it.
                let folder = PathText.parent(of: architecture.name) ?? ""
                let below = folder.isEmpty ? weights.name : PathText.relative(weights.name, to: folder)
                let beside = below ?? PathText.name(of: weights.name)
                let names = Set([beside, PathText.name(of: weights.name)]).sorted()
                return try model(
                    try ONNXFile.read(
                        architecture, beside: names.map { ModelFiles.File(name: $0, bytes: weights.bytes) }))
            }
            guard case .json = ModelFormat(architecture) else {
                throw refusal(
                    architecture, "expected an architecture in JSON, found \(describe(architecture))",
                    help: "a file with the whole model is named alone: model: \(architecture.name)")
            }
            guard case .hdf5 = ModelFormat(weights) else {
                throw refusal(weights, "expected weights in HDF5, found \(describe(weights))")
            }
            return try model(try KerasReader.parts(architecture, try openHDF5(consume weights)))
        }
    }

    /// The file that a model names for its numbers, by its path from the model's folder; nil where there is none.
    public static func dataFile(of file: ModelFiles.File) -> String? {
        guard case .onnx = ModelFormat(file) else { return nil }
        return ONNXDataFile.location(in: file.bytes)
    }

    /// What every format has in common behind its reader.
    private static func model(_ graph: ImportGraph) throws(DiagnosticError) -> Model {
        try ModelBuilder.build(try ImportPipeline.run(graph))
    }

    /// The state of the optimizer, twice the size of the weights, is of no use.
    static func openHDF5(_ file: consuming ModelFiles.File) throws(DiagnosticError) -> HDF5Group {
        let name = file.name, bytes = file.bytes
        _ = consume file
        return try HDF5File.open(consume bytes, name: name, skip: "optimizer_weights")
    }

    private static func refusal(
        _ file: ModelFiles.File, _ message: String,
        help: String = "models of Keras (.keras, .h5, or .json with .h5) and ONNX are read"
    ) -> DiagnosticError {
        DiagnosticError(.error("'\(file.name)': \(message)", help: help))
    }

    private static func describe(_ file: ModelFiles.File) -> String {
        switch ModelFormat(file) {
        case .hdf5: "HDF5"
        case .keras: "a Keras archive"
        case .json: "JSON"
        case .onnx: "an ONNX model"
        case .pytorch, .pytorchLegacy: "a file of PyTorch"
        case .unread(let what): what
        }
    }
}
