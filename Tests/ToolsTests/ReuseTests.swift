import Basics
import BuildEngine
import Testing
import TestSupport

/// C is synthesised once a build: co-simulation and export go on from there, by Tcl and by configuration files.
@Suite(.serialized) struct ReuseTests {
    static let routes = ["vitis-run", "v++"]

    private let data = "data: {input: input.npy}\nsynth: {cosim: 2}\n"

    private func chain(_ route: String) async throws -> (chain: Chain, lines: String) {
        let chain = try await Chain()
        if route == "v++" { try await chain.scratch.install("v++", "2024.2", at: "Xilinx/Vitis/2024.2") }
        try chain.scratch.write("project/input.npy", try Files.read(Repository.tagger + "/input.npy"))
        return (chain, data + "tools: {vitis: \(route)}\n")
    }

    private func warnings(_ events: Events) -> [String] {
        events.diagnostics.filter { $0.severity == .warning }.map(\.message)
    }

    @Test(arguments: routes) func oneSynthesisServesAll(route: String) async throws {
        let (chain, lines) = try await chain(route)
        let (summary, events) = try await chain.build(["vsynth", "export"], lines)
        #expect(summary.ok, "\(events.diagnostics.map(\.rendered))")
        #expect(chain.syntheses == 1 && warnings(events) == [])
        let orders = route == "v++" ? "cfg" : "tcl"
        #expect(
            Set(chain.runs.filter { !$0.hasPrefix("vivado") }) == [
                "\(route) synth.\(orders)", "vitis-run cosim.\(orders)", "vitis-run export.\(orders)",
            ])
        #expect(chain.built("synth/cosim.json").contains("\"samples\": 2"))
        #expect(chain.built("export/ip/component.xml").contains("<xilinx:coreRevision>0</xilinx:coreRevision>"))
        // A version of its own packages again, and synthesises nothing.
        let (again, _) = try await chain.build(["vsynth", "export"], lines + "export: {version: 1.0.7}")
        #expect(again.ok && again.outcome("export") == .built && again.outcome("synth") == .current)
        #expect(chain.syntheses == 1)
        // The tool's own project, with its times and places, is nobody's output.
        #expect(
            try await shell("cd '\(chain.folder)/build' && find . -name '*_prj' -o -name '*_work' -o -name '*.aps'")
                .output
                == "")
    }

    /// A moved project that the release does not take: in the same run it is made anew, and the user is told.
    @Test(arguments: routes, ["closed", "moved"]) func projectsThatDoNotServe(route: String, fault: String) async throws
    {
        let (chain, lines) = try await chain(route)
        try await chain.build(["synth"], lines.replacing("{cosim: 2}", with: "{cosim: 0}"))
        #expect(chain.syntheses == 1)
        try chain.fault(fault, in: chain.hls)
        let (summary, events) = try await chain.build(["export"], lines)
        #expect(summary.ok, "\(events.diagnostics.map(\.rendered))")
        #expect(chain.syntheses == 3)
        #expect(warnings(events).filter { $0.contains("C synthesis ran a second time: ") }.count == 2)
        #expect(chain.built("synth/cosim.json").contains("\"differences\": 0"))
        #expect(!chain.built("export/ip/component.xml").isEmpty)
        // It is a result like any other, and its warning is shown again.
        let (same, told) = try await chain.build(["export"], lines)
        #expect(same.outcome("export") == .current && warnings(told).count == 2 && chain.syntheses == 3)
    }

    /// A co-simulation that ran and failed says something of the RTL, whatever project it ran in.
    @Test(arguments: routes) func aMismatchIsNoReasonToSynthesise(route: String) async throws {
        let (chain, lines) = try await chain(route)
        try chain.fault("mismatch", in: chain.hls)
        let (summary, _) = try await chain.build(["export"], lines)
        #expect(summary.outcome("synth") == .failed && chain.syntheses == 1)
        #expect(summary.why("synth").contains("the RTL does not do what the C++ does"), "\(summary.why("synth"))")
    }

    @Test(arguments: routes) func cosimulationIsJudgedByTheIntegers(route: String) async throws {
        let (chain, lines) = try await chain(route)
        try chain.fault("wrong-rtl", in: chain.hls)
        let (summary, _) = try await chain.build(["synth"], lines)
        #expect(summary.outcome("synth") == .failed && summary.why("synth").contains("of its integers differ"))
    }

    /// A kernel is measured as it is shipped: `synth` synthesises for the flow of the export.
    @Test(arguments: routes) func kernels(route: String) async throws {
        let (chain, lines) = try await chain(route)
        let (summary, events) = try await chain.build(["vsynth", "export"], lines + "io: stream\nexport: {format: xo}")
        #expect(summary.ok, "\(events.diagnostics.map(\.rendered))")
        #expect(chain.syntheses == 1)
        let kernel = try Files.read(chain.folder + "/build/export/net.xo")
        let files = try Zip.read(kernel).keys
        #expect(Set(files).isSuperset(of: ["ip_repo/net/component.xml", "net/kernel.xml", "xo.xml"]), "\(files)")
        #expect(chain.built("synth/report/csynth.xml").contains("<FlowTarget>vitis</FlowTarget>"))
        // An IP is another piece of hardware.
        let (other, _) = try await chain.build(["vsynth", "export"], lines + "io: stream")
        #expect(other.ok && chain.syntheses == 2 && other.outcome("vsynth") == .built)
    }

    /// The same project on two machines: the tool's project differs, what is built does not.
    @Test(arguments: routes) func theSameBytesEverywhere(route: String) async throws {
        let (one, lines) = try await chain(route), (two, _) = try await chain(route)
        try await one.build(["vsynth", "export"], lines)
        try await Task.sleep(for: .milliseconds(1100))
        try await two.build(["vsynth", "export"], lines)
        #expect(try await shell("diff -r '\(one.folder)/build' '\(two.folder)/build'").output == "")
    }

    @Test func aDryRunSaysWhatFollows() async throws {
        let (chain, lines) = try await chain("vitis-run")
        let all = ["synth", "vsynth", "export"]
        let (before, _) = try await chain.build(all, lines, dryRun: true)
        #expect(all.allSatisfy { before.outcome($0) == .wouldRun || before.outcome($0) == .mayRun })
        try await chain.build(all, lines)
        let (after, _) = try await chain.build(all, lines, dryRun: true)
        #expect(all.allSatisfy { after.outcome($0) == .current })
        #expect(chain.syntheses == 1)
    }
}
