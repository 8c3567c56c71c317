import Testing

@testable import Reports

@Suite struct FIFOTests {
    /// A stream network of hls4ml: five streams between six processes.
    @Test func streamsOfASynthesis() throws {
        let report = try Fixtures.read("csynth/2024.1-vitis_hls-hls4ml-csynth.xml.gz")
        guard case .csynth(let csynth) = report.content else { throw ReportRefusal.unknown(report.kind) }
        #expect(
            csynth.fifos.map(\.name)
                == ["layer8_out_U", "layer2_out_U", "layer4_out_U", "layer5_out_U", "layer6_out_U"])
        #expect(csynth.fifos.map(\.depth) == [130, 128, 128, 1, 1])
        #expect(csynth.fifos.allSatisfy { $0.parent == nil })
        #expect(report.json["fifos"]?.elements.first?["depth"]?.spelled == "130.0")
        #expect(ChannelProfile.variable(of: "layer8_out_U") == "layer8_out")
    }

    @Test func howFullTheyBecame() {
        let list = Array(
            ",fc1_out_U,2,chan_status1.csv\n,fc2_out_U,8,chan_status2.csv\nx,y_U,1,none.csv\nbroken\n".utf8)
        let files = [
            "chan_status1.csv": Array("5,6\n0\n\n2\n".utf8), "chan_status2.csv": Array("no number\n".utf8),
        ]
        #expect(ChannelProfile(list: list, files: files).peaks == ["fc1_out_U": 2])
        #expect(ChannelProfile(list: [0xFF, 0x2C], files: [:]).peaks.isEmpty)
        #expect(ChannelProfile(list: list, files: ["chan_status1.csv": Array("-3".utf8)]).peaks.isEmpty)
    }

    /// Read anew for each line that names it, this one would take minutes.
    @Test(.timeLimit(.minutes(1))) func aFileThatManyLinesNameIsReadOnce() {
        let list = Array(String(repeating: "top,fc1_out_U,4,a.csv\n", count: 20_000).utf8)
        let profile = ChannelProfile(list: list, files: ["a.csv": list + Array("7\n".utf8)])
        #expect(profile.peaks == ["fc1_out_U": 7])
    }

    /// What the simulator prints when processes wait for each other.
    @Test func aDeadlockIsACauseOfItsOwn() throws {
        let text = """
            ****** Vitis HLS - High-Level Synthesis from C, C++ and OpenCL v2023.2 (64-bit)
            //////////////////////////////////////////////////////////////////////////////
            // ERROR!!! DEADLOCK DETECTED at 1292000 ns! SIMULATION WILL BE STOPPED! //
            //////////////////////////////////////////////////////////////////////////////
            // (1): Process: net.fc1_U0
            //      Channel: net.fc1_out_U, FULL
            ERROR: [COSIM 212-4] *** C/RTL co-simulation finished: FAIL ***
            """
        guard case .log(let log) = try ReportReader.read(Array(text.utf8)).content else { return }
        #expect(log.outcome == .failure)
        #expect(log.causes.contains { $0.failure == .deadlock })
        #expect(!FailureClass.deadlock.isRetryable)
    }
}
