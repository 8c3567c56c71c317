import Basics
import FixedPoint
import HLSWriter
import LayerKit
@testable import Layers
import Options
import Testing
import TestSupport

@testable import Tools

/// The generated scripts, run by every release's program in the form of its stand-in, which refuses whatever the real
/// one would refuse.
@Suite struct TclTests {
    static let releases = [
        ("vivado_hls", "2018.2"), ("vivado_hls", "2019.2"), ("vivado_hls", "2020.1"), ("vitis_hls", "2020.1"),
        ("vitis_hls", "2020.2"), ("vitis_hls", "2021.2"), ("vitis_hls", "2022.2"), ("vitis_hls", "2024.2"),
        ("vitis-run", "2023.1"), ("vitis-run", "2023.2"), ("vitis-run", "2024.1"), ("vitis-run", "2025.2"),
    ]

    /// The project as it is written, with `tool.tcl` for the release.
    static func project(_ entry: ToolEntry, clock: String = "5", io: IOType = .parallel) throws -> Scratch {
        let scratch = try Scratch()
        let settings = WriterSettings(
            project: "net", dialect: entry.role == .vivadoHLS ? .vivado : .vitis, part: "xcvu13p-flga2577-2-e",
            clockPeriod: clock)
        var design = try Corpus.small()
        design.io = io
        for file in try HLSProject(design, project: settings.project).files(
            settings, templates: Repository.templateFiles)
        {
            try scratch.write("project/" + file.path, String(decoding: file.bytes, as: UTF8.self))
        }
        try scratch.write("project/tool.tcl", entry.script)
        try scratch.write("project/tb_data/tb_output_integers.dat", "none\n")
        return scratch
    }

    /// How a run of a script ends.
    static func run(_ scratch: Scratch, _ entry: ToolEntry, _ release: String, _ script: String, _ more: String = "")
        async throws -> (output: String, status: Int32)
    {
        let folder = try await scratch.install(entry.program, release, at: "tool-" + entry.program)
        let words = entry.arguments(script: script).joined(separator: " ")
        return try await shell("cd '\(scratch.path)/project' && '\(folder)/bin/\(entry.program)' \(words) \(more)")
    }

    static func entry(_ program: String, _ release: String) throws -> ToolEntry {
        let version = try #require(ToolVersion(release))
        return try #require(ToolTable.entry(program: program, version: version))
    }

    @Test(arguments: releases) func everyRelease(program: String, release: String) async throws {
        let entry = try Self.entry(program, release)
        let scratch = try Self.project(entry, io: .stream)
        for script in ["synth.tcl", "export.tcl"] + (entry.role == .vitis && release != "2020.1" ? ["kernel.tcl"] : [])
        {
            let (output, status) = try await Self.run(scratch, entry, release, script)
            #expect(status == 0, "\(script): \(output)")
            #expect(output.contains("hlsbuild: \(script == "synth.tcl" ? "synth" : "export") complete"))
        }
        let verilog = "project/" + entry.reports.solution(top: "net") + "/syn/verilog/net.v"
        #expect(scratch.text(verilog).contains("module net;"))
    }

