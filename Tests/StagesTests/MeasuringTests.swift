import Arrays
import Basics
import BuildEngine
import Config
import Emulator
import FixedPoint
import Layers
import LayerKit
import Measures
import Options
import Testing
import TestSupport

@testable import Stages
@testable import Steps

/// What the C simulation measures, as steps on values: nothing is compiled.
@Suite struct MeasuringTests {
    /// A network with one output of five classes, its inputs, and what the firmware gives for them.
    private struct Ground {
        let design: Design
        let model: Model
        let raw: [Int64]
        let samples: Int
        let files: [String: [UInt8]]

        init() throws {
            let folder = Repository.fixtures + "/cases/k2-jet-explicit"
            let project = try ProjectFile.load(path: folder + "/config.yml")
            let road = Road(ProjectSite(project, templates: .embedded))
            model = try road.preview(.model, in: World(folder: folder))
            design = try road.preview(.design, in: World(folder: folder))
            let data = try Files.read(folder + "/x.npy")
            let input = try NpyArray.read(data, name: "x.npy")
            samples = input.shape[0]
            raw = try Emulator(design).predictRaw([input.doubles], samples: samples)[0]
            var files = [RunFirmwareStep.output: RawFile.bytes(of: raw), InputBatch.inputName(0): data]
            for file in try StageOutput.design.written(design) + StageOutput.model.written(model) {
                files[file.path] = file.bytes
            }
            files[ReferenceStep.output] = try ReferenceStep.perform(
                ReferenceStep.Settings(names: ["x.npy"], skips: project.options.skips), StepInputs(files: files),
                LongWork()
            ).files[0].bytes
            self.files = files
        }

        /// The step on these files besides, of which labels are numbers of a shape.
        func compare(labels: (shape: [Int], values: [Double])? = nil, expected: [Double]? = nil) throws -> PureResult {
            var files = files
            func add(_ name: String, _ shape: [Int], _ values: [Double]) {
                files[name] = NpyArray(shape: shape, values: .float64(values))?.encoded
            }
            if let labels { add(CompareStep.labelsName(0), labels.shape, labels.values) }
            if let expected { add(CompareStep.expectedName(0), [samples, 5], expected) }
            let settings = CompareStep.Settings(
                expected: expected == nil ? [] : ["y.npy"], labels: labels == nil ? [] : ["c.npy"])
            return try CompareStep.perform(settings, StepInputs(files: files))
        }

        func report(_ result: PureResult) throws -> String {
            let file = try #require(result.files.first { $0.path == "report.json" })
            return String(decoding: file.bytes, as: UTF8.self)
        }
    }

