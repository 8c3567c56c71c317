internal import Arrays
internal import Basics
internal import Emulator
internal import FixedPoint
internal import LayerKit
internal import Layers
internal import Steps

/// Every tensor of a design, for all samples, as files.
enum Trace {
    /// Writes `FOLDER/<layer>.npy` for every input and node, float32, shaped (samples, ...). The name of a layer that no
    /// file can have is made one that it can.
    static func write(_ emulator: Emulator, _ batch: InputBatch, into folder: String) throws {
        let design = emulator.design
        let ids = design.inputs.map(\.id) + design.nodes.flatMap(\.ids)
        let ending = ".npy"
        let names = PathName.parts(for: ids.map(design.name), room: ending.utf8.count)
        var values: [TensorID: [Float]] = [:]
        for sample in 0..<batch.samples {
            for (id, raw) in emulator.trace(batch.values, sample: sample) {
                let type = emulator.placed[id].type
                values[id, default: []] += raw.map { Float(type.value($0)) }
            }
        }
        do throws(FileError) {
            try Files.makeDirectories(folder)
            for (id, name) in zip(ids, names) {
                guard let numbers = values[id] else { continue }
                let shape = [batch.samples] + emulator.placed[id].shape
                guard let array = NpyArray(shape: shape, values: .float32(numbers)) else { continue }
                try Files.write(array.encoded, to: folder + "/" + name + ending)
            }
        } catch {
            throw DiagnosticError(error.diagnostic)
        }
    }
}
