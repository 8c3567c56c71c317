import Basics
import Testing

@testable import BuildEngine

/// Stages of the points of a sweep.
@Suite struct PointTests {
    let project: TestProject
    let runner = FakeRunner()

    init() throws {
        project = try TestProject()
        try project.write("source.txt", "one\n")
    }

    @Test func textAndIdentityAreTheSame() {
        let plain = StageIdentity("synth")
        #expect(plain == StageIdentity(point: nil, "synth"))
        #expect(plain.text == "synth")
        let pointed = StageIdentity("reuse4/synth")
        #expect(pointed == StageIdentity(point: "reuse4", "synth"))
        #expect(pointed.text == "reuse4/synth")
        #expect("\(pointed)" == "reuse4/synth")
        for text in ["a", "a/b", "a/b/c", "/", "a/", "/a", "", "a/\u{301}b"] {
            #expect(StageIdentity(text).text == text)
            #expect(StageIdentity(text).isLegal == ["a", "a/b"].contains(text))
        }
        #expect(["b/a", "c", "a/b", "a/a", "b"].sorted() as [StageIdentity] == ["b", "c", "a/a", "a/b", "b/a"])
    }

    /// One stage of the project, and of every point one that a tool works for.
    private func flow(_ points: [String]) throws -> Flow {
        try Flow(
            [
                StageNode("parse") { context in
                    let source = try context.source("source.txt")
                    let made = try await context.run(
                        Strip.self, "strip", settings: .init(), inputs: [.init("source", source)])
                    context.layOut(made.outputs)
                }
            ]
                + points.enumerated().map { number, point in
                    StageNode(StageIdentity(point: point, "synth"), needs: ["parse"]) { context in
                        let made = try await context.run(
                            Concat.self, "run", settings: .init(tool: TestFlow().tool, flag: number),
                            inputs: [.init("model", try context.output("model", of: "parse"))])
                        context.layOut(made.outputs)
                    }
                })
    }

    @Test func everyPointHasItsFoldersLogsAndState() async throws {
        let reporter = RecordingReporter()
        let flow = try flow(["p0", "p1"])
        let first = try await project.build(flow, runner, reporter: reporter)
        #expect(first.outcomes == ["parse built", "p0/synth built", "p1/synth built"])
        #expect(
            try project.tree("build") == [
                "build/parse/model": "one\n", "build/p0/synth/out.txt": "flag=0\none\n",
                "build/p1/synth/out.txt": "flag=1\none\n",
            ])
        #expect(project.text(".hlsbuild/logs/p1/synth/run.log") == "running run\n")
        #expect(reporter.steps.sorted() == ["p0/synth/run built", "p1/synth/run built", "parse/strip built"])
        #expect(reporter.events.contains { $0.json.text.contains("\"stage\": \"p1/synth\"") })
        let again = try await project.build(flow, runner)
        #expect(again.isQuiet)
        let builder = project.builder(runner)
        #expect(try builder.logs(of: "p0/synth").map(\.text) == ["running run\n"])
        #expect(try builder.tools(of: ["p1/synth"]).map(\.stage) == ["p1/synth"])
        let status = try await builder.status(flow)
        #expect(status.map(\.state) == [.upToDate, .upToDate, .upToDate])
        #expect(status.map(\.outputs) == ["build/parse", "build/p0/synth", "build/p1/synth"])
        #expect(try await builder.why("p1/synth", flow).status.name == "p1/synth")
        try await builder.clean()
        #expect(!project.exists("build"))
        #expect(try project.tree(".hlsbuild/layout").isEmpty)
    }

    @Test func targetsNameStagesOfPoints() async throws {
        let summary = try await project.build(flow(["p0", "p1"]), runner, BuildOptions(targets: ["p1/synth"]))
        #expect(summary.outcomes == ["parse built", "p1/synth built"])
        let error = await #expect(throws: DiagnosticError.self) {
            try await project.build(flow(["p0", "p1"]), runner, BuildOptions(targets: ["p2/synth"]))
        }
        #expect(error?.description.contains("there is no stage 'p2/synth'") == true)
    }

    @Test func pointAndStageOfOneNameAreRefused() throws {
        let error = #expect(throws: DiagnosticError.self) { try flow(["parse"]) }
        #expect(error?.description.contains("a stage and a point are called 'parse'") == true)
        #expect(throws: DiagnosticError.self) { try flow([".."]) }
        #expect(throws: DiagnosticError.self) { try flow(["a/b"]) }
    }
}
