import Testing
import TestSupport

/// No figure of one build stands where another is asked for.
@Suite struct CurrencyTests {
    /// The smallest project in the folder `p`, simulated.
    private func simulated() async throws -> Program {
        let hlsbuild = try Program(in: Scratch())
        _ = try await hlsbuild("init", "p")
        #expect(try await hlsbuild("-C", "p", "csim").status == 0)
        return hlsbuild
    }

    private func edit(_ hlsbuild: Program, _ file: String, _ old: String, _ new: String) throws {
        let text = hlsbuild.folder.text(file)
        try #require(text.contains(old))
        try hlsbuild.folder.write(file, text.replacing(old, with: new))
    }

    private func rows(_ run: Ended) -> [String] {
        run.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    }

    private func copy(_ hlsbuild: Program) async throws {
        _ = try await Program.run("/bin/cp", ["-a", "p", "copy"], in: hlsbuild.folder.path)
    }

    // MARK: diff

    @Test func aBuildThatIsStaleIsNotTheProject() async throws {
        let hlsbuild = try await simulated()
        try await copy(hlsbuild)
        #expect(
            try await hlsbuild("diff", "p", "copy") == Ended(status: 0, output: "equal: p and copy\n", errors: ""))
        try edit(hlsbuild, "copy/hlsbuild.yml", "fixed<10,4>", "fixed<11,4>")
        let run = try await hlsbuild("diff", "p", "copy")
        #expect(run.status == 1)
        #expect(rows(run).contains("hidden weight fixed<10,4> fixed<11,4>"))
        #expect(
            run.errors == """
                warning: copy: csim is stale, so that what it measured is not compared
                help: build it again

                """)
        let json = try await hlsbuild("diff", "p", "copy", "--json")
        #expect(json.output.contains(#""left_out": {"old": [], "new": ["csim is stale"]}"#))
    }

    /// What fails its tolerance has been measured, and counts.
    @Test func aFailedSimulationLeavesNoErrorOfAnother() async throws {
        let hlsbuild = try await simulated()
        try await copy(hlsbuild)
        try edit(hlsbuild, "copy/hlsbuild.yml", #"{weight: "fixed<10,4>"}"#, #"{weight: "fixed<3,3>"}"#)
        #expect(try await hlsbuild("-C", "copy", "csim").status == 1)
        let run = try await hlsbuild("diff", "p", "copy")
        #expect(run.status == 1 && run.errors.isEmpty)
        #expect(rows(run).contains { $0.hasPrefix("csim xor max error 0.0002454 0.0") && $0.contains(" +0.") })
    }

    @Test func aRevisionAndWhatIsEdited() async throws {
        let hlsbuild = try await simulated()
        let script =
            "git init -q . && git add p/hlsbuild.yml p/*.h5 p/*.npy && "
            + "git -c user.name=a -c user.email=a@b commit -qm one"
        #expect(try await Program.run("/bin/sh", ["-c", script], in: hlsbuild.folder.path).status == 0)
        #expect(try await hlsbuild("-C", "p", "diff", "git:HEAD", ".").status == 0)
        try edit(hlsbuild, "p/hlsbuild.yml", "fixed<10,4>", "fixed<11,4>")
        let run = try await hlsbuild("-C", "p", "diff", "git:HEAD", ".")
        #expect(run.status == 1 && rows(run).contains("hidden weight fixed<10,4> fixed<11,4>"))
    }

    /// Both have the same folder `build`.
    @Test func twoProjectFilesInOneFolder() async throws {
        let hlsbuild = try await simulated()
        let text = hlsbuild.folder.text("p/hlsbuild.yml")
        try hlsbuild.folder.write("p/other.yml", text.replacing("fixed<10,4>", with: "fixed<11,4>"))
        let run = try await hlsbuild("-C", "p", "diff", "hlsbuild.yml", "other.yml")
        #expect(run.status == 1 && rows(run).contains("hidden weight fixed<10,4> fixed<11,4>"))
        #expect(run.errors.contains("warning: other.yml: csim is stale"))
        let report = try await hlsbuild("-C", "p", "-f", "other.yml", "report")
        #expect(report.output.contains("(of an earlier build: optimize is stale now)"))
    }

    // MARK: report

    @Test func everyFigureSaysWhichBuildItIsOf() async throws {
        let hlsbuild = try await simulated()
        func report() async throws -> String { try await hlsbuild("-C", "p", "report", "--json").output }
        let now = try await report()
        #expect(now.contains(#""of": "current""#) && !now.contains(#""of": "earlier""#))
        try edit(hlsbuild, "p/hlsbuild.yml", "fixed<10,4>", "fixed<3,3>")
        #expect(try await hlsbuild("-C", "p", "csim").status == 1)
        let failed = try await report()
        let simulation = try #require(failed.split(separator: #""csim": ["#).last)
        #expect(simulation.contains(#""roc_auc": null, "of": "current""#), "it is of the settings that fail")
        #expect(!failed.contains(#""max_error": 0.000245"#) && !failed.contains(#""of": "earlier""#))
        // Not so if it is not those any more.
        try edit(hlsbuild, "p/hlsbuild.yml", "fixed<3,3>", "fixed<4,3>")
        let stale = try await report()
        #expect(stale.contains(#""roc_auc": null, "of": "earlier""#))
    }

    /// A count by csynth is a share of the part that it was told of.
    @Test func sharesAreOfThePartThatWasMeasured() async throws {
        let hlsbuild = try await simulated()
        try hlsbuild.folder.write("p/build/synth/report/csynth.xml", ReportTests.csynth.replacing("DSPS", with: "9"))
        try edit(hlsbuild, "p/hlsbuild.yml", "xcu250-figd2104-2L-e", "xc7z020clg400-1")
        let lines = rows(try await hlsbuild("-C", "p", "report"))
        #expect(lines.contains { $0.hasPrefix("of xc7z020 estimate ") })
        #expect(lines.contains("of xcu250 csynth 0.0 % 0.0 % 0.1 % 0.0 %"))
        #expect(lines.contains("(csynth: of an earlier build: synth is unavailable now)"))
    }
}
