import Basics
import Frontends
import LayerKit
import Layers
import TestSupport
import Zip

/// Archives of Keras 3 and their parts.
enum KerasSeeds {
    private static let families = ["embedding", "nesting", "bidirectional", "attention", "shapes", "convolutions1d"]

    static let archives = families.compactMap {
        try? Files.read(Repository.fixtures + "/keras/\($0)_3.keras")
    }

    private static func members(_ path: String) -> [[UInt8]] {
        archives.compactMap { archive in
            (try? ZipArchive.entries(archive))?.first { $0.path == path }?.bytes
        }
    }

    static let configs = members("config.json")
    static let weights = members("model.weights.h5")

    static func archive(config: [UInt8], weights: [UInt8]) throws -> [UInt8] {
        try ZipArchive.stored([
            ZipEntry("config.json", config), ZipEntry("metadata.json", Array(#"{"keras_version": "3.15.1"}"#.utf8)),
            ZipEntry("model.weights.h5", weights),
        ])
    }

    /// Reads a model and computes it once, where its tensors are small enough for thousands of such.
    static func compute(_ bytes: [UInt8]) throws {
        let model = try ModelReader.read(.whole(.init(name: "m.keras", bytes: bytes)))
        let sizes = model.nodes.flatMap(\.outputs).map(\.elementCount)
        guard sizes.reduce(0, +) < 100_000 else { return }
        _ = model.evaluateFloat(
            model.inputs.map { [Double](repeating: 0.5, count: model.shape(of: TensorID($0)).elementCount) })
    }
}
