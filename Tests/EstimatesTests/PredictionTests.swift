import Basics
import Estimates
import FixedPoint
import LayerKit
import Options
import Reports
import Testing
import TestSupport

@testable import Layers
import Measures
@testable import Vendor

/// What C synthesis reported held against what was predicted.
@Suite struct PredictionTests {
    private func dense(_ strategy: Strategy, reuse: Int) -> DenseOperation {
        let type = FixedType.fixed(16, 6)
        return DenseOperation(
            weight: QuantizedTensor(type: type, shape: [4, 2], raw: [11, 13, 0, 0, 0, 0, 11, 1]),
            bias: QuantizedTensor(type: type, shape: [2], raw: [0, 0]), accum: .fixed(16, 6), resultType: type,
            strategy: strategy, reuse: reuse, exactSum: false)
    }

    /// Two layers in a row, `fc1` and `fc2`.
    private func prediction(_ strategy: Strategy = .latency, reuse: Int = 1) throws -> Prediction {
        var design = Design(
            io: .parallel, compat: .native, inputs: [.init(name: "x", shape: [4], type: .fixed(16, 6))],
            nodes: [
                .init(name: "fc1", inputs: ["x"], shape: [2], operation: dense(strategy, reuse: reuse))
            ], outputs: ["fc1"])
        design.nodes.append(
            .init(name: "dead", inputs: ["x"], shape: [2], operation: dense(.latency, reuse: 1)))
        return try Prediction(PlacedDesign(design), Target(tool: .vitis, family: .ultraScalePlus, period: 5))
    }

    private func module(
        _ name: String, pipeline: String = "yes", latency: Int = 1, interval: Int = 1, dsp: Int = 2
    ) -> CsynthRow {
        var row = CsynthRow(kind: .module, name: name)
        row.parent = "net"
        row.pipeline = pipeline
        row.latency = CycleRange(latency, latency)
        row.interval = CycleRange(interval, interval)
        row.resources = Resources(dsp: dsp)
        return row
    }

    private func loop(_ name: String, in parent: String, pipeline: String = "yes", interval: Int = 1) -> CsynthRow {
        var row = CsynthRow(kind: .loop, name: name)
        row.parent = parent
        row.pipeline = pipeline
        row.interval = CycleRange(interval, interval)
        row.tripCount = CycleRange(4, 4)
        return row
    }

    private func told(_ prediction: Prediction, _ rows: [CsynthRow], interval: Int? = nil, dsp: Int? = nil)
        -> [Diagnostic]
    {
        prediction.check(rows: rows, interval: interval, dsp: dsp, top: "net")
    }

    @Test func whatIsWrittenIsPredicted() throws {
        let straight = try prediction()
        #expect(straight.layers.map(\.name) == ["fc1"])
        #expect(straight.layers[0].form == .pipelined && straight.layers[0].target == 1 && straight.layers[0].dsp == 3)
        #expect(straight.interval == 1)
        #expect(try prediction(.latency, reuse: 4).layers[0].target == 4)
        let looped = try prediction(.resource, reuse: 4)
        #expect(looped.layers[0].form == .loops && looped.layers[0].target == 1)
        #expect(looped.interval == nil)
    }