    /// By hand and in any order: C is synthesised where nothing that serves is there, and only there.
    @Test(arguments: [("vivado_hls", "2019.2"), ("vitis_hls", "2020.2"), ("vitis-run", "2025.2")])
    func anyOrder(program: String, release: String) async throws {
        let entry = try Self.entry(program, release)
        let scratch = try Self.project(entry)
        try scratch.write("project/tb_data/tb_input_features.dat", "")
        func run(_ script: String, _ syntheses: Int, _ says: String? = nil) async throws {
            let (output, status) = try await Self.run(scratch, entry, release, script + ".tcl")
            #expect(status == 0 && output.contains("hlsbuild: \(script) complete"), "\(script): \(output)")
            let made = (try? Files.text(scratch.absolute("tool-\(program)/syntheses"))) ?? ""
            #expect(made.count { $0 == "\n" } == syntheses, "\(script)")
            #expect(output.contains("hlsbuild: synthesising anew: ") == (says != nil))
            if let says { #expect(output.contains(says)) }
        }
        try await run("csim", 0)
        try await run("export", 1, "anew: there is no project of synth.tcl")
        try await run("csim", 1)
        try await run("cosim", 1)
        try await run("synth", 2)
        try await run("cosim", 2)
        try await run("export", 2)
        try await run("export", 2)
        try scratch.write("project/firmware/net.cpp", scratch.text("project/firmware/net.cpp") + "// edited\n")
        try await run("export", 3, "anew: the project of synth.tcl is of other sources")
        try scratch.write("project/project.tcl", scratch.text("project/project.tcl") + "set clock_period 4\n")
        try await run("cosim", 4, "of other sources")
        try await run("export", 4)
        _ = try await shell("rm '\(scratch.path)/project/net_prj/solution1/solution.aps'")
        try await run("export", 5, "is missing")
    }

    /// An IP and a kernel are synthesised each in its own way, whichever the project file asks for.
    @Test func flows() async throws {
        let entry = try Self.entry("vitis-run", "2024.2")
        let scratch = try Self.project(entry, io: .stream)
        for (script, syntheses) in [("synth", 1), ("export", 1), ("kernel", 2), ("kernel", 2), ("export", 3)] {
            let (output, status) = try await Self.run(scratch, entry, "2024.2", script + ".tcl")
            #expect(status == 0, "\(script): \(output)")
            #expect(scratch.text("tool-vitis-run/syntheses").count { $0 == "\n" } == syntheses)
        }
    }

    @Test(arguments: ["2018.3", "2020.1", "2022.2", "2025.2"], ["", "-tclargs route"])
    func vivado(release: String, more: String) async throws {
        let scratch = try Self.project(ToolTable.vivado)
        try scratch.write("project/net_prj/solution1/syn/verilog/net.v", "module net; endmodule\n")
        let (output, status) = try await Self.run(scratch, ToolTable.vivado, release, "vsynth.tcl", more)
        #expect(status == 0 && output.contains("hlsbuild: vsynth complete"), "\(output)")
        #expect(scratch.text("project/vsynth/clock.xdc") == "create_clock -period 5 -name default [get_ports ap_clk]\n")
        for report in ["utilization", "utilization_hierarchical", "timing", "power"] {
            #expect(!scratch.text("project/vsynth/\(report).rpt").isEmpty)
        }
    }

    @Test func otherRTL() async throws {
        let scratch = try Self.project(ToolTable.vivado)
        try scratch.write("project/net_work/hls/syn/verilog/net.v", "module net; endmodule\n")
        let more = "-tclargs synth net_work/hls/syn/verilog"
        let (output, status) = try await Self.run(scratch, ToolTable.vivado, "2024.2", "vsynth.tcl", more)
        #expect(status == 0 && output.contains("hlsbuild: vsynth complete"), "\(output)")
    }

    @Test func efforts() async throws {
        let scratch = try Self.project(ToolTable.vivado)
        try scratch.write("project/net_prj/solution1/syn/verilog/net.v", "module net; endmodule\n")
        let (output, status) = try await Self.run(scratch, ToolTable.vivado, "2024.2", "vsynth.tcl", "-tclargs rout")
        #expect(status != 0 && output.contains("the effort is synth or route, not rout"))
    }

    /// What a script must not say, in which release, and what the tool answers.
    static let mistakes: [(String, String, String, String, String)] = [
        ("vitis-run", "2024.2", "-name_max_length", "-name_max_lenght", "Unknown option '-name_max_lenght'"),
        ("vitis-run", "2024.2", "-flow_target", "-target", "release 20242 has no option '-target'"),
        ("vitis_hls", "2020.1", "-target", "-flow_target", "release 20201 has no option '-flow_target'"),
        ("vivado_hls", "2019.2", "solution1\n", "-flow_target vivado solution1\n", "Unknown option '-flow_target'"),
        ("vitis-run", "2024.2", "set partition_option {}", "set partition_option -maximum_size", "'-maximum_size'"),
        ("vitis-run", "2024.2", "csynth_design", "csynth_desing", "invalid command name \"csynth_desing\""),
        ("vitis-run", "2024.2", "set flow vivado", "set flow vivdo", "illegal value 'vivdo'"),
        ("vivado_hls", "2018.2", "set_part $part", "", "csynth_design before set_part"),
        ("vitis-run", "2024.2", "-period $clock_period", "-period fast", "illegal value 'fast'"),
        ("vitis-run", "2024.2", "false", "maybe", "illegal value 'maybe'"),
        ("vitis-run", "2024.2", "set_top $project_name", "set_top", "set_top takes 1 to 1 arguments"),
        ("vitis-run", "2024.2", "firmware/net.cpp", "firmware/nett.cpp", "Cannot find file 'firmware/nett.cpp'"),
        ("vitis-run", "2024.2", "exit", "", "vitis_hls>"),
    ]

    @Test(arguments: mistakes.indices) func mistakesAreRefused(index: Int) async throws {
        let (program, release, right, wrong, answer) = Self.mistakes[index]
        let entry = try Self.entry(program, release)
        let scratch = try Self.project(entry)
        var edited = 0
        for file in ["project.tcl", "reuse.tcl", "synth.tcl", "hls.tcl", "tool.tcl"] {
            let text = scratch.text("project/" + file)
            let changed = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                line.hasPrefix("#") ? String(line) : (line + "\n").replacing(right, with: wrong).filter { $0 != "\n" }
            }.joined(separator: "\n")
            if changed != text { edited += 1 }
            try scratch.write("project/" + file, changed)
        }
        #expect(edited > 0)
        let (output, status) = try await Self.run(scratch, entry, release, "synth.tcl")
        #expect(status != 0)
        #expect(output.contains(answer), "\(output)")
    }

    /// No path of a machine, no host, no date; only `project.tcl` knows part and clock.
    @Test func scriptsSayWhatTheyDependOn() async throws {
        let entry = try #require(ToolTable.newest(.vitis))
        let five = try Self.project(entry, io: .stream), four = try Self.project(entry, clock: "4", io: .stream)
        for script in [
            "project", "ip", "hls", "reuse", "tool", "bench", "csim", "synth", "cosim", "export", "kernel", "vsynth",
            "build_prj",
        ] {
            let text = five.text("project/\(script).tcl")
            #expect(!text.isEmpty && !text.contains(five.path) && !text.contains("/home") && !text.contains("{{"))
            #expect(!text.contains("202") || script == "tool")
            #expect((text == four.text("project/\(script).tcl")) == (script != "project"))
        }
    }
}
