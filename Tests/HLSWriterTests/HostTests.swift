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
        let names = [
            "project", "ip", "hls", "reuse", "bench", "csim", "synth", "cosim", "export", "vsynth", "build_prj",
        ]
        for name in names.map({ $0 + ".tcl" }) {
            let text = try #require(vitis[name])
            #expect(text.count { $0 == "{" } == text.count { $0 == "}" })
            #expect(!text.contains("{{") && !text.contains("{%"))
        }
    }

    /// A kernel object takes streams, and none that are wider than a bus.
    @Test func kernels() throws {
        func hasKernel(_ io: IOType, _ dialect: WriterSettings.Dialect, _ channels: Int = 2) throws -> Bool {
            let type = FixedType.fixed(16, 6)
            let design = Fixture.chain(io, type, [channels], [("act", [channels], Fixture.relu(type))])
            let files = try Fixture.write(design, Fixture.settings(dialect))
            let isWritten = files["kernel.tcl"] != nil
            #expect(files["ip.tcl"]?.contains("-format xo") == isWritten)
            #expect(files["build_prj.tcl"]?.contains("pack_kernel") == isWritten)
            #expect(files["README.md"]?.contains("kernel.tcl") == isWritten)
            return isWritten
        }
        #expect(try hasKernel(.stream, .vitis) && hasKernel(.stream, .vitis, 256))
        #expect(try !hasKernel(.stream, .vitis, 257))
        #expect(try !hasKernel(.stream, .vivado) && !hasKernel(.parallel, .vitis) && !hasKernel(.parallel, .vivado))
    }

    /// hls4ml reads the name of the project and of the back end so: the last but one of the parts between quotes.
    @Test(arguments: WriterSettings.Dialect.allCases) func projectSettings(_ dialect: WriterSettings.Dialect) throws {
        let text = try #require(try Fixture.write(Fixture.tagger(.parallel), Fixture.settings(dialect))["project.tcl"])
        func value(_ mark: String) -> Substring? {
            text.split(separator: "\n").first { $0.contains(mark) }?
                .split(separator: "\"", omittingEmptySubsequences: false).dropLast().last
        }
        #expect(value("set project_name") == "net" && value("set backend") == "\(dialect.rawValue)")
    }
}