    @Test func aGoodRunIsSilent() throws {
        #expect(try told(prediction(), [module("net_fc1")], interval: 1, dsp: 3).isEmpty)
        #expect(try told(prediction(), []).isEmpty)
        // Code that takes no cycle has no pipeline.
        #expect(try told(prediction(), [module("net_fc1", pipeline: "no", latency: 0)]).isEmpty)
        #expect(
            try told(
                prediction(.resource, reuse: 4),
                [module("net_fc1", pipeline: "no", latency: 12, interval: 12), loop("Product", in: "net_fc1")]
            ).isEmpty)
    }

    @Test(arguments: ["no", "none"]) func aPipelineThatIsNone(word: String) throws {
        let found = try told(prediction(), [module("net_fc1", pipeline: word, latency: 90, interval: 90)], interval: 91)
        let first = try #require(found.first)
        #expect(found.count == 1)
        #expect(first.severity == .warning && first.subject == ["layers", "fc1"])
        #expect(
            first.message == "C synthesis: layer 'fc1' is not pipelined, an interval of 1 was asked for: it takes 90 "
                + "cycles, 1 were predicted")
        #expect(first.help?.contains("hlsbuild log synth") == true)
    }

    @Test func aPipelineThatIsTooSlow() throws {
        let first = try #require(told(prediction(), [module("net_fc1", interval: 3)]).first)
        #expect(first.message == "C synthesis: layer 'fc1' takes a sample every 3 cycles, 1 predicted")
        #expect(first.subject == ["layers", "fc1"] && first.help?.contains("layers.fc1.reuse: 3") == true)
        #expect(try told(prediction(reuse: 4), [module("net_fc1", interval: 4, dsp: 1)]).isEmpty)
        let whole = try told(prediction(), [], interval: 2)
        #expect(whole.map(\.message) == ["C synthesis: the design takes a sample every 2 cycles, 1 was predicted"])
    }

    @Test func loopsThatAreNotPipelinedOrTooSlow() throws {
        let rows = [module("net_fc1", pipeline: "no", latency: 12), loop("Reuse", in: "net_fc1", pipeline: "no")]
        let lost = try #require(told(prediction(.resource, reuse: 4), rows).first)
        #expect(lost.message.hasPrefix("C synthesis: loop 'Reuse' of layer 'fc1' is not pipelined"))
        let slow = try told(
            prediction(.resource, reuse: 4),
            [module("net_fc1", pipeline: "no", latency: 12), loop("Reuse", in: "net_fc1", interval: 2)])
        #expect(
            slow.map(\.message) == [
                "C synthesis: loop 'Reuse' of layer 'fc1' begins a step every 2 cycles, 1 predicted"
            ])
        // The loop around another is none.
        let nest = [
            loop("Outer", in: "net_fc1", pipeline: "no"), loop("Inner", in: "Outer"), module("net_fc1", pipeline: "no"),
        ]
        #expect(try told(prediction(.resource, reuse: 4), nest).isEmpty)
        // Vitis HLS makes a module of the inner one.
        var inner = module("net_fc1_Pipeline_Inner", pipeline: "no")
        inner.parent = "net_fc1"
        let split = [loop("Outer", in: "net_fc1", pipeline: "no"), inner, module("net_fc1", pipeline: "no")]
        let within = loop("Inner", in: "net_fc1_Pipeline_Inner")
        #expect(try told(prediction(.resource, reuse: 4), split + [within]).isEmpty)
        #expect(try told(prediction(.resource, reuse: 4), split).count == 1)
    }

    @Test(arguments: [(3, 3, true), (3, 4, false), (20, 22, true), (20, 23, false), (0, 0, true), (0, 1, false)])
    func multipliersThatNothingExplains(predicted: Int, measured: Int, isQuiet: Bool) throws {
        var prediction = try prediction()
        prediction.layers[0].dsp = predicted
        let found = told(prediction, [module("net_fc1", dsp: measured)])
        #expect(found.isEmpty == isQuiet)
        if let first = found.first {
            #expect(first.message == "C synthesis: layer 'fc1' uses \(measured) DSP, \(predicted) predicted")
            #expect(first.subject == ["layers", "fc1"])
        }
    }

    /// Vivado HLS has its modules in the report of the top function only.
    @Test func reportsOfOneSynthesisTogether() throws {
        var totals = CsynthReport(), modules = CsynthReport(), other = CsynthReport()
        (totals.top, modules.top, other.top) = ("net", "net", "net_fc1")
        totals.resources = Resources(dsp: 7)
        modules.rows = [module("net_fc1")]
        other.rows = [module("mul")]
        func report(_ content: CsynthReport) -> Report {
            Report(tool: .vivadoHLS, version: nil, content: .csynth(content))
        }
        let measured = CsynthMeasurement([report(other), report(totals), report(modules)], top: "net")
        #expect(measured.total?.resources.dsp == 7)
        #expect(measured.rows.map(\.name) == ["net_fc1"])
    }

    /// A real design whose pragmas were lost: four layers took up to 396 324 cycles each.
    @Test func aRealRunThatLostItsPragmas() throws {
        let path =
            Repository.fixtures + "/reports/csynth/2018.2-vivado_hls-hls4ml-myproject_csynth.rpt.gz"
        guard case .csynth(let report) = try ReportReader.read(Files.read(path)).content else { return }
        var prediction = try prediction()
        let layer = prediction.layers[0]
        prediction.layers = ["config3", "config8"].map { name in
            var copy = layer
            copy.name = name
            return copy
        }
        let found = prediction.check(rows: report.rows, interval: nil, dsp: nil, top: "myproject")
        #expect(found.map(\.subject) == [["layers", "config8"]])
        #expect(found.first?.message.contains("it takes 1394 cycles") == true)
    }
}
