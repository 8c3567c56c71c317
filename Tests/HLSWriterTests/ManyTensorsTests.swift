import Basics
import Emulator
import Estimates
import FirmwareSupport
import FixedPoint
import FoundationEssentials
import HLSWriter
import LayerKit
import Layers
import Options
import Streams
import TestSupport
import Testing

/// Nodes that give several tensors, nodes that read many, and tensors whose elements differ in type: through emulator,
/// C++ and estimate.
@Suite struct ManyTensorsTests {
    /// `x` of 4 positions and 6 channels in halves; a sum of ten tensors made of them; a type for each channel of that.
    private static func design(_ io: IOType, outputs: [TensorID]) -> Design {
        let lower = TensorID("halves"), upper = TensorID("halves", 1)
        let types: [FixedType] = [.fixed(6, 4, .rnd, .sat), ElementTypes.none, .ufixed(9, 3)]
        return Design(
            io: io, compat: .native, inputs: [.init(name: "x", shape: [4, 6], type: .fixed(8, 3))],
            nodes: [
                .init(
                    name: "halves", inputs: ["x"], shapes: [[4, 3], [4, 3]],
                    operation: Operation(Halves(first: .fixed(7, 3, .rnd, .sat), second: .fixed(8, 3)))),
                .init(
                    name: "sum", inputs: (0..<10).map { $0 % 3 == 0 ? lower : upper }, shape: [4, 3],
                    operation: Sum(result: .fixed(14, 7))),
                .init(
                    name: "channels", inputs: ["sum"], shape: [4, 3],
                    operation: CastOperation(resultType: .axis(1, types))),
                .init(
                    name: "elements", inputs: ["sum"], shape: [4, 3],
                    operation: CastOperation(resultType: .each((0..<12).map { .fixed(5 + $0 % 4, 3) }))),
            ], outputs: outputs)
    }

    @Test(arguments: IOType.allCases) func theFirmwareGivesTheIntegersOfTheDesign(_ io: IOType) async throws {
        let all: [TensorID] = ["channels", "elements", TensorID("halves", 1), "sum"]
        try await expectEqual(Self.design(io, outputs: all), templates: TestKernels.templates)
        // Nobody reads the first half: its stream is emptied all the same.
        var rest = Self.design(io, outputs: [TensorID("halves", 1)])
        rest.nodes = [rest.nodes[0]]
        try await expectEqual(rest, templates: TestKernels.templates)
    }

    @Test func theEmulatorGivesThem() throws {
        let design = Self.design(.parallel, outputs: ["channels", TensorID("halves", 1)])
        let x = (0..<24).map { Double($0) / 8 - 1.5 }
        let found = try Emulator(design).predict([x], samples: 1)
        var channels: [Double] = [], upper: [Double] = []
        for position in 0..<4 {
            for channel in 0..<3 {
                let low = FixedType.fixed(7, 3, .rnd, .sat).rounded(x[position * 6 + channel])
                let high = FixedType.fixed(8, 3).rounded(x[position * 6 + 3 + channel])
                let sum = FixedType.fixed(14, 7).rounded(4 * low + 6 * high)
                upper.append(high)
                switch channel {
                case 0: channels.append(FixedType.fixed(6, 4, .rnd, .sat).rounded(sum))
                case 1: channels.append(0)
                default: channels.append(FixedType.ufixed(9, 3).rounded(sum))
                }
            }
        }
        #expect(found == [channels, upper])
        #expect(design.name(of: TensorID("halves", 1)) == "halves.upper")
    }

