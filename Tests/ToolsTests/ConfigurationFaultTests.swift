import Basics
import BuildEngine
import Testing
import TestSupport

/// The programs that take configuration files know no marker of ours; what fails is found out all the same.
@Suite(.serialized) struct ConfigurationFaultTests {
    static let cases = [
        ("part", "is not installed"), ("frontend", "undeclared identifier 'wieght'"), ("memory", "Out of Memory"),
        ("killed", "ended by signal 9"), ("crash", "Abnormal program termination (11)"),
        ("silent", "never said that it was done"), ("early", "never said that it was done"),
        ("no-report", "did not write 'net_work/hls/syn/report/csynth.xml'"), ("pragma", "the tool dropped a pragma"),
    ]

    private let lines = "tools: {vitis: v++}"

    private func chain() async throws -> Chain {
        let chain = try await Chain()
        try await chain.scratch.install("v++", "2024.2", at: "Xilinx/Vitis/2024.2")
        return chain
    }

    @Test(arguments: cases) func synthesis(fault: String, says: String) async throws {
        let chain = try await chain()
        try chain.fault(fault, in: chain.hls)
        let (failed, _) = try await chain.build(["vsynth"], lines)
        #expect(failed.outcome("synth") == .failed && failed.why("synth").contains(says), "\(failed.why("synth"))")
        #expect(chain.built("synth/report/csynth.xml") == "")
        // Nothing was recorded: it runs again, and well.
        try chain.fault("", in: chain.hls)
        let (healed, _) = try await chain.build(["vsynth"], lines)
        #expect(healed.ok && healed.outcome("synth") == .built)
        #expect(chain.runs.filter { $0 == "v++ synth.cfg" }.count == 2)
        #expect(chain.runs.contains("vivado vsynth.tcl synth net_work/hls/syn/verilog"))
    }

    /// What ends without a word or by a signal is not followed by hours of synthesis.
    @Test(arguments: [("silent", "never said that it was done"), ("dead", "signal 9")])
    func export(fault: String, says: String) async throws {
        let chain = try await chain()
        try await chain.build(["synth"], lines)
        try chain.fault(fault, in: chain.hls)
        let (failed, _) = try await chain.build(["export"], lines)
        #expect(failed.outcome("export") == .failed && chain.syntheses == 1)
        #expect(failed.why("export").contains(says), "\(failed.why("export"))")
        try chain.fault("", in: chain.hls)
        let (healed, _) = try await chain.build(["export"], lines)
        #expect(healed.ok && chain.syntheses == 1)
    }

    @Test func aLineThatSaysErrorDecidesNothing() async throws {
        let chain = try await chain()
        try chain.fault("caught-error", in: chain.hls)
        let (summary, _) = try await chain.build(["vsynth"], lines)
        #expect(summary.ok)
    }

    @Test func aClockRunsNoCompiler() async throws {
        let chain = try await chain()
        try await chain.build(["csim", "vsynth"], lines + "\nclock: 5 ns")
        let (summary, _) = try await chain.build(["csim", "vsynth"], lines + "\nclock: 4 ns")
        #expect(summary.outcome("csim") == .current && summary.outcome("vsynth") == .built)
        #expect(chain.built("synth/report/csynth.xml").contains("<TargetClockPeriod>4</TargetClockPeriod>"))
    }

    /// Without the program that goes on after C synthesis, the stages that need it say so and the others run.
    @Test func theOtherProgramIsMissing() async throws {
        let chain = try await chain()
        _ = try await shell("rm '\(chain.hls)/bin/vitis-run'")
        let (summary, _) = try await chain.build(["vsynth", "export"], lines)
        #expect(summary.outcome("vsynth") == .built && summary.outcome("export") == .unavailable)
        #expect(summary.why("export").hasPrefix("export needs vitis-run, which is not beside "))
        // It belongs to the tool: another one is another result.
        try await chain.scratch.install("vitis-run", "2024.2", at: "Xilinx/Vitis/2024.2")
        let (whole, _) = try await chain.build(["vsynth", "export"], lines)
        #expect(whole.outcome("export") == .built)
    }
}
