import Basics
import BuildEngine
import Testing

@testable import Vendor

/// The prediction as a part of a build.
@Suite(.serialized) struct PredictionTests {
    private func report(_ pipeline: String, latency: Int) -> [UInt8] {
        Array(
            """
            <profile><UserAssignments><TopModelName>net</TopModelName></UserAssignments><PerformanceEstimates/>
            <AreaEstimates><Resources><DSP>1</DSP><LUT>1</LUT></Resources></AreaEstimates>
            <ModuleInformation><Module><Name>net_fc1</Name><PerformanceEstimates><PipelineType>\(pipeline)</PipelineType>
            <SummaryOfOverallLatency><Worst-caseLatency>\(latency)</Worst-caseLatency></SummaryOfOverallLatency>
            </PerformanceEstimates></Module></ModuleInformation></profile>
            """.utf8)
    }

    /// It is recorded with the build; another part of the model's settings makes another one, without a run of the tool
    /// for what the tool does not see.
    @Test func recordedAndCompared() async throws {
        let chain = try await Chain()
        let (summary, events) = try await chain.build(["synth"])
        #expect(summary.ok)
        #expect(
            events.steps.contains("synth/prediction built") && events.steps.contains("synth/prediction check built"))
        let text = chain.built("synth/prediction.json")
        #expect(text.hasPrefix(#"{"format": "hlsbuild-prediction 1", "interval": 1, "dsp": "#))
        #expect(text.contains(#"{"name": "fc1", "form": "pipelined", "target": 1, "latency": "#))
        let files = ["prediction.json": Array(text.utf8)]
        func told(_ more: [String: [UInt8]]) throws -> [Diagnostic] {
            try PredictionCheckStep.perform(.init(top: "net"), StepInputs(files: files.merging(more) { $1 }))
                .diagnostics
        }
        #expect(try told(["report/csynth.xml": report("yes", latency: 2)]).isEmpty)
        let lost = try told(["report/csynth.xml": report("no", latency: 4000)])
        #expect(lost.map(\.severity) == [.warning])
        #expect(lost.map(\.subject) == [["layers", "fc1"]])
        // What cannot be read is told elsewhere.
        #expect(try told(["report/csynth.xml": Array("<profile".utf8)]).isEmpty)
        let (again, _) = try await chain.build(["synth"])
        #expect(again.outcome("synth") == .current)
    }
}
