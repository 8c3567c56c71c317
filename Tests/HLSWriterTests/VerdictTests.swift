import FirmwareSupport
import FixedPoint
import LayerKit
@testable import Layers
import Options
import Testing
import TestSupport

/// The vendor's test bench says by itself whether the firmware gives what it must.
@Suite struct VerdictTests {
    /// A bench with data whose answer is known.
    private struct Bench {
        let simulation: Simulation
        let expected: [[Int64]]

        init(_ io: IOType) async throws {
            let type = FixedType.fixed(16, 6), result = FixedType.ufixed(7, 3, .rnd, .sat)
            var dice = Dice(state: 23)
            var design = Fixture.chain(
                io, type, [4], [("fc1", [3], Fixture.dense(&dice, 4, 3)), ("act", [3], Fixture.relu(result))])
            design.outputs.append("fc1")
            simulation = try Simulation(design)
            let samples = (0..<12).map { _ in (0..<4).map { _ in dice.raw(type) } }
            let reference = try Reference(design)
            expected = samples.map(reference.run)
            try write("input_features", samples.map { $0.map { String(Double($0) / 1024) } })
            try write("output_integers", expected.map { $0.map { "\($0)" } })
            try await compile()
        }

        func write(_ name: String, _ rows: [[String]]) throws {
            let text = rows.map { $0.joined(separator: " ") + "\n" }.joined()
            try simulation.folder.write("tb_data/tb_\(name).dat", text)
        }

        func compile() async throws {
            let flags = Simulation.flags + " -Ifirmware/ap_types firmware/*.cpp firmware/layers/*.cpp"
            try await simulation.shell("g++ \(flags) net_test.cpp -o bench")
        }

        /// Its lines and its exit status.
        func run(_ arguments: String = "") async throws -> (lines: [String], status: Int32) {
            let ended = try await Command.shell("exec 2>&1; ./bench \(arguments)", in: simulation.folder.path).run()
            return (ended.output.split(separator: "\n").map(String.init), ended.status)
        }

        func expect(_ last: String, _ status: Int32, _ arguments: String = "", has line: String? = nil) async throws {
            let run = try await run(arguments)
            #expect(run.lines.last == last && run.status == status, "\(run)")
            if let line { #expect(run.lines.contains(line), "\(run.lines)") }
        }
    }

    @Test(arguments: IOType.allCases) func whatIsRight(_ io: IOType) async throws {
        let bench = try await Bench(io)
        try await bench.expect("PASS: all 72 integers of 12 samples are what they must be", 0)
        let log = bench.simulation.folder.text("tb_data/csim_results.log")
        #expect(log == bench.expected.map { $0.map { "\($0)" }.joined(separator: " ") + "\n" }.joined())
        #expect(log == bench.simulation.folder.text("tb_data/tb_output_integers.dat"))
    }

    @Test(arguments: IOType.allCases) func oneInteger(_ io: IOType) async throws {
        let bench = try await Bench(io)
        var rows = bench.expected
        rows[5][4] += 1
        try bench.write("output_integers", rows.map { $0.map { "\($0)" } })
        try await bench.expect(
            "FAIL: 1 of 72 integers are not what they must be", 1,
            has: "sample 5: fc1_out[1] is \(rows[5][4] - 1), not \(rows[5][4])")
        // Of the first samples alone it is not one.
        try await bench.expect("PASS: all 30 integers of 5 samples are what they must be", 0, "5")
        try await bench.expect("FAIL: 1 of 36 integers are not what they must be", 1, "6")
        try await bench.expect("FAIL: 1 of 72 integers are not what they must be", 1, "all")
    }