    /// What comes in as plain numbers is cast element by element: by the bridge, and by the library of a release.
    @Test(arguments: IOType.allCases) func numbersAreCastToTheTypesOfTheirElements(_ io: IOType) async throws {
        let types: [FixedType] = [.fixed(6, 4, .rnd, .sat), ElementTypes.none, .ufixed(9, 3, .trn, .sat)]
        let inputs: [(String, ElementTypes)] = [
            ("channel", .axis(1, types)), ("position", .axis(0, [.fixed(5, 3, .rndConv, .sat), .int(4)])),
            ("element", .each((0..<6).map { .fixed(4 + $0, 3, $0 % 2 == 0 ? .rnd : .trnZero, .sat) })),
            ("uniform", .uniform(.fixed(7, 4, .rnd, .sat))),
        ]
        let wide = CastOperation(.fixed(30, 10))
        let design = Design(
            io: io, compat: .native, inputs: inputs.map { .init(name: $0.0, shape: [2, 3], type: $0.1) },
            nodes: inputs.map { .init(name: "of_" + $0.0, inputs: [TensorID($0.0)], shape: [2, 3], operation: wide) },
            outputs: inputs.map { TensorID("of_" + $0.0) })
        let numbers = (0..<24).map { place -> Double in
            let whole = place * 37 % 64 - 32
            return Double(16 * whole + place % 7) / 128
        }
        let data = (0..<4).map { Array(numbers[$0 * 6..<$0 * 6 + 6]) }
        let expected = try Emulator(design).predict(data, samples: 1).flatMap { $0 }
        let simulation = try Simulation(design)
        let written = Dictionary(uniqueKeysWithValues: simulation.files.map { ($0.path, $0.bytes) })
        for file in try HLSProject(design, project: "net").emulator(
            written: written, templates: Repository.templateFiles)
        {
            try simulation.folder.write(file.path, file.bytes)
        }
        try simulation.folder.write("main.cpp", Self.callers(numbers, expected))
        try await simulation.shell(
            "g++ -std=c++11 -Wall -Wextra -Werror -Wno-unknown-pragmas -Wno-unused-label -DNET_NO_MAIN "
                + "-Ifirmware/ap_types firmware/*.cpp net_bridge.cpp net_emulator.cpp main.cpp -o library && ./library")
    }

    /// A program that compares what each entry point gives for one sample of the four inputs with what is expected.
    private static func callers(_ numbers: [Double], _ expected: [Double]) -> String {
        func list(_ values: [Double]) -> String { values.map { "\($0)" }.joined(separator: ", ") }
        func pointers(_ number: String) -> String {
            [String](repeating: "\(number) *", count: 8).joined(separator: ", ")
        }
        func parts(_ array: String) -> String { (0..<4).map { "\(array) + \($0 * 6)" }.joined(separator: ", ") }
        return """
            #include "net_emulator.h"
            extern "C" void net_double(\(pointers("double")));
            extern "C" void net_float(\(pointers("float")));
            int main() {
                double x[24] = {\(list(numbers))}, expected[24] = {\(list(expected))}, y[24], z[24];
                float u[24], v[24];
                for (int i = 0; i < 24; i++) u[i] = (float)x[i];
                net_double(\(parts("x")), \(parts("y")));
                net_float(\(parts("u")), \(parts("v")));
                net_emulator *emulator = net_emulator_create();
                int faults = net_emulator_predict(emulator, x, z, 1) != 0;
                net_emulator_destroy(emulator);
                for (int i = 0; i < 24; i++) {
                    faults += (y[i] != expected[i]) + (v[i] != (float)expected[i]) + (z[i] != expected[i]);
                }
                return faults;
            }

            """
    }

    @Test(arguments: IOType.allCases) func everyNodeHasAnEstimate(_ io: IOType) throws {
        let placed = try PlacedDesign(Self.design(io, outputs: ["channels"]))
        let estimate = DesignEstimate(placed, Target(tool: .vitis, family: .ultraScalePlus, period: 5))
        #expect(estimate.layers.map(\.name) == ["halves", "sum", "channels"])
        // Nine additions for each element that is worked on at once.
        let parallel = io == .parallel ? 12 : 3
        #expect(estimate.layers[1].estimate.lut == 9 * 14 * parallel)
    }