    @Test func withoutExpectedTheModelAsTrainedIsTheReference() throws {
        let ground = try Ground()
        let result = try ground.compare()
        let row = try #require(
            try StageOutput.simulation.read(Dictionary(uniqueKeysWithValues: result.files.map { ($0.path, $0.bytes) }))?
                .first)
        #expect(row.reference == .model && row.samples == ground.samples && row.elements == ground.samples * 5)
        #expect(row.maxError > 0 && row.maxError < 0.5 && row.argmaxAgreement ?? 0 > 0.8)
        let worst = try #require(row.worst)
        #expect(abs(worst.got - worst.want) == row.maxError)
        #expect(row.classification == nil)
    }

    /// One form says what the other does.
    @Test func labelsAreIndicesOrOneHot() throws {
        let ground = try Ground()
        let classes = (0..<ground.samples).map { $0 % 4 }
        let indices = try ground.compare(labels: ([ground.samples], classes.map(Double.init)))
        let rows = classes.flatMap { label in (0..<5).map { $0 == label ? 1.0 : 0 } }
        let oneHot = try ground.compare(labels: ([ground.samples, 5], rows))
        #expect(try ground.report(indices) == ground.report(oneHot))
        let text = try ground.report(indices)
        #expect(text.contains(#""accuracy": {"firmware": "#))
        #expect(
            text.contains(#"{"class": 4, "samples": 0, "others": \#(ground.samples), "firmware": null, "float": null}"#)
        )
    }

    @Test(
        arguments: [
            ([3], [0, 1, 2], "3 numbers of shape [3] are no labels"),
            (nil, [5], "label 0 is 5.0, which is no class of output"),
            (nil, [-1], "label 0 is -1.0"), (nil, [0.5], "label 0 is 0.5"), (nil, [.nan], "label 0 is nan"),
            (nil, [1, 1, 0, 0, 0], "row 0 is not one-hot"), (nil, [0, 0, 0.9, 0.1, 0], "row 0 is not one-hot"),
            (nil, [0, 0, 0, 0, 0], "row 0 is not one-hot"),
        ] as [([Int]?, [Double], String)])
    func whatIsNoLabelIsRefused(shape: [Int]?, sample: [Double], message: String) throws {
        let ground = try Ground()
        let all = shape == nil ? (0..<ground.samples).flatMap { _ in sample } : sample
        let error = #expect(throws: DiagnosticError.self) {
            try ground.compare(labels: (shape ?? [ground.samples, sample.count], all))
        }
        let first = try #require(error?.diagnostics.first)
        #expect(first.message.hasPrefix("'c.npy': " + message), "\(first.message)")
        #expect(first.subject == ["data", "labels"] && first.help?.contains("0 to 4") == true)
    }

    /// What is not good enough has been measured all the same: another step says so.
    @Test func theJudgementIsAStepOfItsOwn() throws {
        let ground = try Ground()
        let labels = ([ground.samples], [Double](repeating: 4, count: ground.samples))
        let measured = try ground.compare(labels: labels, expected: [Double](repeating: 2, count: ground.samples * 5))
        let inputs = StepInputs(files: Dictionary(uniqueKeysWithValues: measured.files.map { ($0.path, $0.bytes) }))
        func judge(_ tolerance: Tolerance?, _ limits: [Config.Expectation]) throws -> [Diagnostic] {
            try JudgeStep.perform(JudgeStep.Settings(tolerance: tolerance, expectations: limits), inputs).diagnostics
        }
        let limit = Config.Expectation(
            metric: .accuracy, comparison: .atLeast, value: try #require(Ratio(99)), unit: .percent, text: ">= 99%")
        #expect(try judge(nil, []).isEmpty)
        for (tolerance, limits, subject) in [
            (Tolerance.exact, [], ["data", "tolerance"]), (nil, [limit], ["expect", "accuracy"]),
        ] as [(Tolerance?, [Config.Expectation], [String])] {
            let error = #expect(throws: DiagnosticError.self) { try judge(tolerance, limits) }
            #expect(error?.diagnostics.map(\.subject) == [subject])
        }
    }

    @Test func oneFileForEachOutput() throws {
        let ground = try Ground()
        let settings = CompareStep.Settings(expected: ["a.npy", "b.npy"], labels: [])
        let error = #expect(throws: DiagnosticError.self) {
            try CompareStep.perform(settings, StepInputs(files: ground.files))
        }
        #expect(error?.diagnostics.first?.message == "2 files for 1 outputs")
    }

    // MARK: values that an input cannot hold

    @Test func whatAnInputCannotHoldIsCounted() {
        func warnings(_ values: [Double], _ type: FixedType) -> [String] {
            OutsideValues(values, of: Design.Input(name: "x", shape: [2], type: type)).warnings("x.npy").map {
                $0.message + "; " + ($0.help ?? "")
            }
        }
        let type = FixedType.fixed(8, 4)
        #expect(warnings([-8, 7.9375, 7.99, 0], type).isEmpty)
        let found = warnings([.nan, 8, -8.01, 1e10, -.infinity, 1], type)
        #expect(found.count == 2 && found[0].hasPrefix("'x.npy': 1 value is not a number (NaN)"))
        #expect(
            found[1].hasPrefix("'x.npy': 4 values are outside of fixed<8,4>, the type of input 'x': the first is 8.0"))
        #expect(found[1].contains("such values wrap around"))
        // Rounded up, the same number is beyond the end; saturated, it is told as that.
        let rounded = warnings([7.99, 1], .fixed(8, 4, .rnd, .sat))
        #expect(rounded.count == 1 && rounded[0].contains("such values saturate"))
        #expect(warnings([1, -0.001], .ufixed(8, 1)).count == 1)
        #expect(warnings([1.99, 0], .ufixed(8, 1)).isEmpty)
    }

    // MARK: settings

    @Test func onlySkippingMattersToTheModelAsTrained() throws {
        let text = """
            project: net
            model: model.h5
            part: xcvu13p-flga2577-2-e
            reuse: 4
            layers: {softmax: {skip: true, table_size: 512}, fc1: {reuse: 2}}
            types: {Dense: {reuse: 8}}
            """
        let options = try ProjectFile.parse(Array(text.utf8), file: "p.yml").options
        let skips = options.skips
        #expect(skips.value(\.skip, layer: "softmax", type: "Softmax") == true)
        #expect(skips.project.isEmpty && skips.types.isEmpty && Array(skips.layers.keys) == ["softmax"])
        #expect(skips.layers["softmax"]?.tableSize == nil)
    }
}
