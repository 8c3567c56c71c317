import Arrays
import Basics
import BuildEngine
import Config
import Frontends
import LayerKit
import Layers
import Options
import Testing
import TestSupport

@testable import Stages
@testable import Steps

@Suite struct RoadTests {
    private let cases = Repository.fixtures + "/cases/"

    private func road(_ lines: String = "", model: String = "model.h5") throws -> Road {
        let text = "project: net\nmodel: \(model)\npart: xcvu13p-flga2577-2-e\n" + lines
        let project = try ProjectFile.parse(Array(text.utf8), file: "hlsbuild.yml")
        return Road(ProjectSite(project, templates: .embedded))
    }

    @Test(arguments: Backend.allCases)
    func everyBackEndHasEveryStage(backend: Backend) throws {
        let flow = try road("backend: \(backend.rawValue)\n").flow()
        #expect(flow.stages.map(\.name) == Road.names)
        #expect(
            flow.stages.map { $0.needs.map(\.text).joined(separator: " ") }
                == ["", "parse", "optimize", "parse optimize write", "optimize write", "write synth", "write synth"])
        #expect(flow.stages.allSatisfy { !$0.summary.isEmpty })
    }

    @Test func aPartOfTheRoadHasWhatIsNeededAndNoMore() throws {
        func names(_ needs: [StageName]) throws -> [String] {
            try road().flow(upTo: needs, then: "last") { _ in }.stages.map(\.name)
        }
        #expect(try names([]) == ["last"])
        #expect(try names([.optimize]) == ["parse", "optimize", "last"])
        #expect(try names([.write]) == ["parse", "optimize", "write", "last"])
        #expect(try names([.vsynth]) == ["parse", "optimize", "write", "synth", "vsynth", "last"])
    }

    /// Only what the user wrote is judged before the back end begins.
    @Test func whoseFaultAFailureIs() throws {
        let road = try road()
        #expect(road.stages.filter { $0.blame == .input }.map(\.name) == [.parse, .optimize])
        #expect(road["predict"] == nil)
    }

    @Test func aPreviewIsWhatTheStagesWouldMake() throws {
        let folder = cases + "k2-jet-3layer"
        let project = try ProjectFile.load(path: folder + "/config.yml")
        let road = Road(ProjectSite(project, templates: .embedded))
        let world = World(folder: folder)
        let model = try road.preview(.model, in: world)
        let design = try road.preview(.design, in: world)
        #expect(!model.nodes.isEmpty && design.nodes.count >= 3)
        // Through the files and back.
        let files = try StageOutput.design.written(design)
        #expect(files.map(\.path) == StageOutput.design.files)
        let again = try StageOutput.design.read(Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.bytes) }))
        #expect(again == design)
        #expect(try StageOutput.design.read([:]) == nil)
        #expect(Files.status(folder + "/.hlsbuild") == nil && Files.status(folder + "/build") == nil)
    }

    @Test func aPreviewNamesThePlaceOfAMissingModel() throws {
        let road = try road(model: "none.h5")
        let error = #expect(throws: DiagnosticError.self) {
            try road.preview(.design, in: World(folder: "/nowhere"))
        }
        #expect(error?.diagnostics.first?.location?.line == 2)
    }

    @Test func whatIsWrongWithALayerIsSaidWhereTheProjectFileNamesIt() throws {
        let road = try road("layers:\n  fc1: {reuse: 2}\n")
        func line(_ subject: [String]) -> Int? {
            let diagnostic = ParseStep.located(.error("no", subject: subject), road.site.project)
            return road.site.project.located(diagnostic).location?.line
        }
        #expect(line(["layers", "fc1", "axis"]) == 5)
        #expect(line(["layers", "fc2", "axis"]) == 2)
        #expect(line([]) == 2)
    }
}

@Suite struct DataLayoutTests {
    /// Two samples of two rows, three columns and two channels, numbered in the firmware's order.
    private let firmware = Array(0..<24)
    private let shape = [2, 3, 2]

    @Test func channelsFirstIsTurned() {
        let model = ChannelAxis.first.toModel(firmware, shape)
        #expect(model.prefix(12) == [0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9, 11])
        #expect(ChannelAxis.first.modelShape(shape) == [2, 2, 3])
        #expect(ChannelAxis.first.toFirmware(model, shape) == firmware)
    }

