import Basics
import HLSWriter
import Options
import Testing
import TestSupport

@testable import Tools

/// The written configuration files, read by a checker that knows every key, its values, its place and its releases.
@Suite struct ConfigurationTests {
    static let releases = ["2023.2", "2024.1", "2024.2.2", "2025.2"]

    private func project(_ flow: WriterSettings.Flow = .vivado, clock: String = "5") throws -> Scratch {
        let scratch = try Scratch()
        let settings = WriterSettings(
            project: "net", dialect: .vitis, part: "xcvu13p-flga2577-2-e", clockPeriod: clock,
            clockUncertainty: "12.5%", ip: IPDescription(version: "1.2.3"), flow: flow)
        for file in try HLSProject(try Corpus.small(), project: settings.project).files(
            settings, templates: Repository.templateFiles)
        {
            try scratch.write("project/" + file.path, String(decoding: file.bytes, as: UTF8.self))
        }
        try scratch.write("project/tb_data/tb_output_integers.dat", "none\n")
        return scratch
    }

    private func run(_ scratch: Scratch, _ release: String, _ task: HLSTask) async throws -> (
        output: String, status: Int32
    ) {
        let entry = try TclTests.entry("v++", release)
        let folder = try await scratch.install("v++", release, at: "tool")
        try await scratch.install("vitis-run", release, at: "tool")
        let (program, arguments) = entry.invocation(task, top: "net")
        return try await shell(
            "cd '\(scratch.path)/project' && '\(folder)/bin/\(program)' \(arguments.joined(separator: " "))")
    }

    @Test(arguments: releases, WriterSettings.Flow.allCases)
    func everyRelease(release: String, flow: WriterSettings.Flow) async throws {
        let scratch = try project(flow)
        let last = flow == .vitis ? HLSTask.kernel : .packaging
        for task in [HLSTask.synthesis, .cosimulation, last] {
            let (output, status) = try await run(scratch, release, task)
            #expect(status == 0 && output.contains(task.marker(.hlsConfig)), "\(task): \(output)")
        }
        #expect(scratch.text("tool/syntheses") == "v++\n")
        #expect(scratch.text("project/net_work/hls/syn/verilog/net.v").contains("module net;"))
        #expect(scratch.text("project/net_work/hls/sim/report/net_cosim.rpt").contains("Pass"))
        #expect(scratch.text("project/net_work/net.xo").isEmpty == (flow == .vivado))
        let component = scratch.text("project/net_work/hls/impl/ip/component.xml")
        #expect(component.contains("<xilinx:coreRevision>3<") == (flow == .vivado))
    }

    /// The C++ is simulated by a file of its own, before or after C synthesis, and judged.
    @Test(arguments: releases) func simulation(release: String) async throws {
        let scratch = try project()
        let folder = try await scratch.install("vitis-run", release, at: "tool")
        let command =
            "cd '\(scratch.path)/project' && '\(folder)/bin/vitis-run' --mode hls --csim --config csim.cfg --work_dir net_work"
        let (output, status) = try await shell(command)
        #expect(status == 0 && output.contains("CSim done with 0 errors"), "\(output)")
        #expect(scratch.text("project/csim.cfg").contains("#   vitis-run --mode hls --csim --config csim.cfg"))
        try scratch.write("project/tb_data/tb_output_integers.dat", "1 2 3\n")
        let wrong = try await shell(command)
        #expect(wrong.status != 0 && wrong.output.contains("'csim_design' failed: nonzero return value"))
    }

    /// What a file must not say, and what is said of it.
    static let mistakes: [(HLSTask, String, String, String)] = [
        (.synthesis, "syn.top=", "syn.tpo=", "unknown key"), (.synthesis, "flow_target=vivado", "", "missing"),
        (.synthesis, "flow_target=vivado", "flow_target=vivdo", "illegal value"),
        (.synthesis, "clock=5ns", "clock=fast", "illegal value"),
        (.synthesis, "clock=5ns", "clock=5ns\nclock=4ns", "stated twice"),
        (.synthesis, "clock_uncertainty=12.5%", "clock_uncertainty=much", "illegal value"),
        (.synthesis, "reg=0", "reg=maybe", "illegal value"), (.synthesis, "length=80", "length=long", "illegal value"),
        (.synthesis, "syn.file=firmware/net.cpp", "syn.file=firmware/nett.cpp", "illegal value"),
        (.synthesis, "syn.file=firmware/net.cpp", "syn.file=/firmware/net.cpp", "an absolute path"),
        (.synthesis, "[hls]\n", "", "it stands below [hls]"),
        (
            .synthesis, "part=xcvu13p-flga2577-2-e\n\n[hls]\n", "[hls]\npart=xcvu13p-flga2577-2-e\n",
            "stands before [hls]"
        ),
        (.synthesis, "part=xcvu13p-flga2577-2-e", "part=fast", "no part"),
        (.synthesis, "[hls]", "[hsl]", "no section of that name"),
        (.synthesis, "syn.top=net", "syn.top net", "not KEY=VALUE"),
        (.synthesis, "-std=c++14", "-std=c++14 # new", "would be a comment"),
        (.cosimulation, "tb.file=tb_data", "tb.file=tb_date", "illegal value"),
        (.cosimulation, "cosim.rtl=verilog", "cosim.rtl=veri", "illegal value"),
        (.packaging, "format=ip_catalog", "format=ip", "illegal value"),
        (.packaging, "version=1.2.3", "version=first", "illegal value"),
        (.packaging, "package.output.format", "syn.output.format", "unknown key"),
    ]

    @Test(arguments: mistakes.indices) func mistakesAreRefused(index: Int) async throws {
        let (task, right, wrong, answer) = Self.mistakes[index]
        let scratch = try project()
        if task != .synthesis { #expect(try await run(scratch, "2024.2", .synthesis).status == 0) }
        let file = "project/" + task.orders(.hlsConfig)
        let text = scratch.text(file)
        #expect(text.contains(right))
        try scratch.write(file, text.replacing(right, with: wrong))
        let (output, status) = try await run(scratch, "2024.2", task)
        #expect(status != 0 && output.contains(answer) && !output.contains(task.marker(.hlsConfig)), "\(output)")
    }

    /// No path of a machine, no date; part and clock are those of the project and nothing else follows from them.
    @Test func filesSayWhatTheyDependOn() throws {
        let five = try project(), four = try project(clock: "4")
        for name in ["csim.cfg", "synth.cfg", "cosim.cfg", "export.cfg"] {
            let text = five.text("project/" + name)
            #expect(!text.isEmpty && !text.contains(five.path) && !text.contains("=/") && !text.contains("{{"))
            #expect(four.text("project/" + name).replacing("clock=4ns", with: "clock=5ns") == text)
        }
    }
}
