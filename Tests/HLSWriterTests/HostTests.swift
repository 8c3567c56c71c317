import FirmwareSupport
import FixedPoint
import HLSWriter
import LayerKit
@testable import Layers
import Options
import Testing
import TestSupport

/// What surrounds the firmware: test bench, library entry points, compilers, scripts.
@Suite struct HostTests {
    private static let flags = Simulation.flags + " -Ifirmware/ap_types firmware/*.cpp firmware/layers/*.cpp"

    /// The vendor's test bench reads decimal numbers and writes the same integers as the program.
    @Test(arguments: IOType.allCases) func testBench(_ io: IOType) async throws {
        let design = try Fixture.tagger(io)
        let simulation = try Simulation(design)
        var dice = Dice(state: 23)
        let samples = (0..<5).map { _ in (0..<16).map { _ in dice.raw(.fixed(16, 6)) } }
        let lines = samples.map { $0.map { String(Double($0) / 1024) }.joined(separator: " ") + "\n" }
        try simulation.folder.write("tb_data/tb_input_features.dat", lines.joined())
        try await simulation.shell("g++ \(Self.flags) net_test.cpp -o bench && ./bench")
        let log = simulation.folder.text("tb_data/csim_results.log")
        let results = log.split(separator: "\n").map { $0.split(separator: " ").compactMap { Int64($0) } }
        let reference = try Reference(design)
        #expect(results == samples.map(reference.run))
    }

    /// The library's functions take and give plain numbers, one array for each port.
    @Test func entryPoints() async throws {
        let type = FixedType.fixed(8, 3), result = FixedType.fixed(7, 4, .rnd, .sat)
        let design = Design(
            io: .parallel, compat: .native,
            inputs: [.init(name: "a", shape: [2], type: type), .init(name: "b", shape: [1], type: type)],
            nodes: [
                .init(name: "c", inputs: ["a"], shape: [2], operation: CastOperation(result)),
                .init(name: "d", inputs: ["b"], shape: [1], operation: Fixture.relu(result)),
            ], outputs: ["d", "c"])
        let simulation = try Simulation(design)
        let main = """
            extern "C" void net_double(double *, double *, double *, double *);
            extern "C" void net_float(float *, float *, float *, float *);
            int main() {
                double a[2] = {1.3125, -3.96875}, b[1] = {2.5}, c[2], d[1];
                net_double(a, b, d, c);
                float e[2] = {100, 0.0625}, f[1] = {-1}, g[2], h[1];
                net_float(e, f, h, g);
                return !(c[0] == 1.375 && c[1] == -4 && d[0] == 2.5 && g[0] == -4 && g[1] == 0.125 && h[0] == 0);
            }

            """
        try simulation.folder.write("main.cpp", main)
        try await simulation.shell(
            "g++ -std=c++14 -Wno-unknown-pragmas -DNET_NO_MAIN -Ifirmware/ap_types firmware/*.cpp net_bridge.cpp main.cpp"
                + " -o library && ./library")
    }

    @Test func truncatedInputIsRefused() async throws {
        let simulation = try Simulation(
            Fixture.chain(.parallel, .fixed(8, 3), [2], [("act", [2], Fixture.relu(.fixed(8, 3)))]))
        try await simulation.compile()
        let error = await #expect(throws: TestFailure.self) { try await simulation.run([1, 2, 3]) }
        #expect(error?.description.contains("in.bin: the last sample has 1 of 2 numbers") == true)
    }

    /// The same text under both compilers and both standards that the tools use, without a warning.
    @Test(arguments: ["g++ -std=c++14 -O1", "clang++ -std=c++11", "clang++ -std=gnu++14"])
    func compilers(_ compiler: String) async throws {
        for io in IOType.allCases {
            let simulation = try Simulation(Fixture.tagger(io))
            let command = String(compiler.prefix { $0 != " " })
            // A machine without this compiler has nothing to check.
            try await simulation.shell(
                "if command -v \(command) >/dev/null; then for f in firmware/*.cpp firmware/layers/fc1.cpp *.cpp; do "
                    + "\(compiler) -fsyntax-only -fno-exceptions -Wall -Wextra -Werror -Wundef -Wno-unknown-pragmas "
                    + "-Wno-unused-label -Ifirmware/ap_types $f || exit 1; done; fi")
        }
    }

    @Test func scripts() throws {
        let vitis = try Fixture.write(try Fixture.tagger(.parallel))
        let vivado = try Fixture.write(try Fixture.tagger(.parallel), Fixture.settings(.vivado))
        let script = try #require(vitis["hls.tcl"]), old = try #require(vivado["hls.tcl"])
        #expect(script.contains("-std=c++14") && old.contains("-std=c++0x"))
        for layer in ["fc1", "fc2", "fc3", "output_layer"] {
            #expect(script.contains("add_files -cflags \"-std=c++14\" firmware/layers/\(layer).cpp\n"))
        }
        #expect(
            vitis["project.tcl"]?.contains(
                "set part xcu250-figd2104-2L-e\nset clock_period 5\nset clock_uncertainty 27%\n") == true)
        #expect(vitis["kernel.tcl"] != nil && vivado["kernel.tcl"] == nil)
        for name in ["project", "ip", "hls", "reuse", "synth", "cosim", "export", "vsynth"].map({ $0 + ".tcl" }) {
            let text = try #require(vitis[name])
            #expect(text.count { $0 == "{" } == text.count { $0 == "}" })
            #expect(!text.contains("{{") && !text.contains("{%"))
        }
    }
}