    @Test func theDesignIsWrittenAndRead() throws {
        let design = Self.design(.stream, outputs: ["channels", TensorID("halves", 1)])
        // The catalogue knows no operation of a test, so only what lies between them is read back.
        let text = String(decoding: try JSONEncoder().encode(design.nodes[3]), as: UTF8.self)
        #expect(try JSONDecoder().decode(Design.Node.self, from: Data(text.utf8)) == design.nodes[3])
        let ids = try JSONEncoder().encode(design.outputs)
        #expect(String(decoding: ids, as: UTF8.self) == #"["channels",["halves",1]]"#)
        #expect(try JSONDecoder().decode([TensorID].self, from: ids) == design.outputs)
    }

    /// What a design refers to and does not hold is said before anything is written.
    @Test func whatIsMissingIsNamed() throws {
        var design = Self.design(.parallel, outputs: ["channels", TensorID("halves", 2)])
        design.nodes[2].inputs = ["nothing"]
        let error = #expect(throws: DiagnosticError.self) { try PlacedDesign(design) }
        #expect(
            error?.diagnostics.map(\.message) == [
                "layer 'channels' reads a tensor that the design does not hold",
                "the design has no tensor 'halves.2' to give out",
            ])
    }
}

extension FixedType {
    fileprivate func rounded(_ number: Double) -> Double { value(quantize(number)) }
}

/// The first half of the channels, and the second.
private struct Halves: DesignOperation {
    var first: FixedType
    var second: FixedType

    static let key = "test_halves"
    static let kernels: Set<String> = ["halves"]
    var results: [ElementTypes] { [.uniform(first), .uniform(second)] }
    var rtl: RTLForm { .unwritten }
    var summary: OperationSummary { OperationSummary("halves") }

    func outputName(_ index: Int) -> String { index == 1 ? "upper" : "\(index)" }

    func wordBits(_ site: OperationSite) -> Int {
        max(site.input.type.bitsToCast(to: first), site.input.type.bitsToCast(to: second))
    }

    func kernel<W: Word>(_ site: OperationSite) -> Kernel<W> {
        let groups = site.input.groups, half = site.input.channels / 2, fraction = site.input.type.fraction
        let low = Cast<W>(fromFraction: fraction, to: first), high = Cast<W>(fromFraction: fraction, to: second)
        return { inputs, outputs in
            for group in 0..<groups {
                for c in 0..<half {
                    outputs[0][group * half + c] = low(inputs[0][group * 2 * half + c])
                    outputs[1][group * half + c] = high(inputs[0][group * 2 * half + half + c])
                }
            }
        }
    }

    func hls(_ site: OperationSite) -> HLSForm {
        .call(
            HLSCall(
                "halves", header: "nnet_halves",
                members: [.size("n_groups", site.input.groups), .size("n_half", site.input.channels / 2)]))
    }

    func tokens(_ site: OperationSite) -> TokenSchedule { site.elementwise(pipeline: 4) }
    func estimate(_ site: OperationSite, _ target: Target) -> Estimate {
        site.elementwise(depth: 0, Estimate(), target)
    }
}

/// The sum of all that comes in, cast once.
private struct Sum: DesignOperation {
    var result: FixedType

    static let key = "test_sum"
    static let kernels: Set<String> = ["sum_of_all"]
    var results: [ElementTypes] { [.uniform(result)] }
    var rtl: RTLForm { .unwritten }
    var summary: OperationSummary { OperationSummary("sum") }

    private func fraction(_ site: OperationSite) -> Int { site.inputs.map(\.type.fraction).max() ?? 0 }

    func wordBits(_ site: OperationSite) -> Int { site.inputs.map { $0.type.bitsToCast(to: result) + 4 }.max() ?? 0 }

    func kernel<W: Word>(_ site: OperationSite) -> Kernel<W> {
        let fraction = fraction(site), count = site.output.count
        let lifts = site.inputs.map { W(fraction - $0.type.fraction) }
        let cast = Cast<W>(fromFraction: fraction, to: result)
        return { inputs, outputs in
            for index in 0..<count {
                var sum: W = 0
                for (input, lift) in lifts.enumerated() { sum += inputs[input][index] << lift }
                outputs[0][index] = cast(sum)
            }
        }
    }

