internal import Arrays
internal import Basics
internal import BuildEngine
internal import Config
internal import FixedPoint
internal import LayerKit
internal import Layers
internal import Measures

/// The firmware's answer held against what is expected: the test that the C simulation passes or fails.
enum CompareStep: PureStep {
    static let name = "compare"
    static let version = 1

    struct Settings: Encodable, Sendable {
        /// Nil: differences are reported and fail nothing.
        var tolerance: Tolerance?
        /// The budgets that a C simulation can measure.
        var expectations: [Expectation]
        /// Whether there are expected outputs, one file an output: inputs `expected/0.npy`, `expected/1.npy`, ...
        var expectedCount: Int
    }

    static func expectedName(_ index: Int) -> String { "expected/\(index).npy" }

    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
        let placed = try PlacedDesign(StageOutput.design.read(inputs))
        let raw = try RawFile.outputs(placed, inputs.bytes(RunFirmwareStep.output))
        var files: [OutputFile] = []
        var comparisons: [OutputComparison] = []
        for (index, (id, tensor)) in zip(placed.design.outputs, placed.outputs).enumerated() {
            let name = placed.design.name(of: id)
            let values = raw[index].map { tensor.type.value($0) }
            let samples = values.count / max(1, tensor.shape.elementCount)
            if let array = NpyArray(shape: [samples] + tensor.shape, values: .float32(values.map(Float.init))) {
                files.append(OutputFile("outputs/" + PathName.path(for: name, ending: ".npy"), array.encoded))
            }
            guard index < settings.expectedCount else { continue }
            let expected = try DataFile.read(inputs.bytes(expectedName(index)), name: expectedName(index))
            comparisons.append(try OutputComparison(name, values, tensor.shape, expected))
        }
        let diagnostics = comparisons.flatMap { $0.violations(settings) }
        let errors = diagnostics.filter { $0.severity == .error }
        if !errors.isEmpty { throw DiagnosticError(errors) }
        files += try StageOutput.simulation.written(comparisons.map(\.row))
        return PureResult(files, diagnostics: diagnostics)
    }
}
