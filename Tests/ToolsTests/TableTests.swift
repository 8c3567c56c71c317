import Testing
import TestSupport
import Tools

@Suite struct TableTests {
    @Test(arguments: [
        ("Vivado v2021.2.1 (64-bit)\nSW Build 3414424", "2021.2.1"), ("vivado v2023.1 (64-bit)", "2023.1"),
        ("****** Vitis v2021.2.1 (64-bit)", "2021.2.1"),
        ("****** Vivado(TM) HLS - High-Level Synthesis from C, C++ and SystemC v2019.2 (64-bit)", "2019.2"),
        ("****** Vitis HLS - High-Level Synthesis from C, C++ and OpenCL v2024.1.2 (64-bit)", "2024.1.2"),
        ("**** HLS Build v2025.2 6295257", "2025.2"),
    ])
    func releaseInAnAnswer(answer: String, release: String) {
        #expect(ToolVersion(answer: answer)?.description == release)
    }

    @Test(arguments: ["", "version 3.2.1", "v3.2", "v2023", "Vivado", "v2023.x", "v2023.1.2.3"])
    func noReleaseInAnAnswer(answer: String) { #expect(ToolVersion(answer: answer) == nil) }

    @Test func releaseInAPath() {
        #expect(ToolVersion(path: "/opt/Xilinx/Vivado/2023.2/bin/vivado") == ToolVersion(2023, 2))
        #expect(ToolVersion(path: "/opt/2024.1/old/2025.1/Vivado/bin/vivado") == ToolVersion(2025, 1))
        #expect(ToolVersion(path: "/usr/bin/vivado") == nil)
    }

    @Test(arguments: [
        ("vivado_hls", "2018.2", "-f x.tcl"), ("vivado_hls", "2020.1.1", "-f x.tcl"),
        ("vitis_hls", "2020.2", "-f x.tcl"),
        ("vitis_hls", "2024.2", "-f x.tcl"), ("vitis-run", "2023.1", "--mode hls --tcl x.tcl"),
        ("vitis-run", "2025.2", "--mode hls --tcl x.tcl"),
        ("vivado", "2022.1", "-mode batch -nojournal -nolog -notrace -source x.tcl"),
    ])
    func commands(program: String, release: String, command: String) throws {
        let version = try #require(ToolVersion(release))
        let entry = try #require(ToolTable.entry(program: program, version: version))
        #expect(entry.arguments(script: "x.tcl").joined(separator: " ") == command)
    }

    /// By configuration files: one program synthesises, another one beside it does the rest.
    @Test(arguments: [
        (HLSTask.synthesis, "v++ -c --mode hls --config synth.cfg --work_dir net_work"),
        (.cosimulation, "vitis-run --mode hls --cosim --config cosim.cfg --work_dir net_work"),
        (.packaging, "vitis-run --mode hls --package --config export.cfg --work_dir net_work"),
        (.kernel, "vitis-run --mode hls --package --config export.cfg --work_dir net_work"),
    ])
    func configurations(task: HLSTask, command: String) throws {
        let entry = try #require(ToolTable.entry(program: "v++", version: ToolVersion(2025, 2)))
        let (program, arguments) = entry.invocation(task, top: "net")
        #expect(([program] + arguments).joined(separator: " ") == command)
    }

    @Test(arguments: [
        (HLSTask.synthesis, "synth"), (.cosimulation, "cosim"), (.packaging, "export"), (.kernel, "kernel"),
    ])
    func scripts(task: HLSTask, script: String) throws {
        let entry = try #require(ToolTable.entry(program: "vitis-run", version: ToolVersion(2025, 2)))
        let (program, arguments) = entry.invocation(task, top: "net")
        #expect(program == "vitis-run" && arguments == ["--mode", "hls", "--tcl", script + ".tcl"])
    }

    @Test(arguments: [
        ("vivado_hls", "2017.4"), ("vivado_hls", "2020.2"), ("vitis_hls", "2025.1"), ("vitis-run", "2022.2"),
        ("vitis_hls", "2019.2"), ("v++", "2023.1"), ("v++", "2026.1"),
    ])
    func whatCannotBeDriven(program: String, release: String) throws {
        #expect(ToolTable.entry(program: program, version: try #require(ToolVersion(release))) == nil)
    }

    /// A release of a program is described once.
    @Test func entriesDoNotOverlap() {
        for year in 2018...2027 {
            for release in 1...4 {
                let version = ToolVersion(year, release)
                for program in Set(ToolTable.entries.map(\.program)) {
                    #expect(ToolTable.entries.count { $0.program == program && $0.covers(version) } <= 1)
                }
            }
        }
    }

    @Test func preferredPrograms() {
        #expect(ToolTable.programs(.vitis) == ["vitis-run", "vitis_hls", "v++"])
        #expect(ToolTable.programs(.vivadoHLS) == ["vivado_hls"])
        #expect(ToolTable.newest(.vitis)?.program == "vitis-run")
    }

    @Test func phases() {
        #expect(ToolProgress.phase("INFO: [HLS 200-42] -- Implementing module 'fc1' ") == "scheduling fc1")
        #expect(ToolProgress.phase("INFO: [HLS 200-10] -- Generating RTL for module 'relu' ") == "generating RTL relu")
        #expect(ToolProgress.phase("INFO: [Common 17-349] Got license for feature 'Synthesis'") == "licence granted")
        #expect(ToolProgress.phase("Command: route_design") == "routing")
        #expect(ToolProgress.phase("INFO: [HLS 200-112] Total CPU user time") == nil)
    }
}
