internal import Config
internal import ToolRunner

/// A kind of program that hlsbuild can use: what it is good for, how to tell that it is there, where it comes from.
struct Tool: Sendable {
    /// The key under `tools` of a project file that names another one.
    var key: ToolName?
    var title: String
    /// Names to look up, the preferred first.
    var names: [String]
    /// How the program is asked for its version; nil: it cannot be asked, or `VendorTools` knows how.
    var version: ToolFinder.VersionQuery?
    var enables: String
    /// How to get it.
    var source: String

    /// All of them, in the order of the stages that use them.
    static let all: [Tool] = [
        Tool(
            key: .cxx, title: "C++ compiler", names: ["g++", "clang++"], version: .init(),
            enables: "stage csim, 'predict --engine csim'", source: "apt-get install g++"),
        Tool(
            key: .vitis, title: "Vitis HLS", names: ["vitis-run", "vitis_hls", "v++"], version: nil,
            enables: "stages synth and export with 'backend: vitis'",
            source: "AMD's installer for Vitis; elsewhere than in /opt or /tools: 'tools: {vitis: FOLDER}'"),
        Tool(
            key: .vivadoHLS, title: "Vivado HLS", names: ["vivado_hls"], version: nil,
            enables: "stages synth and export with 'backend: vivado'",
            source: "AMD's installer for Vivado up to 2020.1; elsewhere: 'tools: {vivado_hls: FOLDER}'"),
        Tool(
            key: .vivado, title: "Vivado", names: ["vivado"], version: nil,
            enables: "stage vsynth with 'backend: vitis' or 'vivado'",
            source: "AMD's installer for Vivado; elsewhere: 'tools: {vivado: FOLDER}'"),
        Tool(
            key: nil, title: "Tcl", names: ["tclsh", "tclsh8.6"], version: nil,
            enables: "checking the written scripts without the vendor's tools", source: "apt-get install tcl"),
        Tool(
            key: .yosys, title: "Yosys", names: ["yosys"], version: .init(["-V"]),
            enables: "the open back end's synthesis (not in this version yet)", source: "apt-get install yosys"),
        Tool(
            key: .nextpnr, title: "nextpnr",
            names: ["nextpnr-xilinx", "nextpnr-himbaechel", "nextpnr-ecp5", "nextpnr-ice40"], version: .init(),
            enables: "the open back end's place and route (not in this version yet)",
            source: "apt-get install nextpnr-ecp5 nextpnr-ice40"),
        Tool(
            key: .verilator, title: "Verilator", names: ["verilator"], version: .init(),
            enables: "'predict --engine rtl' (not in this version yet)", source: "apt-get install verilator"),
        Tool(
            key: .iverilog, title: "Icarus Verilog", names: ["iverilog"], version: .init(["-V"]),
            enables: "'predict --engine rtl' (not in this version yet)", source: "apt-get install iverilog"),
    ]
}