    func hls(_ site: OperationSite) -> HLSForm {
        .call(
            HLSCall(
                "sum_of_all", header: "nnet_sum",
                members: [.size("n_in", site.input.count), .type("sum_t", .fixed(40, 20))]))
    }

    func tokens(_ site: OperationSite) -> TokenSchedule { site.elementwise(pipeline: 4) }

    func estimate(_ site: OperationSite, _ target: Target) -> Estimate {
        site.elementwise(depth: 1, Estimate(lut: (site.inputs.count - 1) * result.width), target)
    }
}

/// The kernels of the operations above.
private enum TestKernels {
    static var templates: [String: [UInt8]] {
        let names = (1...10).map { "x\($0)" }
        let classes = names.map { "class \($0.uppercased())" }.joined(separator: ", ")
        func sum(_ element: (String) -> String) -> String {
            "Y(" + names.map { "typename C::sum_t(\(element($0)))" }.joined(separator: " + ") + ")"
        }
        let arrays = names.map { "const \($0.uppercased()) \($0)[C::n_in]" }.joined(separator: ", ")
        let streams = names.map { "hls::stream<\($0.uppercased())> &\($0)" }.joined(separator: ", ")
        let files = [
            "nnet_halves.h": """
            #pragma once
            namespace nnet {
            template <class X, class Y1, class Y2, class C>
            void halves(const X x[C::n_groups * 2 * C::n_half], Y1 y1[C::n_groups * C::n_half],
                        Y2 y2[C::n_groups * C::n_half]) {
            #pragma HLS INLINE
                for (unsigned g = 0; g < C::n_groups; g++) {
                    for (unsigned c = 0; c < C::n_half; c++) {
                        y1[g * C::n_half + c] = x[g * 2 * C::n_half + c];
                        y2[g * C::n_half + c] = x[g * 2 * C::n_half + C::n_half + c];
                    }
                }
            }
            }

            """,
            "nnet_halves_stream.h": """
            #pragma once
            #include "nnet_stream.h"
            namespace nnet {
            template <class X, class Y1, class Y2, class C>
            void halves(hls::stream<X> &x, hls::stream<Y1> &y1, hls::stream<Y2> &y2) {
            #pragma HLS INLINE
                for (unsigned g = 0; g < C::n_groups; g++) {
                    const X in = x.read();
                    Y1 low;
                    Y2 high;
                    for (unsigned c = 0; c < C::n_half; c++) {
                        low[c] = in[c];
                        high[c] = in[C::n_half + c];
                    }
                    y1.write(low);
                    y2.write(high);
                }
            }
            }

            """,
            "nnet_sum.h": """
            #pragma once
            namespace nnet {
            template <\(classes), class Y, class C> void sum_of_all(\(arrays), Y y[C::n_in]) {
            #pragma HLS INLINE
                for (unsigned i = 0; i < C::n_in; i++) y[i] = \(sum { "\($0)[i]" });
            }
            }

            """,
            "nnet_sum_stream.h": """
            #pragma once
            #include "nnet_stream.h"
            namespace nnet {
            template <\(classes), class YG, class C> void sum_of_all(\(streams), hls::stream<YG> &y) {
            #pragma HLS INLINE
                typedef typename YG::value_type Y;
                for (unsigned g = 0; g < C::n_in / YG::size; g++) {
            \(names.map { "        const \($0.uppercased()) \($0)_in = \($0).read();\n" }.joined())        YG out;
                    for (unsigned c = 0; c < YG::size; c++) out[c] = \(sum { "\($0)_in[c]" });
                    y.write(out);
                }
            }
            }

            """,
        ]
        return Repository.templateFiles.merging(
            files.map { ("hls/nnet_utils/" + $0.key, Array($0.value.utf8)) }, uniquingKeysWith: { $1 })
    }
}
