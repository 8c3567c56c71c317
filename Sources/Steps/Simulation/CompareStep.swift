internal import Arrays
internal import Basics
internal import BuildEngine
internal import FixedPoint
internal import LayerKit
internal import Layers
internal import Measures

/// The firmware's answer held against what is expected and against labels: what the C simulation measures. Whether it is
/// good enough is for `JudgeStep` to say, so that a run that is not keeps its numbers.
enum CompareStep: PureStep {
    static let name = "compare"
    static let version = 3

    struct Settings: Encodable, Sendable {
        /// What the user calls the files with expected outputs, one an output: inputs `expected/0`, `expected/1`, ...
        /// None: the model as trained is the reference.
        var expected: [String]
        /// The same of labels: inputs `labels/0`, `labels/1`, ... They want the model as trained beside the firmware.
        var labels: [String]
    }

    static func expectedName(_ index: Int) -> String { "expected/\(index)" }
    static func labelsName(_ index: Int) -> String { "labels/\(index)" }

    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
        let placed = try PlacedDesign(StageOutput.design.read(inputs))
        let names = placed.design.outputs.map(placed.design.name)
        try check(settings.expected, names, key: "expected")
        try check(settings.labels, names, key: "labels")
        let raw = try RawFile.outputs(placed, inputs.bytes(RunFirmwareStep.output))
        let trained =
            inputs.contains(ReferenceStep.output)
            ? try ReferenceStep.read(inputs.bytes(ReferenceStep.output), placed.outputs.map(\.shape)) : nil
        var files: [OutputFile] = []
        var rows: [SimulationRow] = []
        for (index, (name, tensor)) in zip(names, placed.outputs).enumerated() {
            let values = raw[index].map { tensor.type.value($0) }, shape = tensor.shape
            let samples = values.count / max(1, shape.elementCount)
            if let array = NpyArray(shape: [samples] + shape, values: .float32(values.map { Float($0) })) {
                files.append(OutputFile("outputs/" + PathName.path(for: name, ending: ".npy"), array.encoded))
            }
            var classification: ClassificationRow?
            if index < settings.labels.count, let trained = trained?[index] {
                let array = try DataFile.read(inputs.bytes(labelsName(index)), name: settings.labels[index])
                let labels = try ClassLabels(
                    array, file: settings.labels[index], output: name, shape, samples: samples)
                classification = ClassificationRow(
                    firmware: values, float: trained, width: labels.width, labels: labels.indices)
            }
            let reference: SimulationRow.Reference = index < settings.expected.count ? .expected : .model
            let want: [Double]? =
                switch reference {
                case .expected:
                    try Self.expected(
                        index, of: name, shape, ChannelAxis(placed.design.outputs[index], in: placed.design), samples,
                        settings, inputs)
                case .model: trained?[index]
                }
            guard let want, want.count == values.count else { continue }
            rows.append(OutputComparison(values, want, shape).row(name, against: reference, classification))
        }
        return PureResult(files + (try StageOutput.simulation.written(rows)))
    }

    /// One file for each output, or none at all.
    private static func check(_ files: [String], _ outputs: [String], key: String) throws(DiagnosticError) {
        guard !files.isEmpty, files.count != outputs.count else { return }
        throw DiagnosticError(
            .error(
                "\(files.count) files for \(outputs.count) outputs", subject: ["data", key],
                help: "give one file for each of \(outputs.joined(separator: ", ")), in this order"))
    }

    private static func expected(
        _ index: Int, of name: String, _ shape: Shape, _ channels: ChannelAxis, _ samples: Int, _ settings: Settings,
        _ inputs: StepInputs
    ) throws -> [Double] {
        let file = settings.expected[index]
        let array = try DataFile.read(inputs.bytes(expectedName(index)), name: file)
        return try wanted(array, file, name, shape, channels, samples)
    }

    /// The expected numbers in the firmware's order.
    /// Throws where they are not as many as the firmware gave, or their axes are in an order that neither it nor the
    /// model file has.
    /// - Parameter channels: where the model file has those of the output.
    static func wanted(
        _ array: NpyArray, _ file: String, _ output: String, _ shape: Shape, _ channels: ChannelAxis, _ samples: Int
    ) throws(DiagnosticError) -> [Double] {
        let want = array.doubles, count = Count.times(samples, shape.elementCount)
        let layout = channels.layout(of: Array(array.shape.dropFirst()), for: shape, stated: nil)
        guard want.count == count,
            layout == .model || SampleShape.holds(array.shape, samples: samples, of: shape)
        else {
            throw DiagnosticError(
                .error(
                    "output '\(output)': \(count) numbers came out, but '\(file)' holds \(want.count) of shape "
                        + "\(array.shape)",
                    subject: ["data", "expected"],
                    help: "it should have \(samples) samples of shape \(shape), the sample axis first"))
        }
        return layout == .model ? channels.toFirmware(want, shape) : want
    }
}
