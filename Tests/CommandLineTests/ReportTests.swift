import Testing
import TestSupport

/// `report --read` on real reports and logs, and `report` beside what tools left.
@Suite struct ReportTests {
    private static let fixtures = Repository.fixtures + "/reports/"

    private func hlsbuild() throws -> Program { try Program(in: Scratch()) }

    @Test func aReportOfCSynthesis() async throws {
        let path = Self.fixtures + "csynth/2023.2-vitis_hls-hls4ml-csynth.xml.gz"
        let text = try await hlsbuild()("report", "--read", path)
        #expect(text.status == 0 && text.errors.isEmpty)
        #expect(text.output.hasPrefix("csynth of Vitis HLS 2023.2\n") || text.output.contains("2023.2"))
        #expect(text.output.contains("dense_latency_ap_fixed_16_6_5_3_0_ap_fixed_16_6_5_3_0_config2_s"))
        let json = try await hlsbuild()("report", "--read", path, "--json")
        #expect(json.status == 0 && json.errors.isEmpty)
        #expect(json.output.hasPrefix(#"{"kind": "csynth", "schema": 1, "tool": "vitis_hls", "version": "2023.2", "#))
        #expect(
            json.output.contains(
                #""latency": {"best": 28, "average": 28, "worst": 28}, "interval": {"min": 4, "max": 4}"#))
        #expect(json.output.split(separator: "\n").count == 1)
    }

    /// What a log tells is a failure; that it was told is none.
    @Test func aLogOfAFailure() async throws {
        let path = Self.fixtures + "failures/nycu-pcs-lab-vivado_49712.backup.log.gz"
        let text = try await hlsbuild()("report", "--read", path)
        #expect(text.status == 0 && text.errors.isEmpty)
        #expect(text.output.contains("failure"))
        #expect(text.output.contains("error [Common 17-345] (licence), line "))
        #expect(text.output.contains("\n  help: no licence for this device or feature"))
        let json = try await hlsbuild()("report", "--json", "--read", path)
        #expect(json.output.contains(#""outcome": "failure""#))
        #expect(
            json.output.contains(#""causes": [{"code": "Common 17-345", "class": "licence", "text": "A valid license"#))
    }

    /// The tool's own file on its crash lies beside the log that stops.
    @Test func aCrashBesideTheLog() async throws {
        let hlsbuild = try hlsbuild()
        let log = Self.fixtures + "failures/hector-plata-vivado_7019.backup.log.gz"
        func read() async throws -> Ended { try await hlsbuild("report", "--json", "--read", "logs/vivado.log") }
        let copy = "mkdir logs; cp '\(log)' logs/vivado.log"
        _ = try await Program.run("/bin/sh", ["-c", copy], in: hlsbuild.folder.path)
        let alone = try await read()
        #expect(alone.output.contains(#""outcome": "unknown""#) && alone.output.contains(#""class": "cut_off""#))
        let crash = Self.fixtures + "failures/hector-plata-hs_err_pid7019.log.gz"
        _ = try await Program.run("/bin/cp", [crash, "logs/hs_err_pid7019.log"], in: hlsbuild.folder.path)
        let both = try await read()
        #expect(both.output.contains(#""outcome": "failure""#) && both.output.contains(#""class": "crash""#))
        #expect(!both.output.contains(#""class": "cut_off""#))
    }

    @Test(arguments: [
        ("Package.swift", "none of the reports and logs that are known"),
        ("Sources/Reports/Log/CatalogueHLS.swift", "none of the reports and logs that are known"),
        ("Tests/StandInTool/effects.tcl", "none of the reports and logs that are known"),
        ("README.md", "none of the reports and logs that are known"),
        ("Templates/hls/nnet_utils/nnet_common.h", "none of the reports and logs that are known"),
        ("Projects/jet-tagger/model.h5", "a binary file, not a report or log"),
        ("nothing", "cannot be read: No such file or directory"),
    ])
    func whatIsNeitherIsRefused(file: String, reason: String) async throws {
        let path = Repository.root + "/" + file
        for options in [[], ["--json"]] {
            let program = try hlsbuild()
            let run = try await Program.run(
                program.path, ["report", "--read", path] + options, in: program.folder.path)
            #expect(run.status == 2)
            // Programs are told as well.
            let object = "{\"event\": \"diagnostic\", \"severity\": \"error\", "
            #expect(options.isEmpty ? run.output.isEmpty : run.output.hasPrefix(object), "\(run.output)")
            #expect(run.errors.hasPrefix("error: \(path): \(reason)\nhelp: "), "\(run.errors)")
        }
    }

    static let csynth = """
        <profile><ReportVersion><Version>2024.2</Version></ReportVersion>
        <UserAssignments><Part>xcu250-figd2104-2L-e</Part><TopModelName>minimal</TopModelName>
        <FlowTarget>vivado</FlowTarget></UserAssignments>
        <PerformanceEstimates><SummaryOfOverallLatency><Best-caseLatency>8</Best-caseLatency>
        <Worst-caseLatency>8</Worst-caseLatency><Interval-min>1</Interval-min><Interval-max>1</Interval-max>
        </SummaryOfOverallLatency></PerformanceEstimates>
        <AreaEstimates><Resources><DSP>DSPS</DSP><FF>70</FF><LUT>500</LUT><BRAM_18K>1</BRAM_18K></Resources></AreaEstimates>
        <ModuleInformation><Module><Name>minimal_hidden</Name><PerformanceEstimates><SummaryOfOverallLatency>
        <Worst-caseLatency>2</Worst-caseLatency></SummaryOfOverallLatency></PerformanceEstimates>
        <AreaEstimates><Resources><DSP>4</DSP><LUT>222</LUT></Resources></AreaEstimates></Module></ModuleInformation></profile>
        """

    private static let utilization = """
        | Tool Version : Vivado v.2024.2 (lin64)
        | Command      : report_utilization -hierarchical -file x.rpt
        | Design       : minimal
        | Device       : xcu250-figd2104-2L-e

        +----------------------+------------------------+------------+-----+--------+--------+------------+
        |       Instance       |         Module         | Total LUTs | FFs | RAMB36 | RAMB18 | DSP Blocks |
        +----------------------+------------------------+------------+-----+--------+--------+------------+
        | minimal              |                  (top) |        333 |  60 |      0 |      1 |          7 |
        |   minimal_hidden_U0  | minimal_minimal_hidden |        111 |  20 |      0 |      0 |          3 |
        +----------------------+------------------------+------------+-----+--------+--------+------------+

        """

    /// A project whose stages synth and vsynth have left these reports.
    private func synthesised(dsp: Int = 9) async throws -> Program {
        let hlsbuild = try hlsbuild()
        _ = try await hlsbuild("init")
        #expect(try await hlsbuild("optimize").status == 0)
        _ = try await Program.run(
            "/bin/mkdir", ["-p", "build/synth/report", "build/vsynth/report"], in: hlsbuild.folder.path)
        try hlsbuild.folder.write("build/synth/report/csynth.xml", Self.csynth.replacing("DSPS", with: "\(dsp)"))
        try hlsbuild.folder.write("build/vsynth/report/utilization_hierarchical.rpt", Self.utilization)
        return hlsbuild
    }

    @Test func estimateAndMeasurementsSideBySide() async throws {
        let hlsbuild = try await synthesised()
        let lines = try await hlsbuild("report").output.split(separator: "\n").map { line in
            line.split(separator: " ").joined(separator: " ")
        }
        #expect(lines.contains("layer by latency interval LUT FF DSP BRAM_18K"))
        let place = try #require(lines.firstIndex { $0.hasPrefix("hidden estimate ") })
        #expect(lines[(place + 1)...(place + 2)] == ["hidden csynth 2 222 4", "hidden vsynth 111 20 3 0"])
        #expect(lines.contains("minimal csynth 8 1 500 70 9 1"))
        #expect(lines.contains("minimal vsynth 333 60 7 1"))
        #expect(lines.contains("of xcu250 csynth 0.0 % 0.0 % 0.1 % 0.0 %"))
        let json = try await hlsbuild("report", "--json").output
        #expect(
            json.contains(#""synth": {"latency": 8, "interval": 1, "LUT": 500, "FF": 70, "DSP": 9, "BRAM_18K": 1"#))
        #expect(json.contains(#""vsynth": {"latency": null, "interval": null, "LUT": 111, "FF": 20, "DSP": 3"#))
    }

    // MARK: diff

    @Test func twoBuilds() async throws {
        let hlsbuild = try await synthesised(dsp: 9)
        let folder = hlsbuild.folder.path
        _ = try await Program.run("/bin/cp", ["-r", "build", "old"], in: folder)
        let equal = try await hlsbuild("diff", "old", "build")
        #expect(equal == Ended(status: 0, output: "equal: old and build\n", errors: ""))
        #expect(try await hlsbuild("optimize", "--set", "layers.hidden.reuse=2").status == 0)
        try hlsbuild.folder.write("build/synth/report/csynth.xml", Self.csynth.replacing("DSPS", with: "5"))
        let run = try await hlsbuild("diff", "old", "build")
        let rows = run.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
        #expect(run.status == 1)
        #expect(rows == ["what old build change", "hidden reuse 1 2 +1", "minimal (all) csynth DSP 9 5 -4"])
        let json = try await hlsbuild("diff", "--json", "old", "build")
        #expect(json.status == 1)
        #expect(
            json.output.contains(
                #"{"what": "minimal (all)", "key": "csynth DSP", "old": "9", "new": "5", "change": -4"#))
        // A build and the project that it is of: estimates are known of one side only.
        let project = try await hlsbuild("diff", "old", "hlsbuild.yml")
        #expect(project.status == 1 && project.output.contains("known of one side only:\n"))
        #expect(try await hlsbuild("diff", "old", "nowhere").status == 2)
    }

    @Test func twoFilesOfSettings() async throws {
        let hlsbuild = try hlsbuild()
        _ = try await hlsbuild("init")
        let text = hlsbuild.folder.text("hlsbuild.yml")
        try hlsbuild.folder.write(
            "other.yml", text.replacing("precision: fixed<16,6> ", with: "precision: fixed<18,8> "))
        let run = try await hlsbuild("diff", "hlsbuild.yml", "other.yml")
        #expect(run.status == 1)
        let rows = run.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
        #expect(
            rows.contains("relu result fixed<16,6> fixed<18,8> -")
                || rows.contains("relu result fixed<16,6> fixed<18,8>"))
        #expect(try await hlsbuild("diff", "hlsbuild.yml", "hlsbuild.yml").status == 0)
        let setting = try await hlsbuild("diff", "--set", "precision=fixed<18,8>")
        #expect(setting.status == 1 && setting.output.contains("precision=fixed<18,8>"))
        #expect(!hlsbuild.folder.exists("build") && !hlsbuild.folder.exists(".hlsbuild"))
    }

    @Test func twoRevisions() async throws {
        let hlsbuild = try hlsbuild()
        _ = try await hlsbuild("init", "p")
        let script = """
            set -e
            git init -q .
            commit() { git add -A; git -c user.name=a -c user.email=a@b commit -qm "$1"; }
            commit one
            sed -i 's/^reuse: 1 /reuse: 2 /' p/hlsbuild.yml
            commit two
            sed -i 's/^reuse: 2 /reuse: 4 /' p/hlsbuild.yml
            """
        let made = try await Program.run("/bin/sh", ["-c", script], in: hlsbuild.folder.path)
        try #require(made.status == 0, "\(made.errors)")
        func reuse(_ sides: String...) async throws -> [String] {
            let run = try await Program.run(
                hlsbuild.path, ["-C", "p", "diff"] + sides, in: hlsbuild.folder.path)
            #expect(run.status == 1, "\(run.errors)")
            return run.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
                .filter { $0.hasPrefix("hidden reuse ") }
        }
        #expect(try await reuse("git:HEAD~1", "git:HEAD") == ["hidden reuse 1 2 +1"])
        #expect(try await reuse("git:HEAD~1") == ["hidden reuse 1 4 +3"])
        let unknown = try await hlsbuild("-C", "p", "diff", "git:nothing")
        #expect(unknown.status == 2 && unknown.errors.contains("git: needs a repository that holds the project"))
        let status = try await Program.run("/bin/sh", ["-c", "git status --porcelain"], in: hlsbuild.folder.path)
        #expect(status.output == " M p/hlsbuild.yml\n")
    }
}
