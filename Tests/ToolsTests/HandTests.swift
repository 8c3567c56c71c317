import Basics
import BuildEngine
import Options
import Testing
import TestSupport

@testable import Tools

/// What is written is run by hand: from any folder, with a verdict, and as hls4ml's users run it.
@Suite struct HandTests {
    /// Runs a script from a folder that has nothing to do with the project.
    private func run(
        _ scratch: Scratch, _ entry: ToolEntry, _ release: String, _ script: String, _ more: String = "",
        path: String = ""
    ) async throws -> (output: String, status: Int32) {
        let folder = try await scratch.install(entry.program, release, at: "tool-" + entry.program)
        let words = entry.arguments(script: "'../a project/\(script)'").joined(separator: " ")
        return try await shell(
            "mkdir -p '\(scratch.path)/elsewhere' && cd '\(scratch.path)/elsewhere' && \(path) "
                + "'\(folder)/bin/\(entry.program)' \(words) \(more)")
    }

    private func project(_ entry: ToolEntry, _ io: IOType) async throws -> Scratch {
        let scratch = try TclTests.project(entry, io: io)
        _ = try await shell("mv '\(scratch.path)/project' '\(scratch.path)/a project'")
        return scratch
    }

    /// Sources, data and each other are found beside the script, and what the tools make lies there.
    @Test(arguments: TclTests.releases) func anyFolder(program: String, release: String) async throws {
        let entry = try TclTests.entry(program, release)
        let scratch = try await project(entry, .stream)
        let hasKernel = entry.role == .vitis && release != "2020.1"
        for script in ["csim", "synth", "cosim", "export"] + (hasKernel ? ["kernel"] : []) {
            let (output, status) = try await run(scratch, entry, release, script + ".tcl")
            #expect(status == 0, "\(script): \(output)")
        }
        #expect(scratch.text("tool-\(program)/syntheses").count { $0 == "\n" } == (hasKernel ? 2 : 1))
        #expect(!scratch.text("a project/net_prj/solution1/syn/verilog/net.v").isEmpty)
        #expect(!scratch.text("a project/tb_data/csim_results.log").isEmpty)
        #expect(!scratch.text("a project/tb_data/rtl_cosim_results.log").isEmpty)
        #expect(try await shell("ls -A '\(scratch.path)/elsewhere'").output == "")
    }

    @Test(arguments: ["2018.3", "2020.1", "2022.2", "2025.2"]) func gatesFromAnyFolder(release: String) async throws {
        let scratch = try await project(ToolTable.vivado, .parallel)
        try scratch.write("a project/net_prj/solution1/syn/verilog/net.v", "module net; endmodule\n")
        let (output, status) = try await run(scratch, ToolTable.vivado, release, "vsynth.tcl")
        #expect(status == 0 && output.contains("hlsbuild: vsynth complete"), "\(output)")
        // Where hls4ml reads it.
        #expect(scratch.text("a project/vivado_synth.rpt").contains("CLB LUTs"))
        // A folder of RTL is meant as the shell means it.
        try scratch.write("elsewhere/rtl/net.v", "module net; endmodule\n")
        let other = try await run(scratch, ToolTable.vivado, release, "vsynth.tcl", "-tclargs route rtl")
        #expect(other.status == 0, "\(other.output)")
        #expect(try await shell("ls -A '\(scratch.path)/elsewhere'").output == "rtl\n")
    }

