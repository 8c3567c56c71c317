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
        var values: [String: [Float]] = [:]
        for sample in 0..<batch.samples {
            for (name, raw) in emulator.trace(batch.values, sample: sample) {
                guard let type = emulator.design.tensor(name)?.type else { continue }
                values[name, default: []] += raw.map { Float(type.value($0)) }
            }
        }
        do throws(FileError) {
            try Files.makeDirectories(folder)
            for (name, numbers) in values {
                guard let tensor = emulator.design.tensor(name),
                    let array = NpyArray(shape: [batch.samples] + tensor.shape, values: .float32(numbers))
                else { continue }
                try Files.write(array.encoded, to: folder + "/" + name.replacing("/", with: "_") + ".npy")
            }
        } catch {
            throw DiagnosticError(error.diagnostic)
        }
    }
}