    @Test func channelsLastIsTheFirmwaresOwn() {
        #expect(ChannelAxis.last.toModel(firmware, shape) == firmware)
        #expect(ChannelAxis.last.toFirmware(firmware, shape) == firmware)
        #expect(ChannelAxis.last.modelShape(shape) == shape)
    }

    @Test func theShapeTellsAndTheStatedLayoutDecidesTheRest() {
        let axis = ChannelAxis.first
        #expect(axis.layout(of: [2, 2, 3], for: [2, 3, 2], stated: .firmware) == .model)
        #expect(axis.layout(of: [2, 3, 2], for: [2, 3, 2], stated: .model) == .firmware)
        // Fits both, and none.
        #expect(axis.layout(of: [4, 4, 4], for: [4, 4, 4], stated: nil) == .firmware)
        #expect(axis.layout(of: [4, 4, 4], for: [4, 4, 4], stated: .model) == .model)
        #expect(axis.layout(of: [12], for: [2, 3, 2], stated: .model) == .model)
        #expect(axis.layout(of: [12], for: [2, 3, 2], stated: nil) == .firmware)
    }

    @Test(arguments: [(ChannelAxis.first, [0.0, 3, 1, 4, 2, 5]), (.last, [0, 1, 2, 3, 4, 5])])
    func inputsAreTakenAsTheModelFileHasThem(channels: ChannelAxis, wanted: [Double]) throws {
        let array = try #require(NpyArray(shape: [1, 2, 3], values: .float64([0, 1, 2, 3, 4, 5])))
        let turned = try InputBatch(
            [array], names: ["x.npy"], inputs: [("x", channels == .first ? [3, 2] : [2, 3])], channels: channels)
        #expect(turned.samples == 1 && turned.values == [wanted])
    }

    @Test func outputsComeAsTheModelFileHasThemWhereThatIsAskedFor() {
        let answer = Predictor.Answer(
            values: .raw([[1, 2, 3, 4, 5, 6]]), names: ["y"], shapes: [[3, 2]], samples: 1)
        func raw(_ layout: DataLayout?, _ channels: ChannelAxis) -> ([Int64], [Int]) {
            let arranged = answer.arranged(as: layout, channelsOf: [channels])
            guard case .raw(let words) = arranged.values else { return ([], []) }
            return (words[0], arranged.shapes[0])
        }
        #expect(raw(.model, .first) == ([1, 3, 5, 2, 4, 6], [2, 3]))
        #expect(raw(.model, .last) == ([1, 2, 3, 4, 5, 6], [3, 2]))
        #expect(raw(nil, .first) == ([1, 2, 3, 4, 5, 6], [3, 2]))
        #expect(raw(.firmware, .first) == ([1, 2, 3, 4, 5, 6], [3, 2]))
    }

    /// Samples without numbers are as many as a file says, which is more than can be counted.
    @Test func samplesOfNothingAreRefused() throws {
        for shape in [[Int.max, 0], [1 << 62, 0, 4], [5, 0], []] {
            let array = try #require(NpyArray(shape: shape, values: .float64(shape.isEmpty ? [1] : [])))
            #expect(throws: DiagnosticError.self, "\(shape)") {
                try InputBatch([array], names: ["x.npy"], inputs: [("x", [4])])
            }
        }
        let none = try #require(NpyArray(shape: [0, 4], values: .float64([])))
        #expect(try InputBatch([none], names: ["x.npy"], inputs: [("x", [4])]).samples == 0)
    }

    @Test func resultsAreCountedBeforeTheyAreMade() throws {
        try ResultSize.check([[5], [3, 2]], samples: 1000)
        try ResultSize.check([[Int.max]], samples: 0)
        for (shapes, samples) in [([[1000]], 1 << 20), ([[Int.max, 4]], 1), ([[1 << 62], [1 << 62]], 2)] {
            #expect {
                try ResultSize.check(shapes, samples: samples)
            } throws: {
                "\($0)".contains("more than the \(InputLimit.results.elements) of one run")
            }
        }
    }
}
