internal import Arrays
internal import Basics
internal import BuildEngine

/// The project's data as the text that the written test bench reads: one sample a line, the numbers of all inputs (or
/// outputs) one after the other, as hls4ml's users know it.
enum TestBenchDataStep: PureStep {
    static let name = "test-bench-data"
    static let version = 1

    struct Settings: Encodable, Sendable {
        /// What the user calls the files, for messages: inputs, then expected outputs.
        var inputs: [String]
        var expected: [String]
    }

    static func inputName(_ index: Int) -> String { "input/\(index)" }

    static func expectedName(_ index: Int) -> String { "expected/\(index)" }

    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
        func table(_ names: [String], _ inputName: (Int) -> String) throws -> [UInt8] {
            let arrays = try names.enumerated().map { index, name in
                try DataFile.read(inputs.bytes(inputName(index)), name: name)
            }
            return lines(arrays)
        }
        var files = [OutputFile("tb_data/tb_input_features.dat", try table(settings.inputs, inputName))]
        if !settings.expected.isEmpty {
            files.append(OutputFile("tb_data/tb_output_predictions.dat", try table(settings.expected, expectedName)))
        }
        return PureResult(files)
    }

    /// Shortest decimal texts that read back as the same numbers.
    private static func lines(_ arrays: [NpyArray]) -> [UInt8] {
        let samples = arrays.compactMap(\.shape.first).min() ?? 0
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
