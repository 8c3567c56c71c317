internal import Basics

/// What a model file is, told from its first bytes and never from its name.
enum ModelFormat {
    case hdf5, json, onnx
    /// A zip archive that Keras wrote.
    case keras
    /// A zip archive that PyTorch wrote.
    case pytorch
    /// What torch.save wrote before version 1.6.
    case pytorchLegacy
    /// Something else, in words.
    case unread(String)

    init(_ file: ModelFiles.File) {
        let bytes = file.bytes
        func begins(_ prefix: [UInt8]) -> Bool { bytes.starts(with: prefix) }
        if bytes.isEmpty {
            self = .unread("an empty file")
        } else if Self.hasHDF5Signature(bytes) {
            self = .hdf5
        } else if Self.firstOfText(bytes) == UInt8(ascii: "{") {
            self = .json
        } else if begins([0x50, 0x4B, 0x03, 0x04]) {
            self = Self.archive(bytes)
        } else if begins(TorchLegacyFile.signature) {
            self = .pytorchLegacy
        } else if begins([0x80, 0x02]) || begins([0x80, 0x03]) || begins([0x80, 0x04]) || begins([0x80, 0x05]) {
            self = .unread("a Python pickle: not read, it can run any code")
        } else if bytes.dropFirst(4).starts(with: Array("TFL3".utf8)) {
            self = .unread("a TensorFlow Lite model: not read")
        } else if begins([0x93] + Array("NUMPY".utf8)) {
            self = .unread("a NumPy array, not a model")
        } else if begins([0x08, 0x01, 0x12]) {
            self = .unread("a TensorFlow SavedModel: not read")
        } else if begins([0x08]), bytes.count > 2, (0x02...0x20).contains(bytes[1]) {
            self = .onnx
        } else if begins([0x1F, 0x8B]) {
            self = .unread("a gzip archive")
        } else {
            self = .unread("not a model file that is known")
        }
    }

    /// The signature stands at the beginning, or behind a user block of 512, 1024, 2048, ... bytes.
    private static func hasHDF5Signature(_ bytes: [UInt8]) -> Bool {
        var start = 0
        while start + HDF5File.signature.count <= bytes.count {
            if bytes[start...].starts(with: HDF5File.signature) { return true }
            start = start == 0 ? 512 : start * 2
        }
        return false
    }

    /// The first byte that is neither white space nor a byte-order mark.
    private static func firstOfText(_ bytes: [UInt8]) -> UInt8? {
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        return text.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    }

    /// What kind of model a zip archive is, from the names at its beginning and in its directory at the end.
    private static func archive(_ bytes: [UInt8]) -> ModelFormat {
        let names = String(decoding: bytes.prefix(4096) + bytes.suffix(65_536), as: UTF8.self)
        if names.contains("model.weights.h5") { return .keras }
        let marks = ["data.pkl", "serialized_exported_program", "archive_format", "constants.pkl"]
        if marks.contains(where: { names.contains($0) }) { return .pytorch }
        if names.contains(".npy") { return .unread("a NumPy archive (.npz), not a model") }
        return .unread("a zip archive that is not known as a model")
    }
}
