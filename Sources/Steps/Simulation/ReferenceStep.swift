internal import Basics
internal import BuildEngine
internal import LayerKit
internal import Layers
internal import Optimizer
internal import Options

/// What the model as trained gives for the project's data, in double precision: what the firmware is compared with where
/// nothing else is stated, and beside it where there are labels.
enum ReferenceStep: LongStep {
    static let name = "model as trained"
    static let version = 2

    struct Settings: Encodable, Sendable {
        /// What the user calls the files, for messages.
        var names: [String]
        /// What the project file leaves out of the firmware; nothing else of the options matters here.
        var skips: OptionTable
    }

    static let output = "reference.raw"

    static func outputs(_ settings: Settings) -> [String] { [output] }

    static func perform(_ settings: Settings, _ inputs: StepInputs, _ work: LongWork) throws -> PureResult {
        let model = try Pipeline.skipping(StageOutput.model.read(inputs), options: settings.skips)
        let shapes = model.inputs.map { model[$0]?.outputs.first ?? [] }
        let arrays = try settings.names.enumerated().map { index, name in
            try DataFile.read(inputs.bytes(InputBatch.inputName(index)), name: name)
        }
        let batch = try InputBatch(
            arrays, names: settings.names, inputs: Array(zip(model.inputs, shapes)),
            channelsOf: model.inputs.map { ChannelAxis(TensorID($0), in: model) })
        try ResultSize.check(model.outputs.map(model.shape), samples: batch.samples)
        var words: [Int64] = []
        let program = FloatProgram(model)
        for block in program.blocks(of: batch.samples) {
            let outputs = program(batch.samples(block, shapes), samples: block.count)
            // Sample by sample, all outputs of one behind each other.
            for sample in block {
                for (output, id) in zip(outputs, model.outputs) {
                    let size = model.shape(of: id).elementCount, start = (sample - block.lowerBound) * size
                    words += output[start..<start + size].map { Int64(bitPattern: $0.bitPattern) }
                }
            }
            try work.progress(block.upperBound, of: batch.samples, "evaluating the model as trained")
        }
        return [OutputFile(output, RawFile.bytes(of: words))]
    }

    /// The numbers, one array an output, samples x elements; nil where they are no whole samples of these shapes.
    static func read(_ bytes: [UInt8], _ shapes: [Shape]) -> [[Double]]? {
        RawFile.parts(RawFile.words(of: bytes), shapes)?.map { words in
            words.map { Double(bitPattern: UInt64(bitPattern: $0)) }
        }
    }
}
