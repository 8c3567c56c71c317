internal import Arrays
internal import Basics
internal import Emulator
internal import FixedPoint
internal import LayerKit
internal import Layers
internal import Steps

/// Every tensor of a network, for all samples, as files.
enum Trace {
    /// Writes `FOLDER/<layer>.npy` for every input and node, float32, shaped (samples, ...). The name of a layer that no
    /// file can have is made one that it can.
    /// - Parameter kept: what must not be written over: a layer may be called as a file of the project is.
    static func write(
        _ emulator: Emulator, _ batch: InputBatch, into folder: String, sparing kept: KeptFiles
    ) throws {
        let design = emulator.design
        let ids = design.inputs.map(\.id) + design.nodes.flatMap(\.ids)
        try ResultSize.check(ids.map { emulator.placed[$0].shape }, samples: batch.samples)
        var values: [TensorID: [Float]] = [:]
        for sample in 0..<batch.samples {
            for (id, raw) in emulator.trace(batch.values, sample: sample) {
                let type = emulator.placed[id].type
                values[id, default: []] += raw.map { Float(type.value($0)) }
            }
        }
        let tensors = ids.compactMap { id in
            values[id].map { Tensor(name: design.name(of: id), shape: emulator.placed[id].shape, values: $0) }
        }
        try write(tensors, samples: batch.samples, into: folder, sparing: kept)
    }

    /// One tensor, all samples of it one after the other.
    struct Tensor {
        var name: String
        /// Of one sample.
        var shape: Shape
        var values: [Float]
    }

    static func write(_ tensors: [Tensor], samples: Int, into folder: String, sparing kept: KeptFiles) throws {
        let ending = ".npy"
        let names = PathName.parts(for: tensors.map(\.name), room: ending.utf8.count)
        do {
            try Files.makeDirectories(folder)
            var files: [(place: OutputPlace, array: NpyArray)] = []
            for (tensor, name) in zip(tensors, names) {
                let shape = [samples] + tensor.shape
                guard let array = NpyArray(shape: shape, values: .float32(tensor.values)) else { continue }
                files.append((try OutputPlace(folder + "/" + name + ending, sparing: kept), array))
            }
            for file in files { try file.place.write(file.array.encoded) }
        } catch let error as FileError {
            throw DiagnosticError(error.diagnostic)
        }
    }
}
