import Basics
import Testing

@testable import BuildEngine

@Suite struct StatusTests {
    let project: TestProject
    let runner = FakeRunner()

    init() throws {
        project = try TestProject()
        try project.write("source.txt", "one\ntwo\n")
    }

    private func states(_ flow: TestFlow = TestFlow()) async throws -> [String] {
        try await project.builder(runner).status(try flow.flow()).map { "\($0.name): \($0.state.name)" }
    }

    @Test func statesOfStages() async throws {
        #expect(
            try await states()
                == ["parse: never built", "write: never built", "compile: never built", "pack: never built"])
        runner.set("pack") { _ in .exited(1) }
        #expect(try await !project.build(runner: runner).ok)
        #expect(
            try await states() == ["parse: up to date", "write: up to date", "compile: up to date", "pack: failed"])
        runner.set("pack", nil)
        #expect(try await project.build(runner: runner).ok)
        #expect(
            try await states()
                == ["parse: up to date", "write: up to date", "compile: up to date", "pack: up to date"])
        let stale = try await project.builder(runner).status(try TestFlow(compileFlag: 9).flow())
        #expect(stale.map(\.state.name) == ["up to date", "up to date", "stale", "stale"])
        #expect(stale[2].state.why == "compile: flag: 1 -> 9")
        #expect(stale[2].outputs == "build/compile")
        #expect(runner.runs == ["compile", "pack", "pack"])
    }

    /// A failure of settings that are gone says nothing about those of today.
    @Test func failureOfOtherSettings() async throws {
        func compile(_ flag: Int) async throws -> StageStatus.State {
            try await project.builder(runner).status(try TestFlow(compileFlag: flag).flow())[2].state
        }
        runner.set("compile") { _ in .exited(1) }
        #expect(try await !project.build(TestFlow(compileFlag: 7), runner: runner).ok)
        #expect(try await compile(7) == .failed("the command ended with exit status 1"))
        #expect(try await compile(1) == .neverBuilt)
        runner.set("compile", nil)
        #expect(try await project.build(runner: runner).ok)
        runner.set("compile") { _ in .exited(2) }
        #expect(try await !project.build(TestFlow(compileFlag: 8), runner: runner).ok)
        #expect(try await compile(8) == .failed("the command ended with exit status 2"))
        #expect(try await compile(9) == .stale("compile: flag: 1 -> 9"))
        #expect(try await compile(1) == .upToDate, "what was made before is still there")
        #expect(try await compile(7) == .stale("compile: flag: 1 -> 7"), "made good by a build since")
        let why = try await project.builder(runner).why("compile", try TestFlow(compileFlag: 9).flow())
        #expect(why.status.state == .stale("compile: flag: 1 -> 9"))
    }

    /// A stage that fails for what it found out, as of a budget, has given what it found.
    @Test func whatAFailedStageGaveIsOfNow() async throws {
        func flow(_ prefix: String, fails: Bool) throws -> Flow {
            try Flow([
                StageNode("write") { context in
                    let source = try context.source("source.txt")
                    let made = try await context.run(
                        Render.self, "render", settings: .init(prefix: prefix), inputs: [.init("model", source)])
                    context.layOut(made.outputs)
                    context.remark("it begins with \(prefix)")
                    if fails { throw DiagnosticError(.error("too many")) }
                }
            ])
        }
        func status(_ prefix: String, fails: Bool) async throws -> String {
            let found = try await project.builder(runner).status(try flow(prefix, fails: fails))
            return found.map { "\($0.state.name), \($0.areOutputsCurrent)" }.joined()
        }
        #expect(try await status("a", fails: true) == "failed, false")
        let failed = try await project.build(try flow("a", fails: true), runner)
        #expect(failed.stages.map(\.remarks) == [["it begins with a"]] && failed.stages[0].isLaidOut)
        #expect(project.text("build/write/parts/part0.txt") == "aone\n")
        #expect(try await status("a", fails: true) == "failed, true")
        // Of other settings it is what another build has left.
        #expect(try await status("b", fails: true) == "failed, false")
        try project.write("build/write/parts/part0.txt", "edited")
        #expect(try await status("a", fails: true) == "failed, false")
        #expect(try await project.build(try flow("a", fails: false), runner).ok)
        #expect(try await status("a", fails: false) == "up to date, true")
    }

    @Test func whyNow() async throws {
        #expect(try await project.build(runner: runner).ok)
        var flow = TestFlow()
        flow.compileFlag = 9
        flow.toolVersion = "2.0"
        let explanation = try await project.builder(runner).why("compile", try flow.flow())
        #expect(explanation.why == "compile: flag: 1 -> 9")
        let step = try #require(explanation.steps.first)
        #expect(
            step.now.map(\.text).prefix(1) == ["flag: 1 -> 9"])
        #expect(step.now.contains(.toolChanged(name: "concat version", old: "1.0", new: "2.0")))
        #expect(step.lastWhy == "never built")
    }

    @Test func whyAfterTheFact() async throws {
        #expect(try await project.build(runner: runner).ok)
        let flow = TestFlow(compileFlag: 9)
        #expect(try await project.build(flow, runner: runner).ok)
        let explanation = try await project.builder(runner).why("compile", try flow.flow())
        #expect(explanation.status.state == .upToDate)
        #expect(explanation.why.isEmpty)
        let step = try #require(explanation.steps.first)
        #expect(step.outcome == .current)
        #expect(step.lastWhy == "flag: 1 -> 9")
        #expect(step.lastTime.first == .settingChanged(name: "flag", old: "1", new: "9"))
    }

    @Test func logsFollowTheResult() async throws {
        for flag in [1, 2, 1] {
            runner.set("compile") { [runner] request in
                try write(request.log, "flag \(request.arguments[0])\n")
                return try runner.concat(request)
            }
            #expect(try await project.build(TestFlow(compileFlag: flag), runner: runner).ok)
            let logs = try project.builder(runner).logs(of: "compile")
            #expect(logs == [StepLog(label: "compile", text: "flag flag=\(flag)\n")])
        }
        runner.set("compile") { request in
            try write(request.log, "it broke\n")
            return .exited(1)
        }
        #expect(try await !project.build(TestFlow(compileFlag: 3), runner: runner).ok)
        #expect(try project.builder(runner).logs(of: "compile").map(\.text) == ["it broke\n"])
    }
}

