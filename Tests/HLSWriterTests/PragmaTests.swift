import FirmwareSupport
import FixedPoint
import HLSWriter
import LayerKit
@testable import Layers
import Options
import Testing
import TestSupport

/// A word that the vendor's front end does not know is dropped with a warning and the design is slow or huge: what is
/// written is checked here instead.
@Suite struct PragmaTests {
    /// Patterns of the pragmas that the writer may use; `#` stands for a number, `*` for a name.
    private static let legal = [
        "INLINE off", "PIPELINE II=#", "PIPELINE II=# style=*", "PIPELINE II=# enable_flush", "DATAFLOW", "UNROLL",
        "ALLOCATION operation instances=mul limit=#",
        "ARRAY_PARTITION variable=* complete dim=0", "ARRAY_RESHAPE variable=* complete dim=0",
        "ARRAY_PARTITION variable=* complete", "DATA_PACK variable=*",
        "INTERFACE ap_vld port=*", "INTERFACE axis port=*", "INTERFACE ap_fifo port=*", "STREAM variable=* depth=#",
    ]

    private static func pattern(_ pragma: Substring) -> String {
        pragma.split(separator: " ").map { word in
            guard let equals = word.firstIndex(of: "=") else { return String(word) }
            let key = word[...equals], value = word[word.index(after: equals)...]
            if key == "instances=" || key == "dim=" { return String(word) }
            return key + (Int(value) == nil ? "*" : "#")
        }.joined(separator: " ")
    }

    private func pragmas(_ files: [String: String]) -> [Substring] {
        files.filter { !$0.key.contains("nnet_utils") && !$0.key.contains("ap_types") }.values
            .flatMap { $0.split(separator: "\n") }
            .filter { $0.hasPrefix("#pragma HLS ") }.map { $0.dropFirst("#pragma HLS ".count) }
    }

    @Test(arguments: IOType.allCases, WriterSettings.Dialect.allCases)
    func onlyKnownWords(_ io: IOType, _ dialect: WriterSettings.Dialect) throws {
        var dice = Dice(state: 2)
        var design = try Fixture.tagger(io)
        design.nodes[2].operation = .init(Fixture.dense(&dice, 64, 32, .resource, reuse: 16))
        design.nodes[4].operation = .init(Fixture.dense(&dice, 32, 32, reuse: 4))
        design.outputs.append("fc2")
        let found = pragmas(try Fixture.write(design, Fixture.settings(dialect)))
        #expect(!found.isEmpty)
        for pragma in found { #expect(Self.legal.contains(Self.pattern(pragma)), "\(pragma)") }
    }

    @Test func pipelineTakesTheSlowestLayersInterval() throws {
        var design = try Fixture.tagger(.parallel)
        // Two shifts and additions, and three constants of three digits, two of which differ in sign alone.
        design.nodes[4].operation = Self.repeated([3, 5, 11, -11, 13, 0, 64, 11], 32, 32, reuse: 4)
        let files = try Fixture.write(design)
        #expect(
            files["firmware/net.cpp"]?.contains("complete dim=0\n#pragma HLS INTERFACE ap_vld port=features\n") == true)
        #expect(files["firmware/net.cpp"]?.contains("\n#pragma HLS PIPELINE II=4\n\n") == true)
        #expect(
            files["firmware/layers/fc3.cpp"]?.contains(
                """
                void net_fc3(const net_relu2_t x[32], net_fc3_t y[32]) {
                #pragma HLS INLINE off
                #pragma HLS PIPELINE II=4
                #pragma HLS ALLOCATION operation instances=mul limit=24
                    nnet::dense_latency<net_relu2_t, net_fc3_t, net_fc3_config>(x, y, net_fc3_weight, net_fc3_bias);
                }
                """) == true)
    }

    /// A dense layer every row of whose weights repeats the same integers.
    private static func repeated(_ raw: [Int64], _ n: Int, _ m: Int, reuse: Int, at once: Int = 1) -> Operation {
        var dice = Dice(state: 2)
        let weights = (0..<n * m).map { raw[$0 % m % raw.count] }
        var operation = DenseOperation(
            weight: QuantizedTensor(type: .fixed(8, 2), shape: [n, m], raw: weights),
            bias: dice.tensor([m], .fixed(8, 2)), accum: .fixed(24, 12), resultType: .fixed(16, 6),
            strategy: .latency, reuse: reuse, exactSum: false)
        operation.parallelization = once
        return Operation(operation)
    }

    /// What needs no multiplier is not counted, copies side by side have one limit, and the older tool takes `-c` for
    /// `c`.
    @Test(
        arguments: [
            ([11, -11, 11, 3], WriterSettings.Dialect.vitis, 1, "limit=8"), ([11, -11, 11, 3], .vivado, 1, "limit=4"),
            ([3, 5, 0, 64, -7], .vitis, 1, nil), ([11, 3], .vitis, 6, "limit=24"),
        ] as [([Int64], WriterSettings.Dialect, Int, String?)])
    func onlyWhatNeedsAMultiplierIsCounted(
        _ raw: [Int64], _ dialect: WriterSettings.Dialect, _ positions: Int, _ limit: String?
    ) throws {
        let design = Design(
            io: .parallel, compat: .native,
            inputs: [.init(name: "x", shape: [positions, 16], type: FixedType.fixed(16, 6))],
            nodes: [
                .init(
                    name: "fc", inputs: ["x"], shapes: [[positions, 8]],
                    operation: Self.repeated(raw, 16, 8, reuse: 4, at: positions))
            ], outputs: ["fc"])
        let files = try Fixture.write(design, Fixture.settings(dialect))
        let limits = pragmas(files).filter { $0.hasPrefix("ALLOCATION") }.map { $0.split(separator: " ").last ?? "" }
        #expect(limits.map(String.init) == [limit].compactMap { $0 })
    }

    /// In a dataflow region every tensor has one writer and one reader, the writer first.
    @Test(arguments: IOType.allCases) func dataflowHasOneReader(_ io: IOType) throws {
        var dice = Dice(state: 2)
        var design = try Fixture.tagger(io)
        design.nodes[2].operation = .init(Fixture.dense(&dice, 64, 32, .resource, reuse: 16))
        design.nodes.append(.init(name: "side", inputs: ["relu2"], shape: [32], operation: Fixture.relu(.fixed(8, 3))))
        design.outputs += ["side", "relu2"]
        let source = try #require(try Fixture.write(design)["firmware/net.cpp"])
        let body = try #require(source.split(separator: "#pragma HLS DATAFLOW").last)
        #expect(body.contains("net_relu2_copy(relu2_tensor, relu2_to_fc3, relu2_to_side, relu2_out);"))
        var uses: [Substring: Int] = [:]
        for line in body.split(separator: "\n") where line.hasSuffix(");") && !line.contains("hls::stream") {
            let arguments = line.drop { $0 != "(" }.dropFirst().dropLast(2)
            for name in arguments.split(separator: ",") { uses[name.drop { $0 == " " }, default: 0] += 1 }
        }
        let ports: Set<Substring> = ["features", "softmax_out", "side_out", "relu2_out"]
        for (name, count) in uses { #expect(count == (ports.contains(name) ? 1 : 2), "\(name)") }
    }
}
