internal import Basics
internal import BuildEngine
internal import Emulator
internal import FixedPoint
internal import HLSWriter
internal import LayerKit
internal import Layers
internal import Steps

/// The emulator library of a release: the written firmware behind a C interface, and test vectors for it.
enum EmulatorStep: PureStep {
    static let name = "emulator"
    static let version = 1

    /// The stages that it is made from.
    static let needs: [StageName] = [StageOutput.design.stage, .write]

    struct Settings: Encodable, Sendable {
        var project: String
        /// What the user calls the data files, for messages; none: the vectors are made up.
        var data: [String]
    }

    /// Below which the step sees the written project, and the templates.
    static let written = "written", templates = "templates"

    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
        func files(_ folder: String) throws -> [String: [UInt8]] {
            var files: [String: [UInt8]] = [:]
            for name in inputs.names(under: folder) {
                files[String(name.dropFirst(folder.count + 1))] = try inputs.bytes(name)
            }
            return files
        }
        let design = try StageOutput.design.read(inputs)
        let library = try HLSProject(design, project: settings.project)
            .emulator(written: files(written), templates: files(templates))
        let batch = settings.data.isEmpty ? nil : try InputBatch(in: inputs, names: settings.data, for: design)
        let vectors = try TestVectors(design, data: batch)
        return PureResult(
            library.map { OutputFile($0.path, $0.bytes) } + [OutputFile("vectors.txt", text: vectors.text)])
    }
}

/// Samples and what the firmware gives for them, by the emulator: exact integers.
struct TestVectors {
    /// One sample a line: the raw integers of all inputs, then those of all outputs.
    let text: String

    /// Some samples of the data, then the ends of the input types, then made-up ones, the same for the same design.
    init(_ design: Design, data: InputBatch?) throws(DiagnosticError) {
        let elements = max(1, design.inputs.reduce(0) { $0 + $1.shape.elementCount })
        // A file that a person can open, also for images.
        let limit = min(32, max(4, (1 << 17) / elements))
        let taken = min(limit, data?.samples ?? 0)
        var values = design.inputs.enumerated().map { index, input -> [Double] in
            let count = input.shape.elementCount
            return data.map { Array($0.values[index].prefix(taken * count)) } ?? []
        }
        var dice = SplitMix(state: 1)
        for sample in 0..<limit {
            for (index, input) in design.inputs.enumerated() {
                for _ in 0..<input.shape.elementCount {
                    values[index].append(Self.made(input.spec.type, sample, &dice))
                }
            }
        }
        let samples = taken + limit
        let emulator = try Emulator(design)
        let outputs = try emulator.predictRaw(values, samples: samples)
        let raw = try RawFile.words(of: RawFile.input(design, values, samples: samples))
        let results = emulator.placed.outputs.map(\.count)
        text = (0..<samples).map { sample in
            var words = raw[sample * elements..<(sample + 1) * elements].map { String($0) }
            for (count, output) in zip(results, outputs) {
                words += output[sample * count..<(sample + 1) * count].map { String($0) }
            }
            return words.joined(separator: " ") + "\n"
        }.joined()
    }

    private static func made(_ type: FixedType, _ sample: Int, _ dice: inout SplitMix) -> Double {
        switch sample {
        case 0: return 0
        case 1: return type.value(type.rawMax)
        case 2: return type.value(type.rawMin)
        default:
            // Each sample in a range of its own, from the whole type down to a few last places: real data is small.
            let narrowing = sample % 8
            let span = type.rawMax - type.rawMin
            let part = Int128(dice.next() >> 1) % max(1, span)
            let centred = type.signed ? type.rawMin + part : part
            return type.value(centred >> Int128(narrowing))
        }
    }
}

/// Numbers that are the same everywhere: Vigna's SplitMix64.
private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
