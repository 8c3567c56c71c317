internal import Arrays
internal import Basics
internal import Emulator
internal import FixedPoint
internal import LayerKit
internal import Layers
internal import Steps

/// Every tensor of a design, for all samples, as files.
enum Trace {
    /// Writes `FOLDER/<layer>.npy` for every input and node, float32, shaped (samples, ...).
    static func write(_ emulator: Emulator, _ batch: InputBatch, into folder: String) throws {
        var values: [TensorID: [Float]] = [:]
        for sample in 0..<batch.samples {
            for (id, raw) in emulator.trace(batch.values, sample: sample) {
                let type = emulator.placed[id].type
                values[id, default: []] += raw.map { Float(type.value($0)) }
            }
        }
        do throws(FileError) {
            try Files.makeDirectories(folder)
            for (id, numbers) in values {
                let shape = [batch.samples] + emulator.placed[id].shape
                guard let array = NpyArray(shape: shape, values: .float32(numbers)) else { continue }
                let name = emulator.design.name(of: id)
                try Files.write(array.encoded, to: folder + "/" + name.replacing("/", with: "_") + ".npy")
            }
        } catch {
            throw DiagnosticError(error.diagnostic)
        }
    }
}
