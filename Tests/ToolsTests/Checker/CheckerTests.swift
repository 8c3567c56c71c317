import HLSWriter
import LayerKit
@testable import Layers
import Options
import Testing

/// Written projects keep the rules, and the rules find what breaks them.
@Suite struct CheckerTests {
    static func written(_ design: Design, _ target: PragmaTable.Target) throws -> [String: String] {
        let settings = WriterSettings(
            project: "net", dialect: target == .vivado ? .vivado : .vitis, part: "xcvu13p-flga2577-2-e",
            clockPeriod: "5")
        let files = try HLSWriter.write(design, settings: settings, templates: Corpus.templates)
        return Dictionary(uniqueKeysWithValues: files.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) })
    }

    static func corpus() throws -> [(String, Design)] {
        var designs: [(String, Design)] = [("small", try Corpus.small())]
        for io in IOType.allCases {
            designs.append(("tagger \(io)", try Corpus.tagger(io)))
            designs.append(("tagger with reuse \(io)", try Corpus.tagger(io, .latency, reuse: 4)))
            for strategy in [Strategy.resource, .unrolled, .distributedArithmetic] {
                designs.append(
                    ("tagger \(io) \(strategy)", try Corpus.tagger(io, strategy, reuse: strategy == .resource ? 16 : 1))
                )
            }
            designs.append(
                ("one multiplier \(io)", Corpus.chain(io, 4, [("fc1", 6, Corpus.dense(4, 6, .resource, reuse: 24))])))
            designs.append(("fork \(io)", try Corpus.fork(io)))
            for method in SoftmaxImplementation.allCases {
                designs.append(
                    ("softmax \(io) \(method)", Corpus.chain(io, 5, [("softmax", 5, try Corpus.softmax(5, method))])))
            }
        }
        return designs
    }

    @Test(arguments: PragmaTable.Target.allCases) func everyWrittenProjectKeepsTheRules(_ target: PragmaTable.Target)
        throws
    {
        for (name, design) in try Self.corpus() {
            let findings = Checker(try Self.written(design, target), target).findings()
            let texts = Set(findings.map(\.description)).sorted().prefix(5)
            #expect(texts.isEmpty, "\(name)")
        }
    }

    /// The checker reads what it is said to read: pragmas, functions and loops of a project are all there.
    @Test func nothingIsOverlooked() throws {
        let files = try Self.written(try Corpus.tagger(.stream, .resource, reuse: 16), .vitis)
        for (path, text) in files
        where path.hasPrefix("firmware/") && !path.contains("ap_types") && !path.contains("weights") {
            let source = CheckedSource(path, text, .vitis)
            let kept = source.lines.count { $0.contains("#pragma HLS") }
            #expect(source.root.all.reduce(0) { $0 + $1.pragmas.count } == kept, "\(path)")
            let loops = source.lines.count { $0.contains("for (unsigned") && $0.contains("{") }
            #expect(source.root.all.count { $0.kind == .loop } >= loops, "\(path)")
        }
        let top = CheckedSource("net.cpp", files["firmware/net.cpp"] ?? "", .vitis)
        #expect(top.root.blocks.contains { $0.kind == .function && $0.pragma("dataflow") != nil })
    }

    struct Mistake: Sendable, CustomTestStringConvertible {
        var file: String
        var right: String
        var wrong: String
        var rule: String
        var target = PragmaTable.Target.vitis

        var testDescription: String { "\(rule): \(wrong)" }
    }

    static let mistakes: [Mistake] = [
        Mistake(file: "firmware/net.cpp", right: "DATAFLOW", wrong: "DATAFLO", rule: "word"),
        Mistake(file: "firmware/net.cpp", right: "depth=1", wrong: "deph=1", rule: "word"),
        Mistake(file: "firmware/net.cpp", right: "depth=1", wrong: "depth=0", rule: "value"),
        Mistake(file: "firmware/net.cpp", right: " depth=1", wrong: "", rule: "stream"),
        Mistake(
            file: "firmware/net.cpp", right: "INTERFACE axis port=features", wrong: "INTERFACE port=features axis",
            rule: "order"),
        Mistake(file: "firmware/net.cpp", right: "axis port=features", wrong: "axis port=feature", rule: "place"),
        Mistake(file: "firmware/net.cpp", right: "axis port", wrong: "axi port", rule: "order"),
        Mistake(
            file: "firmware/net.cpp", right: "STREAM variable=fc1_out", wrong: "STREAM variable=fc1_outt", rule: "place"
        ),
        Mistake(file: "firmware/net.cpp", right: "DATAFLOW", wrong: "DATAFLOW\n#pragma HLS INLINE", rule: "dataflow"),
        Mistake(
            file: "firmware/net.cpp", right: "    fc1(features, fc1_out);",
            wrong: "    fc1(features, fc1_out);\n    relu1(fc1_out, fc1_out);", rule: "dataflow"),
        Mistake(
            file: "firmware/net.cpp", right: "    fc1(features, fc1_out);",
            wrong: "    if (1) { fc1(features, fc1_out); }", rule: "dataflow"),
        Mistake(
            file: "firmware/net.cpp", right: "    fc1(features, fc1_out);",
            wrong: "    int x = 3;\n    fc1(features, fc1_out);", rule: "dataflow"),
        Mistake(file: "firmware/net.cpp", right: "INLINE off", wrong: "INLINE", rule: "dataflow"),
        Mistake(
            file: "firmware/net.cpp", right: "hls::stream<input_t> &features", wrong: "hls::stream<input_t> features",
            rule: "stream"),
        Mistake(
            file: "firmware/net.cpp", right: "STREAM variable=fc1_out depth=1",
            wrong: "STREAM variable=fc1_out depth=1 dim=1", rule: "word"),
        Mistake(
            file: "firmware/nnet_utils/nnet_dense_resource.h", right: "PIPELINE II=1", wrong: "PIPELINE", rule: "ii"),
        Mistake(
            file: "firmware/nnet_utils/nnet_dense_resource.h", right: "PIPELINE II=1", wrong: "PIPELINE II=1 rewind",
            rule: "rewind"),
        Mistake(
            file: "firmware/nnet_utils/nnet_dense_resource.h", right: "PIPELINE II=1",
            wrong: "PIPELINE II=1 enable_flush", rule: "target"),
        Mistake(
            file: "firmware/nnet_utils/nnet_dense_resource.h", right: "block factor=lanes",
            wrong: "complete factor=lanes", rule: "partition"),
        Mistake(
            file: "firmware/nnet_utils/nnet_dense_resource.h", right: "block factor=lanes", wrong: "block",
            rule: "partition"),
        Mistake(
            file: "firmware/nnet_utils/nnet_dense_resource.h", right: "block factor=lanes", wrong: "block factor=1",
            rule: "value"),
        Mistake(
            file: "firmware/nnet_utils/nnet_dense_resource.h", right: "#ifdef __VITIS_HLS__",
            wrong: "#ifndef __VITIS_HLS__", rule: "target"),
        Mistake(
            file: "firmware/nnet_utils/nnet_dense_resource.h", right: "#ifdef __VITIS_HLS__",
            wrong: "#ifndef __VITIS_HLS__", rule: "target", target: .vivado),
        Mistake(
            file: "firmware/nnet_utils/nnet_dense_resource.h", right: "type=rom_np impl=bram",
            wrong: "type=rom_np impl=uram", rule: "value"),
        Mistake(
            file: "firmware/nnet_utils/nnet_dense_resource.h", right: "#pragma HLS UNROLL\n        s[i]",
            wrong: "        s[i]", rule: "automatic"),
        Mistake(
            file: "firmware/nnet_utils/nnet_dense_resource.h", right: "t < taps", wrong: "t < count(r)", rule: "bound"),
        Mistake(
            file: "firmware/nnet_utils/nnet_dense_resource.h", right: "#pragma HLS UNROLL\n        Taps:",
            wrong: "#pragma HLS PIPELINE II=1\n        Taps:", rule: "nesting"),
        Mistake(
            file: "firmware/nnet_utils/nnet_dense_resource.h", right: "core=ROM_nP_BRAM", wrong: "core=ROM_nP_BRAMS",
            rule: "value", target: .vivado),
        Mistake(
            file: "firmware/nnet_utils/nnet_dense_resource.h", right: "    data_T s[",
            wrong: "    static int calls = 0;\n    data_T s[", rule: "state"),
        Mistake(
            file: "firmware/nnet_utils/nnet_dense_resource.h", right: "    data_T s[",
            wrong: "    int *p = new int[3];\n    data_T s[", rule: "language"),
        Mistake(
            file: "firmware/layers/fc1_config.h", right: "weight_t;",
            wrong: "weight_t;\n    typedef ap_fixed<1200,20> accum_t;", rule: "width"),
        Mistake(file: "firmware/layers/fc1_config.h", right: "n_out = 64", wrong: "n_out = 131072", rule: "word"),
        Mistake(
            file: "firmware/layers/fc1_config.h", right: "n_out = 64", wrong: "n_out = 8192", rule: "unroll",
            target: .vivado),
        Mistake(
            file: "firmware/layers/fc1_config.h", right: "n_out = 64", wrong: "n_out = 5000", rule: "elements",
            target: .vivado),
        Mistake(file: "firmware/layers/fc1.cpp", right: "INLINE off", wrong: "INLINE of", rule: "word"),
        Mistake(file: "hls.tcl", right: "-std=c++14", wrong: "-std=c++20", rule: "dialect"),
        Mistake(file: "hls.tcl", right: "-std=c++0x", wrong: "-std=c++17", rule: "dialect", target: .vivado),
    ]

    /// What the mistakes are made in, by target.
    private static let stream: [PragmaTable.Target: [String: String]] = {
        var files: [PragmaTable.Target: [String: String]] = [:]
        for target in PragmaTable.Target.allCases {
            files[target] = try? written(Corpus.tagger(.stream, .resource, reuse: 16), target)
        }
        return files
    }()

    @Test(arguments: mistakes) func mistakesAreFound(_ mistake: Mistake) throws {
        var files = try #require(Self.stream[mistake.target])
        let text = try #require(files[mistake.file])
        let changed = text.replacing(mistake.right, with: mistake.wrong)
        try #require(changed != text)
        files[mistake.file] = changed
        let findings = Checker(files, mistake.target).findings()
        #expect(findings.contains { $0.rule == mistake.rule }, "\(findings.prefix(5).map(\.description))")
    }

    /// The words of the parallel form, and its limits.
    @Test func parallelMistakesAreFound() throws {
        let files = try Self.written(try Corpus.tagger(.parallel, .latency, reuse: 4), .vitis)
        func rules(_ file: String, _ right: String, _ wrong: String, _ target: PragmaTable.Target = .vitis) throws
            -> Set<String>
        {
            var files = files
            let changed = try #require(files[file]).replacing(right, with: wrong)
            #expect(changed != files[file])
            files[file] = changed
            return Set(Checker(files, target).findings().map(\.rule))
        }
        let fc1 = "firmware/layers/fc1.cpp", top = "firmware/net.cpp"
        #expect(
            try rules(fc1, "operation instances=mul limit=256", "instances=mul limit=256 operation").contains("order"))
        #expect(try rules(fc1, "instances=mul limit=256", "instances=mul").contains("word"))
        #expect(try rules(fc1, "PIPELINE II=4", "PIPELINE II=0").contains("value"))
        #expect(try rules(top, "input_t features[16]", "input_t features[16384]").contains("word"))
        #expect(try rules(top, "features complete dim=0", "features compleat dim=0").contains("word"))
        #expect(try rules(top, "fc1_t fc1_out[64]", "fc1_t fc1_out[5000]", .vivado).contains("elements"))
    }
}
