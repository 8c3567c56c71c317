internal import Basics
internal import BuildEngine
internal import Emulator
internal import FixedPoint
internal import LayerKit
internal import Layers
internal import Steps

/// The first samples of the project's data, as the test bench reads them.
enum CosimDataStep: PureStep {
    static let name = "cosim-data"
    static let version = 2

    struct Settings: Encodable, Sendable {
        /// What the user calls the files, for messages.
        var names: [String]
        var samples: Int
    }

    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
        let design = try StageOutput.design.read(inputs)
        let batch = try InputBatch(in: inputs, names: settings.names, for: design)
        for input in design.inputs { try RawFile.checkWidth(input.name, input.spec.type) }
        let samples = TestBenchData.text(design, batch.values, samples: min(batch.samples, settings.samples))
        // The stage judges all integers by itself, and says more of them than the bench.
        return [
            OutputFile(TestBenchData.inputs, samples),
            OutputFile(TestBenchData.integers, text: TestBenchData.unjudged),
        ]
    }
}

/// The integers of the simulated RTL held against those of the Design, all of them.
enum CosimCompareStep: PureStep {
    static let name = "cosim-compare"
    static let version = 1

    struct Settings: Encodable, Sendable {
        var names: [String]
        var samples: Int
    }

    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
        let design = try StageOutput.design.read(inputs)
        let batch = try InputBatch(in: inputs, names: settings.names, for: design)
        let samples = min(batch.samples, settings.samples)
        let emulator = try Emulator(design)
        let expected = try emulator.predictRaw(batch.values, samples: samples)
        let rows = try inputs.text(CosimStep.results).split(whereSeparator: \.isNewline).map { line in
            line.split(separator: " ").map { Int64($0) }
        }
        guard rows.count == samples else {
            throw DiagnosticError(.error("the RTL was simulated on \(rows.count) of \(samples) samples"))
        }
        var differences = 0
        var first: String?
        for (sample, row) in rows.enumerated() {
            var at = 0
            for ((id, spec), values) in zip(zip(design.outputs, emulator.placed.outputs), expected) {
                let count = spec.count
                for element in 0..<count {
                    let wanted = values[sample * count + element]
                    let got = at < row.count ? row[at] : nil
                    at += 1
                    if got == wanted { continue }
                    differences += 1
                    let text = got.map(String.init) ?? "nothing"
                    first = first ?? "\(design.name(of: id))[\(element)] of sample \(sample) is \(text), not \(wanted)"
                }
            }
        }
        if let first {
            throw DiagnosticError(
                .error(
                    "the RTL does not compute what the C++ does: \(differences) of its integers differ; \(first)",
                    help: "read the tool's co-simulation report in build/synth/cosim, and the warnings of C synthesis"))
        }
        let report = JSONValue.object([
            "format": .string("hlsbuild-cosim 1"), "samples": .int(samples), "differences": .int(0),
        ])
        return [OutputFile("cosim.json", text: report.text + "\n")]
    }
}
