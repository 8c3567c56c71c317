import Basics
import FixedPoint
import HLSWriter
import LayerKit
@testable import Layers
import Options
import Testing
import TestSupport

@Suite struct StructureTests {
    @Test(arguments: IOType.allCases) func filesOfTheTagger(_ io: IOType) throws {
        let files = try HLSProject(try Fixture.tagger(io), project: Fixture.settings(project: "jets").project).files(
            Fixture.settings(project: "jets"), templates: Repository.templateFiles)
        let own = files.map(\.path).filter { !$0.contains("nnet_utils") && !$0.contains("ap_types") }
        let dense = ["fc1", "fc2", "fc3", "output_layer"]
        let layers = dense + ["relu1", "relu2", "relu3", "softmax"]
        let constants = dense.flatMap { ["\($0)_bias", "\($0)_weight"] } + ["softmax_exp_table", "softmax_inv_table"]
        let expected =
            [
                "README.md", "project.tcl", "ip.tcl", "bench.tcl", "hls.tcl", "reuse.tcl", "csim.tcl", "synth.tcl",
                "cosim.tcl", "export.tcl", "vsynth.tcl", "build_prj.tcl", "csim.cfg", "synth.cfg", "cosim.cfg",
                "export.cfg", "jets_bridge.cpp", "jets_marshal.h", "jets_test.cpp", "firmware/jets.cpp",
                "firmware/jets.h", "firmware/defines.h", "firmware/parameters.h",
            ] + (io == .stream ? ["kernel.tcl"] : []) + dense.map { "firmware/layers/\($0).cpp" }
            + layers.flatMap { ["firmware/layers/\($0).h", "firmware/layers/\($0)_config.h"] }
            + (["input", "result"] + layers.dropLast()).map { "firmware/types/\($0).h" }
            + constants.flatMap { ["firmware/weights/\($0).h", "firmware/weights/\($0).txt"] }
        #expect(own.sorted() == expected.sorted())
        #expect(files.map(\.path) == files.map(\.path).sorted())
        let kernels = files.map(\.path).filter { $0.contains("nnet_utils") }
        #expect(kernels.contains { $0.hasSuffix("_stream.h") } == (io == .stream))
        #expect(!kernels.contains { $0.contains("batchnorm") })
    }

    @Test func sameInputsGiveTheSameBytes() throws {
        let design = try Fixture.tagger(.stream)
        let again = Dictionary(uniqueKeysWithValues: Repository.templateFiles.shuffled().map { ($0.key, $0.value) })
        let first = try HLSProject(design, project: Fixture.settings().project).files(
            Fixture.settings(), templates: Repository.templateFiles)
        #expect(
            try HLSProject(design, project: Fixture.settings().project).files(Fixture.settings(), templates: again)
                == first)
    }

    /// Weights stand one output a line, and the text file holds the same numbers.
    @Test func weights() throws {
        let weight = QuantizedTensor(type: .fixed(6, 2), shape: [2, 3], raw: [1, 2, 3, -4, 5, -32])
        let bias = QuantizedTensor(type: .int(1, signed: false), shape: [3], raw: [0, 0, 0])
        let operation = DenseOperation(
            weight: weight, bias: bias, accum: nil, resultType: .fixed(9, 5), strategy: .distributedArithmetic,
            reuse: 1,
            exactSum: true)
        let files = try Fixture.write(
            Fixture.chain(.parallel, .fixed(4, 2), [2], [("Dense/1", [3], operation)]))
        #expect(
            files["firmware/weights/Dense_1_weight.h"]?.contains(
                """
                static const ap_fixed<6,2> net_Dense_1_weight[6] = {
                    0.0625, -0.25,
                    0.125, 0.3125,
                    0.1875, -2
                };
                """) == true)
        #expect(
            files["firmware/weights/Dense_1_weight.h"]?.contains(
                "\n// Shape 2 x 3 (inputs x outputs), output by output: net_Dense_1_weight[j * 2 + i] is the one of input i"
                    + " for output j.\n") == true)
        #expect(
            files["firmware/weights/Dense_1_bias.h"]?.contains(
                "\n// Shape 3: net_Dense_1_bias[i] is the one of element i.\n") == true)
        #expect(files["firmware/weights/Dense_1_weight.txt"] == "0.0625,-0.25,\n0.125,0.3125,\n0.1875,-2\n")
        // The sums reach from -4.375 to 3.5 at 6 places behind the point.
        #expect(files["firmware/layers/Dense_1_config.h"]?.contains("typedef ap_fixed<10,4> accum_t;") == true)
    }

    private func failure(
        _ design: Design, _ settings: WriterSettings = Fixture.settings(),
        _ templates: [String: [UInt8]] = Repository.templateFiles
    ) -> Diagnostic? {
        do {
            _ = try HLSProject(design, project: settings.project).files(settings, templates: templates)
            return nil
        } catch {
            return error.diagnostics.first
        }
    }

    @Test func refusals() throws {
        let design = try Fixture.tagger(.parallel)
        #expect(failure(design, Fixture.settings(project: "signal"))?.message == "'signal' cannot name the firmware")
        #expect(failure(design, Fixture.settings(project: "a__b"))?.help?.hasSuffix("'a_b'") == true)
        var templates = Repository.templateFiles
        templates["firmware/top.cpp"] = nil
        #expect(failure(design, Fixture.settings(), templates)?.message == "the template firmware/top.cpp is missing")

        let limited = ReLUOperation(
            resultType: .fixed(8, 3), maximum: Constant(1, as: .fixed(8, 3)),
            threshold: Constant(0.5, as: .fixed(8, 3)),
            inclusive: false, slope: nil)
        let unsupported = failure(Fixture.chain(.parallel, .fixed(8, 3), [2], [("act", [2], limited)]))
        #expect(unsupported?.subject == ["layers", "act"])
        #expect(
            unsupported?.message
                == "layer 'act' cannot be written: an exclusive threshold together with a maximum or a slope")

        let wide = QuantizedTensor(type: .fixed(60, 2), shape: [1, 1], raw: [1 << 58 | 1])
        let dense = DenseOperation(
            weight: wide, bias: .init(type: .fixed(8, 2), shape: [1], raw: [1]), accum: .fixed(60, 4),
            resultType: .fixed(9, 5), strategy: .latency, reuse: 1, exactSum: false)
        #expect(
            failure(Fixture.chain(.parallel, .fixed(4, 2), [1], [("fc", [1], dense)]))?.message
                == "layer 'fc': a constant of weight has more than 53 significant bits")
    }
}
