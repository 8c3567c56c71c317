import Basics
import BuildEngine
import Testing
import TestSupport

/// What fails is said, is not recorded, and runs again; what only looks like a failure is none.
@Suite(.serialized) struct FaultTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var fault: String
        var stage: String
        /// In the message.
        var says: String
        var help: String

        var testDescription: String { fault }
    }

    static let cases = [
        Case(
            fault: "part", stage: "synth", says: "Part 'xcvu13p-flga2577-2-e' is not installed", help: "device family"),
        Case(fault: "unroll", stage: "synth", says: "[XFORM 203-504]", help: "resource strategy"),
        Case(fault: "frontend", stage: "synth", says: "undeclared identifier 'wieght'", help: "C++ source"),
        Case(fault: "memory", stage: "synth", says: "Out of Memory", help: "memory"),
        Case(
            fault: "killed", stage: "synth", says: "C synthesis: the tool was ended by signal 9", help: "out of memory"),
        Case(fault: "crash", stage: "synth", says: "Abnormal program termination (11)", help: "run it again"),
        Case(fault: "silent", stage: "synth", says: "never said that it was done", help: ""),
        Case(fault: "early", stage: "synth", says: "never said that it was done", help: ""),
        Case(
            fault: "no-report", stage: "synth", says: "did not write 'net_prj/solution1/syn/report/csynth.xml'",
            help: ""),
        Case(
            fault: "pragma", stage: "synth", says: "the tool dropped a pragma: unexpected pragma argument 'mul'",
            help: "fault of hlsbuild"),
        Case(fault: "licence", stage: "vsynth", says: "A valid license was not found", help: "XILINXD_LICENSE_FILE"),
        Case(fault: "fit", stage: "vsynth", says: "Resource utilization", help: "reuse factors"),
    ]

    @Test(arguments: cases) func failuresAreSaidAndForgotten(_ test: Case) async throws {
        let chain = try await Chain()
        let tool = test.stage == "synth" ? chain.hls : chain.vivado
        try chain.fault(test.fault, in: tool)
        let (failed, events) = try await chain.build(["vsynth"])
        #expect(failed.outcome(test.stage) == .failed)
        #expect(failed.why(test.stage).contains(test.says), "\(failed.why(test.stage))")
        let told = events.diagnostics.filter { $0.severity == .error }
        #expect(told.contains { $0.help?.contains(test.help) ?? test.help.isEmpty }, "\(told.map(\.rendered))")
        #expect(chain.built("vsynth/report/utilization.rpt") == "")
        if ["frontend", "pragma"].contains(test.fault) { #expect(told.first?.subject == ["layers", "fc1"]) }
        let runs = chain.runs.count
        // Nothing was recorded: it runs again, and well.
        try chain.fault("", in: tool)
        let (healed, _) = try await chain.build(["vsynth"])
        #expect(healed.ok && healed.outcome(test.stage) == .built)
        #expect(chain.runs.count == runs + (test.stage == "synth" ? 2 : 1))
    }

    /// A command that a script catches prints an error line, and the run is good.
    @Test func aLineThatSaysErrorDecidesNothing() async throws {
        let chain = try await Chain()
        try chain.fault("caught-error", in: chain.hls)
        let (summary, _) = try await chain.build(["vsynth"])
        #expect(summary.ok)
    }

    @Test func aLicenceIsWaitedFor() async throws {
        let chain = try await Chain()
        try chain.fault("licence-once", in: chain.vivado)
        let (summary, events) = try await chain.build(["vsynth"], "licence: {seats: 1, wait: 60 s}")
        #expect(summary.ok)
        #expect(chain.runs.filter { $0.hasPrefix("vivado") }.count == 2)
        #expect(events.diagnostics.contains { $0.severity == .warning && $0.message.contains("; trying again in ") })
        // It is recorded as any other success.
        let (again, _) = try await chain.build(["vsynth"])
        #expect(again.outcome("vsynth") == .current)
    }

    @Test func patienceEnds() async throws {
        let chain = try await Chain()
        try chain.fault("licence", in: chain.vivado)
        let (summary, _) = try await chain.build(["vsynth"], "licence: {wait: 1 s}")
        #expect(summary.outcome("vsynth") == .failed)
        #expect(chain.runs.filter { $0.hasPrefix("vivado") }.count > 1)
    }

    /// Ctrl-C ends the tool and all that it has started, also what does not listen.
    @Test(arguments: ["hang", "stubborn"]) func nothingOutlivesTheBuild(fault: String) async throws {
        let chain = try await Chain()
        try chain.fault(fault, in: chain.hls)
        let events = Events()
        let build = Task { try await chain.build(["synth"], events: events) }
        while !events.lines.contains(where: { $0.hasPrefix("HANGING") }) {
            try await Task.sleep(for: .milliseconds(20))
        }
        build.cancel()
        _ = try? await build.value
        // In brackets, so that the shell that looks does not see itself. Who was killed takes a moment to go.
        let look = "pgrep -f '\(chain.scratch.path.replacing("/hls", with: "/[h]ls"))/'"
        var left = try await shell(look).output
        for _ in 0..<200 where left != "" {
            try await Task.sleep(for: .milliseconds(50))
            left = try await shell(look).output
        }
        #expect(left == "")
        try chain.fault("", in: chain.hls)
        let (summary, _) = try await chain.build(["synth"])
        #expect(summary.ok)
    }

    @Test func whatIsLeftRunningIsEnded() async throws {
        let chain = try await Chain()
        try chain.fault("background", in: chain.hls)
        let (summary, _) = try await chain.build(["synth"])
        #expect(summary.ok)
        let left = try Files.text(chain.hls + "/background").split(separator: "\n").compactMap { Int32($0) }
        #expect(!left.isEmpty)
        for process in left { #expect(!isRunning(process)) }
    }

    /// Whether a process is there and has not ended.
    private func isRunning(_ process: Int32) -> Bool {
        let status = try? Files.text("/proc/\(process)/stat")
        return status.map { !$0.contains(") Z ") } ?? false
    }

    /// The stand-in runs the written test bench; its integers are those of the Design, or the stage fails.
    @Test func cosimulation() async throws {
        let chain = try await Chain()
        try chain.scratch.write("project/input.npy", try Files.read(Repository.tagger + "/input.npy"))
        let lines = "data: {input: input.npy}\nsynth: {cosim: 3}"
        let (summary, events) = try await chain.build(["synth"], lines)
        #expect(summary.ok, "\(events.diagnostics.map(\.rendered))")
        #expect(chain.built("synth/cosim.json").contains("\"samples\": 3"))
        #expect(chain.built("synth/cosim/net_cosim.rpt").contains("Report time       :\n"))
        #expect(chain.runs == ["vitis-run synth.tcl", "vitis-run cosim.tcl"])
        // More samples: only the simulation runs again, and it is judged by what the RTL says.
        try chain.fault("wrong-rtl", in: chain.hls)
        let (wrong, _) = try await chain.build(["synth"], lines.replacing("3", with: "2"))
        #expect(wrong.outcome("synth") == .failed)
        let place = /: [1-9]\d* of its integers differ; \w+\[\d\] of sample \d is -?\d+, not -?\d+/
        #expect(wrong.why("synth").contains(place), "\(wrong.why("synth"))")
        #expect(chain.runs.count == 3)
    }
}
