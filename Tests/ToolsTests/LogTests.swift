import Basics
import BuildEngine
import Testing

@testable import Vendor

/// What a run that went well says all the same.
@Suite struct LogTests {
    private static let head = """
        ****** Vitis HLS - High-Level Synthesis from C, C++ and OpenCL v2023.2 (64-bit)
        INFO: [HLS 200-10] Analyzing design file 'firmware/net.cpp' ...
        INFO: [HLS 200-10] Analyzing design file 'firmware/layers/fc1.cpp' ...
        INFO: [HLS 200-10] Analyzing design file 'firmware/layers/fc1_relu.cpp' ...

        """

    private func judge(_ lines: String) -> [Diagnostic] {
        let run = CommandRun(
            termination: .exited(0), seconds: 1, log: Self.head + lines + "\nhlsbuild: synth complete\n", produced: [],
            reader: { _ in [] })
        switch VendorLog.judge(run, marker: "hlsbuild: synth complete", doing: "C synthesis") {
        case .success(let warnings): return warnings
        case .failure(let errors), .transient(let errors): return errors
        }
    }

    /// A pragma that is dropped makes other hardware than was asked for, whatever the tool calls it.
    @Test(arguments: [
        "WARNING: [HLS 207-5566] unexpected pragma argument 'mul', expects function/operation (firmware/layers/fc1.cpp:9:44)",
        "WARNING: [HLS 207-5590] unknown HLS pragma ignored (firmware/layers/fc1.cpp:9:1)",
        "WARNING: [HLS 207-5570] unexpected pragma parameter 'DATA_WIDTH' (firmware/layers/fc1.h:5:1)",
        "WARNING: [HLS 207-5562] missing argument for 'variable' (firmware/layers/fc1_config.h:5:1)",
        "WARNING: [HLS 207-5542] 'factor' in '#pragma HLS array_partition' is ignored (firmware/layers/fc1.cpp:9:1)",
        "firmware/layers/fc1.cpp:9:9: warning: unknown HLS pragma ignored",
        "WARNING: [HLS 200-40] firmware/layers/fc1.cpp:9:9: warning: unknown HLS pragma ignored",
        "WARNING: [XFORM 203-505] Ignored pipeline directive for loop 'Product' (firmware/layers/fc1.cpp:12:3) for a reason",
        "WARNING: [XFORM 203-1103] Ignored data pack directive on non-struct variable 'x' (firmware/layers/fc1.cpp:12).",
    ])
    func droppedPragmasAreErrors(line: String) throws {
        let error = try #require(judge(line).first)
        #expect(error.severity == .error)
        #expect(error.message.hasPrefix("the tool dropped a pragma: "))
        #expect(error.subject == ["layers", "fc1"])
        #expect(error.help?.contains("correct the pragma") == true)
    }

    @Test(
        arguments: [
            (
                "WARNING: [HLS 200-880] The II Violation in module 'net_fc1_Pipeline_Product' (loop 'Product'): Unable to enforce a "
                    + "carried dependence constraint (II = 1, distance = 1, offset = 1) between 'store' operation "
                    + "(firmware/nnet_utils/nnet_dense.h:40)", "fc1", "reuse factor"
            ),
            (
                "WARNING: [HLS 200-885] The II Violation in module 'dense_resource_ap_fixed_net_fc1_config_s' (loop 'L'): Unable to "
                    + "schedule 'load' operation due to limited memory ports (II = 2).", "fc1", "partition"
            ),
            (
                "WARNING: [SCHED 204-68] The II Violation in module 'net_fc1_relu' (Loop: Loop 1): Unable to enforce a carried "
                    + "dependence constraint", "fc1_relu", "reuse factor"
            ),
            (
                "INFO: [HLS 200-1470] Pipelining result : Target II = 1, Final II = 3, Depth = 4, function "
                    + "'nnet::dense<ap_fixed<16, 6>, net_fc1_config>'", "fc1", "no reason"
            ),
            (
                "WARNING: [XFORM 203-104] Completely partitioning array 'data.V' accessed through non-constant indices on "
                    + "dimension 1 (firmware/layers/fc1.cpp:20:1)", "fc1", "multiplexers"
            ),
            (
                "WARNING: [XFORM 203-532] Unable to rewind loop 'A' in function 'net_fc1': loop nest is not flattened.",
                "fc1",
                "only loop"
            ),
            (
                "WARNING: [XFORM 203-542] Cannot flatten a loop nest 'A' (firmware/layers/fc1_relu.cpp:9:1) in function "
                    + "'net_fc1_relu' : ", "fc1_relu", "extra cycles"
            ),
            (
                "WARNING: [HLS 200-656] Deadlocks can occur since process net_fc1 is instantiated in a dataflow region with "
                    + "ap_ctrl_none", "fc1", "stall"
            ),
            (
                "WARNING: [HLS 200-1449] Process net_fc1 has both a predecessor and reads an input from its caller",
                "fc1",
                "the process before it"
            ),
            (
                "WARNING: [HLS 214-113] Either use an argument of the function or declare the variable inside the dataflow "
                    + "loop body (firmware/net.cpp:15:57)", nil, "table of constants"
            ),
            ("WARNING: [HLS 200-871] Estimated clock period (6.1 ns) exceeds the target", nil, "clock period"),
            ("Timing not met", nil, "clock period"),
        ] as [(String, String?, String)])
    func whatCostsTimeOrAreaIsAWarning(line: String, layer: String?, help: String) throws {
        let warning = try #require(judge(line).first)
        #expect(warning.severity == .warning)
        #expect(warning.subject == (layer.map { ["layers", $0] } ?? []))
        #expect(warning.help?.contains(help) == true, "\(warning.help ?? "")")
    }

    @Test func eachLayerIsToldOnce() {
        func line(_ module: String, _ interval: Int) -> String {
            "WARNING: [HLS 200-880] The II Violation in module 'net_\(module)' (loop 'A'): (II = \(interval))\n"
        }
        let found = judge(line("fc1", 1) + line("fc1", 2) + line("fc1_relu", 1) + line("fc1", 3))
        #expect(found.map(\.subject) == [["layers", "fc1"], ["layers", "fc1_relu"]])
    }

    /// Seen in good runs.
    @Test(arguments: [
        "WARNING: [HLS 207-5292] unused parameter 'x' (firmware/layers/fc1.cpp:9:1)",
        "WARNING: [HLS 207-5536] 'Resource pragma' is deprecated (firmware/layers/fc1.cpp:9:1)",
        "WARNING: [RTGEN 206-101] Register 'a' is power-on initialization.",
        "WARNING: [XFORM 203-631] Renaming function 'a' to 'b'.",
        "WARNING: [XFORM 203-505] Ignored pipeline directive for loop 'A' because its parent loop or function is pipelined.",
        "INFO: [HLS 200-1470] Pipelining result : Target II = 1, Final II = 1, Depth = 4, loop 'A'",
        "INFO: [HLS 200-1470] Pipelining result : Target II = NA, Final II = 4, Depth = 4, function 'net_fc1'",
    ])
    func whatIsHarmlessIsNotTold(line: String) { #expect(judge(line).isEmpty) }
}