    /// Directives, retiming and checkpoints are a variable each.
    @Test func howVivadoWorks() async throws {
        let scratch = try await project(ToolTable.vivado, .parallel)
        try scratch.write("a project/net_prj/solution1/syn/verilog/net.v", "module net; endmodule\n")
        func run(_ edits: [(String, String)]) async throws -> (output: String, status: Int32) {
            var text = scratch.text("a project/vsynth.tcl")
            for (right, wrong) in edits {
                #expect(text.contains(right))
                text = text.replacing(right, with: wrong)
            }
            try scratch.write("a project/edited.tcl", text)
            return try await self.run(scratch, ToolTable.vivado, "2023.2", "edited.tcl", "-tclargs route")
        }
        let plain = try await run([])
        #expect(plain.status == 0 && scratch.missing("a project/vsynth/synth.dcp"), "\(plain.output)")
        let all = try await run([
            ("synth_directive Default", "synth_directive PerformanceOptimized"),
            ("set place_directive Default", "set place_directive Explore"),
            ("phys_opt_directive Default", "phys_opt_directive AggressiveExplore"),
            ("route_directive Default", "route_directive NoTimingRelaxation"), ("set retiming 0", "set retiming 1"),
            ("set checkpoints 0", "set checkpoints 1"),
        ])
        #expect(all.status == 0, "\(all.output)")
        #expect(!scratch.missing("a project/vsynth/synth.dcp") && !scratch.missing("a project/vsynth/route.dcp"))
        let wrong = try await run([("synth_directive Default", "synth_directive Fast")])
        #expect(wrong.status != 0 && wrong.output.contains("illegal value 'Fast'"), "\(wrong.output)")
    }

    /// hls4ml's script, as hls4ml calls it: all options in one argument for Vivado HLS, a file for vitis-run.
    @Test(arguments: [("vivado_hls", "2019.2"), ("vitis_hls", "2022.2"), ("vitis-run", "2024.2")])
    func allInOneRun(program: String, release: String) async throws {
        let entry = try TclTests.entry(program, release)
        let scratch = try await project(entry, .stream)
        let vivado = try await scratch.install("vivado", "2022.2", at: "vivado")
        let path = "PATH='\(vivado)/bin':$PATH"
        func run(_ options: String) async throws -> (output: String, status: Int32) {
            if program != "vitis-run" {
                return try await self.run(scratch, entry, release, "build_prj.tcl", "'\(options)'", path: path)
            }
            let rows = options.split(separator: " ").map { $0.replacing("=", with: " ") }
            try scratch.write("a project/build_opt.tcl", "array set opt {\n\(rows.joined(separator: "\n"))\n}\n")
            return try await self.run(scratch, entry, release, "build_prj.tcl", path: path)
        }
        func steps(_ output: String) -> [Substring] {
            output.split(separator: "\n").filter { $0.hasPrefix("hlsbuild: ") && $0.hasSuffix(" complete") }
                .map { $0.dropFirst("hlsbuild: ".count).dropLast(" complete".count) }
        }
        let synth =
            "reset=False csim=False synth=True cosim=False validation=False export=False vsynth=False fifo_opt=False"
        let first = try await run(synth)
        #expect(first.status == 0 && steps(first.output) == ["synth"], "\(first.output)")
        let all = try await run(synth.replacing("=False", with: "=1").replacing("fifo_opt=1", with: "fifo_opt=0"))
        #expect(
            steps(all.output) == ["csim", "synth", "cosim", "validation", "export", "vsynth"] && all.status == 0,
            "\(all.output)")
        for file in [
            "vivado_synth.rpt", "tb_data/csim_results.log", "tb_data/rtl_cosim_results.log",
            "net_prj/solution1/csim/report/net_csim.log", "net_prj/solution1/syn/report/net_csynth.rpt",
            "net_prj/solution1/sim/report/net_cosim.rpt", "net_prj/solution1/impl/ip/component.xml",
        ] { #expect(!scratch.missing("a project/" + file), "\(file)") }
        let none = synth.replacing("synth=True", with: "synth=False")
        let export = try await run(none.replacing("export=False", with: "export=True"))
        #expect(export.status == 0 && steps(export.output) == ["export"], "\(export.output)")
        #expect(scratch.text("tool-\(program)/syntheses").count { $0 == "\n" } == 2)
        // Only who asks for it gets other depths, where the tool can find them.
        let sizing = try await run(none.replacing("fifo_opt=False", with: "fifo_opt=1"))
        #expect((sizing.status == 0) == (program != "vivado_hls"), "\(sizing.output)")
        #expect(sizing.output.contains("this release has no search for depths") == (program == "vivado_hls"))
        try scratch.write("a project/tb_data/csim_results.log", "1 2 3\n")
        let validation = try await run(none.replacing("validation=False", with: "validation=1"))
        #expect(validation.status != 0 && validation.output.contains("differ: the RTL does not do what the C++ does"))
        if program != "vitis-run" {
            let wrong = try await run("sinth=1")
            #expect(wrong.status != 0 && wrong.output.contains("'sinth=1' is no option"), "\(wrong.output)")
        }
    }

