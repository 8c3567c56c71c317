internal import Arrays
internal import Basics
internal import BuildEngine
internal import Emulator
internal import LayerKit
internal import Layers

/// The project's data as the written test bench reads them: samples, the integers that must come out, and what the user
/// expects.
enum TestBenchDataStep: LongStep {
    static let name = "test-bench-data"
    static let version = 2

    struct Settings: Encodable, Sendable {
        /// What the user calls the files, for messages: inputs, then expected outputs.
        var inputs: [String]
        var expected: [String]
    }

    static func expectedName(_ index: Int) -> String { "expected/\(index)" }

    static func outputs(_ settings: Settings) -> [String] {
        [TestBenchData.inputs, TestBenchData.integers] + (settings.expected.isEmpty ? [] : [TestBenchData.predictions])
    }

    static func perform(_ settings: Settings, _ inputs: StepInputs, _ work: LongWork) throws -> PureResult {
        let design = try StageOutput.design.read(inputs)
        let batch = try InputBatch(in: inputs, names: settings.inputs, for: design)
        let emulator = try Emulator(design)
        try ResultSize.check(emulator.placed.outputs.map(\.shape), samples: batch.samples)
        var files = [
            OutputFile(TestBenchData.inputs, TestBenchData.text(design, batch.values, samples: batch.samples))
        ]
        var warnings: [Diagnostic] = []
        do {
            files.append(OutputFile(TestBenchData.integers, try integers(emulator, batch, work)))
        } catch let error as DiagnosticError {
            // Numbers that no integer of C++ holds; the C simulation refuses them.
            warnings = error.diagnostics.map { .warning($0.message, subject: $0.subject, help: $0.help) }
            files.append(OutputFile(TestBenchData.integers, text: TestBenchData.unjudged))
        }
        if !settings.expected.isEmpty {
            let arrays = try settings.expected.enumerated().map { index, name in
                try DataFile.read(inputs.bytes(expectedName(index)), name: name)
            }
            files.append(OutputFile(TestBenchData.predictions, lines(arrays)))
        }
        return PureResult(files, diagnostics: warnings)
    }

    /// What the emulator gives, some samples after the others.
    private static func integers(_ emulator: Emulator, _ batch: InputBatch, _ work: LongWork) throws -> [UInt8] {
        let atOnce = 1024
        let sizes = emulator.design.inputs.map(\.shape.elementCount)
        var text: [UInt8] = []
        for first in stride(from: 0, to: batch.samples, by: atOnce) {
            let samples = min(atOnce, batch.samples - first)
            let part = zip(batch.values, sizes).map { Array($0[first * $1..<(first + samples) * $1]) }
            text += TestBenchData.text(try emulator.predictRaw(part, samples: samples), samples: samples)
            try work.progress(first + samples, of: batch.samples, "emulating the samples of the test bench")
        }
        return text
    }

    /// Shortest decimal texts that read back as the same numbers, one sample a line.
    private static func lines(_ arrays: [NpyArray]) -> [UInt8] {
        // Samples without numbers make no lines, however many they are.
        let samples = arrays.map { $0.values.count == 0 ? 0 : $0.shape.first ?? 0 }.min() ?? 0
        let columns = arrays.map {
            (values: $0.doubles, width: samples == 0 ? 0 : $0.values.count / max(1, $0.shape[0]))
        }
        var bytes: [UInt8] = []
        for sample in 0..<samples {
            var isFirst = true
            for column in columns {
                for value in column.values[sample * column.width..<(sample + 1) * column.width] {
                    if !isFirst { bytes.append(UInt8(ascii: " ")) }
                    isFirst = false
                    let single = Float(value)
                    bytes += Array((Double(single) == value ? "\(single)" : "\(value)").utf8)
                }
            }
            bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
    }
}
