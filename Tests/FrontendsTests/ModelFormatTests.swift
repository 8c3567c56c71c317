import Basics
import Testing

@testable import Frontends

struct ModelFormatTests {
    @Test(arguments: [
        ([], "an empty file"),
        (Array("PK\u{3}\u{4}....metadata.jsonconfig.jsonmodel.weights.h5".utf8), "this is no whole zip archive"),
        (Array("PK\u{3}\u{4}....arr_0.npy".utf8), "a NumPy archive"),
        (Array("PK\u{3}\u{4}....".utf8), "a zip archive"),
        ([0x80, 0x02, 0x8A], "a Python pickle"),
        ([0x08, 0x07, 0x12, 0x07], "not an ONNX model"),
        ([0x08, 0x01, 0x12, 0x07], "a TensorFlow SavedModel"),
        (Array("\u{1C}\0\0\0TFL3".utf8), "a TensorFlow Lite model"),
        ([0x93] + Array("NUMPY".utf8), "a NumPy array"),
        ([0x1F, 0x8B], "a gzip archive"),
        (Array("hello".utf8), "not a model file that is known"),
        (Array("{}".utf8), "an architecture without weights"),
    ])
    func otherFormatsAreRefusedByName(bytes: [UInt8], what: String) throws {
        let error = try #require(throws: DiagnosticError.self) {
            try ModelReader.read(.whole(.init(name: "m", bytes: bytes)))
        }
        #expect(error.diagnostics.first?.message.hasPrefix("'m': \(what)") == true, "\(error)")
        #expect(error.diagnostics.first?.help != nil)
    }

    @Test func aUserBlockInFrontOfHDF5IsAllowed() throws {
        let file = try modelFile("keras_chain.h5")
        // The superblock's addresses count from its own signature.
        let shifted = ModelFiles.File(name: "m.h5", bytes: [UInt8](repeating: 0, count: 512) + file.bytes)
        guard case .hdf5 = ModelFormat(shifted) else {
            Issue.record("not seen as HDF5")
            return
        }
    }

    @Test func weightsAloneAskForTheirArchitecture() throws {
        let error = try #require(throws: DiagnosticError.self) {
            try ModelReader.read(.whole(try modelFile("keras_zoo_weights.h5")))
        }
        #expect(error.description.contains("attribute 'model_config' is missing"))
        #expect(error.diagnostics.first?.help?.contains("weights: keras_zoo_weights.h5") == true)
    }

    @Test func swappedFilesAreNoticed() throws {
        let json = try modelFile("keras_zoo.json"), weights = try modelFile("keras_zoo_weights.h5")
        let error = try #require(throws: DiagnosticError.self) {
            try ModelReader.read(.parts(architecture: weights, weights: json))
        }
        #expect(error.description.contains("expected an architecture in JSON, found HDF5"))
        let other = try #require(throws: DiagnosticError.self) {
            try ModelReader.read(.parts(architecture: json, weights: json))
        }
        #expect(other.description.contains("expected weights in HDF5, found JSON"))
    }

    @Test(arguments: [
        ("{", "not valid JSON"), (#"{"class_name": "Functional"}"#, "'class_name' and 'config' are missing"),
        (#"{"class_name": "MyModel", "config": {}}"#, "a model of class 'MyModel' is not read"),
        (#"{"class_name": "Sequential", "config": {"layers": []}}"#, "without any layer"),
        (#"{"class_name": "Sequential", "config": {"layers": [3]}}"#, "config.layers[0] has no class_name"),
        (#"{"class_name": "Functional", "config": {"layers": []}}"#, "'input_layers' is not a list of layers"),
        (#"{"class_name": "Functional", "keras_version": "4.1.0", "config": {}}"#, "saved by Keras 4.1.0"),
        (#"{"class_name": "Functional", "keras_version": "1.2.0", "config": {}}"#, "saved by Keras 1.2.0"),
    ])
    func descriptionsThatAreNoModelAreRefused(json: String, message: String) throws {
        let error = try #require(throws: DiagnosticError.self) { try read(json) }
        #expect(error.description.contains(message), "\(error)")
    }
}