@Suite struct GarbageTests {
    let project: TestProject
    let runner = FakeRunner()

    init() throws { project = try TestProject() }

    private func build(_ source: String) async throws {
        try project.write("source.txt", source)
        #expect(try await project.build(runner: runner).ok)
    }

    @Test func whatNobodyRefersToGoes() async throws {
        for source in ["one\n", "two\n", "three\n"] { try await build(source) }
        let before = try project.tree(".hlsbuild/store").count
        let young = try await project.builder(runner).collectGarbage(keepingDays: 7)
        #expect(young == GarbageReport())
        let report = try await project.builder(runner).collectGarbage(keepingDays: 0)
        #expect(report.records == 4)
        #expect(report.contents > 0 && report.bytes > 0)
        #expect(try project.tree(".hlsbuild/store").count == before - report.contents)
        runner.forget()
        try project.remove("build")
        try await build("three\n")
        #expect(runner.runs.isEmpty)
        #expect(try project.tree("build") == TestFlow().expected("three\n"))
        try await build("two\n")
        #expect(runner.runs.isEmpty, "the build before the last is kept for `why`")
        try await build("one\n")
        #expect(runner.runs == ["compile", "pack"])
    }

    @Test func leftoversGo() async throws {
        try await build("one\n")
        let digest = try ContentStore(
            paths: project.paths, disk: Disk(), digests: StatCache(paths: project.paths), inMemory: false,
            warn: { _ in }
        ).put(Array("of a build that was killed".utf8), sync: false)
        try project.write(".hlsbuild/work/x/y", "")
        try project.write(".hlsbuild/tmp/z", "")
        let report = try await project.builder(runner).collectGarbage(keepingDays: 7)
        #expect(report == GarbageReport(records: 0, contents: 1, bytes: 26))
        #expect(!project.exists(ContentStore.path(of: digest)))
        #expect(!project.exists(".hlsbuild/work") && !project.exists(".hlsbuild/tmp"))
        try project.remove("build")
        runner.forget()
        try await build("one\n")
        #expect(runner.runs.isEmpty)
    }
}