    /// What hlsbuild builds says pass when the tools are run on it by hand, and fail where one number is another.
    @Test(arguments: [("vitis", "vitis-run", "2024.2"), ("vivado", "vivado_hls", "2019.2")])
    func aVerdict(backend: String, program: String, release: String) async throws {
        let chain = try await Chain(backend, release: release)
        for file in ["input.npy", "expected.npy"] {
            try chain.scratch.write("project/" + file, try Files.read(Repository.tagger + "/" + file))
        }
        try await chain.build(["write"], "data: {input: input.npy, expected: expected.npy}", backend: backend)
        let entry = try TclTests.entry(program, release)
        let written = chain.folder + "/build/write"
        func run(_ script: String) async throws -> (output: String, status: Int32) {
            let words = entry.arguments(script: "'\(written)/\(script).tcl'").joined(separator: " ")
            return try await shell("cd / && '\(chain.hls)/bin/\(program)' \(words)")
        }
        let all = try await run("csim")
        #expect(all.status == 0, "\(all.output)")
        #expect(all.output.contains("PASS: all 5000 integers of 1000 samples are what they must be"))
        #expect(all.output.contains("largest difference from tb_data/tb_output_predictions.dat: "))
        // One edit, and ten samples are simulated.
        let bench = try Files.text(written + "/bench.tcl")
        try Files.write(
            Array(bench.replacing("set samples all", with: "set samples 10").utf8), to: written + "/bench.tcl")
        let some = try await run("cosim")
        #expect(some.status == 0 && some.output.contains("PASS: all 50 integers of 10 samples"), "\(some.output)")
        try chain.fault("wrong-rtl", in: chain.hls)
        let rtl = try await run("cosim")
        #expect(rtl.status != 0 && rtl.output.contains("C TB post check failed"), "\(rtl.output)")
        try chain.fault("", in: chain.hls)
        let integers = written + "/tb_data/tb_output_integers.dat"
        var lines = try Files.text(integers).split(separator: "\n").map(String.init)
        lines[3] = "7 " + lines[3].split(separator: " ").dropFirst().joined(separator: " ")
        try Files.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: integers)
        for script in ["csim", "cosim"] {
            let wrong = try await run(script)
            #expect(wrong.status != 0 && wrong.output.contains("FAIL: 1 of 50 integers"), "\(wrong.output)")
        }
        // A wrong answer is no reason for another synthesis.
        #expect(chain.syntheses == 1)
    }

    /// Integers that no integer of C++ holds are judged by nobody, and the user is told.
    @Test func integersThatAreTooWide() async throws {
        let chain = try await Chain()
        try chain.scratch.write("project/input.npy", try Files.read(Repository.tagger + "/input.npy"))
        let wide = "layers: {softmax: {precision: {result: 'fixed<70,20>'}}}\ndata: {input: input.npy}"
        let (summary, events) = try await chain.build(["write"], wide)
        #expect(summary.ok, "\(events.diagnostics.map(\.rendered))")
        #expect(events.diagnostics.contains { $0.severity == .warning && $0.message.contains("fit 64-bit integers") })
        #expect(chain.built("write/tb_data/tb_output_integers.dat") == "none\n")
        #expect(chain.built("write/tb_data/tb_input_features.dat").count { $0 == "\n" } == 1000)
    }

    /// A script that looks for its files in the current folder is found out.
    @Test(arguments: [("vitis-run", "2024.2"), ("vivado_hls", "2019.2")])
    func scriptsOfTheCurrentFolder(program: String, release: String) async throws {
        let entry = try TclTests.entry(program, release)
        let scratch = try await project(entry, .parallel)
        let text = scratch.text("a project/synth.tcl")
        let wrong = text.replacing("cd [file dirname [file normalize [info script]]]\n", with: "")
        try #require(wrong != text)
        try scratch.write("a project/synth.tcl", wrong)
        #expect(try await run(scratch, entry, release, "synth.tcl").status != 0)
    }
}

extension Scratch {
    func missing(_ path: String) -> Bool { (try? bytes(path)) == nil }
}
