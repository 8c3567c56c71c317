internal import LayerKit
internal import Layers
internal import Basics
internal import BuildEngine
internal import Config
internal import Estimates
internal import Options
internal import Reports
internal import Steps
internal import Measures

/// Records what C synthesis is expected to report.
enum PredictionStep: PureStep {
    static let name = "prediction"
    static let version = 1

    struct Settings: Encodable, Sendable {
        var backend: Backend
        var part: String
        /// The clock period in ns.
        var period: Ratio
    }

    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
        let target = Target(backend: settings.backend, part: settings.part, period: settings.period.double)
        let prediction = Prediction(try PlacedDesign(StageOutput.design.read(inputs)), target)
        return PureResult(try StageOutput.prediction.written(prediction))
    }
}

/// The prediction held against what C synthesis reported: what differs is a warning, since a prediction is no promise.
enum PredictionCheckStep: PureStep {
    static let name = "prediction-check"
    static let version = 1

    struct Settings: Encodable, Sendable {
        /// The top function's name.
        var top: String
    }

    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
        let predicted = StageOutput.prediction
        let prediction = try predicted.read(inputs)
        let reports = inputs.names.filter { !predicted.files.contains($0) }.sorted().compactMap { name in
            // A report that cannot be read is told by whoever asks for its numbers.
            try? ReportReader.read(inputs.bytes(name), name: name)
        }
        let measured = CsynthMeasurement(reports, top: settings.top)
        return PureResult(
            [],
            diagnostics: prediction.check(
                rows: measured.rows, interval: measured.total?.interval.max, dsp: measured.total?.resources.dsp,
                top: settings.top))
    }
}

extension VendorSite {
    /// Warns of layers that C synthesis made something else of than was asked for.
    ///
    /// - Parameter tidy: the reports, as the stage lays them out.
    func checkPrediction(_ tidy: StepResult, _ context: StageContext) async throws {
        let prediction = try await context.run(
            PredictionStep.self, "prediction",
            settings: PredictionStep.Settings(
                backend: project.backend, part: project.part, period: project.clock.period),
            inputs: try StageOutput.design.inputs(context))
        context.layOut(prediction.outputs)
        let names = CsynthMeasurement.files(top: project.name).map { "report/" + $0 }
        _ = try await context.run(
            PredictionCheckStep.self, "prediction check", settings: PredictionCheckStep.Settings(top: project.name),
            inputs: prediction.inputs() + tidy.inputs().filter { names.contains($0.name) })
    }
}
