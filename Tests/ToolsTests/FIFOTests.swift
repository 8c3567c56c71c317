import Basics
import BuildEngine
import Testing
import TestSupport

/// FIFO depths held against what the vendor's simulation tells of them.
@Suite struct FIFOTests {
    private let lines = "io: stream\ndata: {input: input.npy}\nsynth: {cosim: 1}"

    private func chain(release: String = "2024.2") async throws -> Chain {
        let chain = try await Chain(release: release)
        try chain.scratch.write("project/input.npy", try Files.read(Repository.tagger + "/input.npy"))
        return chain
    }

    @Test func peaksAreReported() async throws {
        let chain = try await chain()
        let (summary, events) = try await chain.build(["synth"], lines)
        #expect(summary.ok, "\(events.diagnostics.map(\.rendered))")
        let report = chain.built("synth/fifo.json")
        #expect(report.contains("\"format\": \"hlsbuild-fifo 1\""))
        #expect(report.contains("\"name\": \"fc1_out\", \"layer\": \"fc1\", \"writer\": \"fc1\", \"reader\": "))
        #expect(report.contains("\"peak\": 1"))
        #expect(!events.diagnostics.contains { $0.message.contains("FIFO") })
    }

    /// A FIFO that the schedule never fills and the simulation does.
    @Test func aFullFIFOIsTold() async throws {
        let chain = try await chain()
        try chain.fault("full-fifo", in: chain.hls)
        let (summary, events) = try await chain.build(["synth"], lines + "\nlayers: {fc1: {fifo_depth: 4}}")
        #expect(summary.ok, "\(events.diagnostics.map(\.rendered))")
        let told = events.diagnostics.filter { $0.message.contains("the simulation filled the FIFO") }
        #expect(told.map(\.subject) == [["layers", "fc1", "fifo_depth"]])
        #expect(told.first?.help?.contains("fifo_depth: 8 for 'fc1'") == true)
    }

    @Test func aDeadlockNamesTheLayer() async throws {
        let chain = try await chain()
        try chain.fault("deadlock", in: chain.hls)
        let (summary, events) = try await chain.build(["synth"], lines)
        #expect(summary.outcome("synth") == .failed)
        let told = events.diagnostics.first { $0.message.contains("waits for ever") }
        #expect(told?.message == "co-simulation: the RTL waits for ever; full is fc1_out; empty is relu1_out")
        #expect(told?.subject == ["layers", "fc1", "fifo_depth"])
    }

    /// Without a simulation the depths are reported alone.
    @Test func withoutASimulationThereAreNoPeaks() async throws {
        let chain = try await chain()
        let (summary, _) = try await chain.build(["synth"], "io: stream")
        #expect(summary.ok)
        #expect(chain.built("synth/fifo.json").contains("\"peak\": null"))
    }
}