    @Test(arguments: IOType.allCases) func oneWeight(_ io: IOType) async throws {
        let bench = try await Bench(io)
        let folder = bench.simulation.folder
        let file = try #require(bench.simulation.files.map(\.path).first { $0.hasSuffix("_bias.h") })
        let text = folder.text(file)
        let changed = text.replacing(/= \{\s*-?[0-9.]+/, with: "= { 1.9375")
        try #require(changed != text)
        try folder.write(file, changed)
        try await bench.compile()
        let (lines, status) = try await bench.run()
        #expect(status == 1 && lines.last?.hasPrefix("FAIL: ") == true, "\(lines)")
        // Many differ, and some are shown.
        #expect(lines.count { $0.hasPrefix("sample ") } == 10)
    }

    /// Nothing to compare with is no pass.
    @Test func missingData() async throws {
        let bench = try await Bench(.parallel)
        let folder = bench.simulation.folder
        var rows = bench.expected.map { $0.map { "\($0)" } }
        rows.removeLast()
        rows[10].removeLast()
        try bench.write("output_integers", rows)
        try await bench.expect("FAIL: tb_data/tb_output_integers.dat lacks 7 of 72 integers", 1)
        try bench.write("output_integers", (bench.expected + [[1]]).map { $0.map { "\($0)" } })
        try await bench.expect(
            "FAIL: tb_data/tb_output_integers.dat has more samples than tb_data/tb_input_features.dat", 1)
        try folder.write("tb_data/tb_output_integers.dat", "none\n")
        try await bench.expect("NO VERDICT: tb_data/tb_output_integers.dat says none", 0)
        #expect(folder.text("tb_data/csim_results.log").count { $0 == "\n" } == 12)
        try await bench.simulation.shell("rm tb_data/tb_output_integers.dat")
        try await bench.expect(
            "FAIL: no tb_data/tb_output_integers.dat to judge by; write the word none into it for no verdict", 1)
        try bench.write("output_integers", [])
        try bench.write("input_features", [])
        try await bench.expect("FAIL: there is no sample", 1)
        try bench.write("input_features", [["1", "2"]])
        try await bench.expect("FAIL: the last sample has 2 of 4 numbers", 1)
        try await bench.simulation.shell("rm tb_data/tb_input_features.dat")
        try await bench.expect(
            "FAIL: tb_data/tb_output_integers.dat lacks 6 of 6 integers", 1,
            has: "no tb_data/tb_input_features.dat: running one sample of zeros")
        try await bench.simulation.shell("rm -r tb_data")
        let (lines, status) = try await bench.run()
        #expect(status == 1 && lines.contains("cannot write tb_data/csim_results.log: results follow"), "\(lines)")
    }

    @Test(arguments: ["0", "-3", "many"]) func noNumberOfSamples(_ argument: String) async throws {
        let bench = try await Bench(.parallel)
        try await bench.expect("'\(argument)' is no number of samples: write one, or all", 2, argument)
    }

    /// What the user expects is told and not judged: numbers in units of each output's own last place.
    @Test(arguments: IOType.allCases) func predictions(_ io: IOType) async throws {
        let bench = try await Bench(io)
        var rows = bench.expected.map { row in
            row.enumerated().map { Double($1) / ($0 < 3 ? 16 : 1024) }
        }
        func tells(_ difference: String) async throws {
            try bench.write("output_predictions", rows.map { $0.map { "\($0)" } })
            try await bench.expect(
                "PASS: all 72 integers of 12 samples are what they must be", 0,
                has: "largest difference from tb_data/tb_output_predictions.dat: \(difference)")
        }
        try await tells("0")
        rows[3][1] += 0.5
        rows[7][4] -= 2.25
        try await tells("2.25")
        rows[11][5] = .nan
        try await tells("nan")
    }

    /// In a co-simulation the results have another name.
    @Test func coSimulation() async throws {
        let bench = try await Bench(.parallel)
        try await bench.simulation.shell(
            "g++ \(Simulation.flags) -DRTL_SIM -Ifirmware/ap_types firmware/*.cpp firmware/layers/*.cpp net_test.cpp"
                + " -o bench && ./bench")
        #expect(bench.simulation.folder.text("tb_data/rtl_cosim_results.log").count { $0 == "\n" } == 12)
    }
}
