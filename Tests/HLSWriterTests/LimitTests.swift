import Basics
import Estimates
import FirmwareSupport
import FixedPoint
import HLSWriter
import LayerKit
@testable import Layers
import Options
import Testing
import TestSupport

/// What a tool does not get through is found before it runs, and written so that it does where that is possible.
@Suite struct LimitTests {
    private static let type = FixedType.fixed(16, 6)

    /// - Parameter once: how many positions at once; nil: all.
    private func dense(
        _ io: IOType, _ n: Int, _ m: Int, positions: Int = 1, at once: Int? = nil,
        accum: FixedType? = .fixed(18, 8, .rndConv, .sat), weight: FixedType = .fixed(8, 2),
        _ strategy: Strategy = .latency, reuse: Int = 1
    ) -> Design {
        var dice = Dice(state: 5)
        let front = positions > 1 ? [positions] : []
        return Fixture.chain(
            io, Self.type, front + [n],
            [
                (
                    "fc", front + [m],
                    Fixture.dense(
                        &dice, n, m, weight: weight, accum: accum, strategy, reuse: reuse, at: once ?? positions)
                )
            ])
    }

    private func faults(_ design: Design, _ dialect: WriterSettings.Dialect) throws -> [Diagnostic] {
        do {
            _ = try Fixture.write(design, Fixture.settings(dialect))
            return []
        } catch let error as DiagnosticError {
            return error.diagnostics
        }
    }

    private func warnings(_ design: Design, _ dialect: WriterSettings.Dialect, part: String? = nil) throws
        -> [Diagnostic]
    {
        var settings = Fixture.settings(dialect)
        if let part { settings.part = part }
        return try HLSProject(design, project: "net").warnings(settings)
    }

    /// 64 x 72 products are two functions of 36 outputs for Vivado HLS; Vitis HLS takes them in one.
    @Test func aLargeLayerIsDividedForTheToolThatRefusesIt() throws {
        let design = dense(.parallel, 64, 72)
        let divided = try Fixture.write(design, Fixture.settings(.vivado))
        #expect(
            divided["firmware/layers/fc.cpp"]?.contains(
                """
                void net_fc(const net_input_t x[64], net_result_t y[72]) {
                #pragma HLS INLINE off
                #pragma HLS PIPELINE II=1
                    net_result_t y1[36];
                #pragma HLS ARRAY_PARTITION variable=y1 complete
                    net_result_t y2[36];
                #pragma HLS ARRAY_PARTITION variable=y2 complete
                    net_fc_part1(x, y1);
                    net_fc_part2(x, y2);
                    for (unsigned i = 0; i < 36; i++) {
                #pragma HLS UNROLL
                        y[0 + i] = y1[i];
                    }
                    for (unsigned i = 0; i < 36; i++) {
                #pragma HLS UNROLL
                        y[36 + i] = y2[i];
                    }
                }
                """) == true)
        let weights = divided.keys.filter { $0.hasPrefix("firmware/weights/") && $0.hasSuffix(".h") }.sorted()
        #expect(
            weights
                == ["part1_bias", "part1_weight", "part2_bias", "part2_weight"].map { "firmware/weights/fc_\($0).h" })
        #expect(divided["firmware/layers/fc_config.h"]?.ranges(of: "struct ").count == 2)
        let whole = try Fixture.write(design, Fixture.settings(.vitis))
        #expect(whole["firmware/layers/fc.cpp"]?.contains("part") == false)
        #expect(whole["firmware/weights/fc_weight.h"] != nil)
    }

    /// The integers of a layer do not show over how many functions it is divided: with reuse beyond the inputs too.
    @Test(
        arguments: [
            (IOType.parallel, 1, 64, 72, Strategy.latency, 1), (.parallel, 6, 16, 48, .latency, 4),
            (.stream, 1, 64, 72, .unrolled, 2), (.stream, 3, 64, 72, .latency, 1),
            (.parallel, 1, 64, 160, .resource, 2),
            (.stream, 2, 64, 160, .resource, 2),
        ])
    func dividedLayersGiveTheSameIntegers(
        _ io: IOType, _ positions: Int, _ n: Int, _ m: Int, _ strategy: Strategy, _ reuse: Int
    ) async throws {
        let design = dense(io, n, m, positions: positions, strategy, reuse: reuse)
        let settings = Fixture.settings(.vivado)
        let text = try #require(try Fixture.write(design, settings)["firmware/layers/fc.cpp"])
        #expect(text.contains("fc_part2("))
        try await expectEqual(design, samples: 12, settings: settings)
    }

    /// Functions that take one position after the other are loops, around which nothing is a pipeline.
    @Test func dividedLayersTakePositionsInTurn() async throws {
        let design = dense(.parallel, 64, 72, positions: 3, at: 1)
        let settings = Fixture.settings(.vivado)
        let text = try #require(try Fixture.write(design, settings)["firmware/layers/fc.cpp"])
        #expect(text.contains("y[216]) {\n#pragma HLS INLINE off\n    net_result_t y1[108];"), "\(text)")
        #expect(text.ranges(of: "#pragma HLS PIPELINE II=1").count == 2)
        try await expectEqual(design, samples: 12, settings: settings)
    }

    /// Words of weights that are too wide for a memory are several memories, for either tool.
    @Test(arguments: WriterSettings.Dialect.allCases) func wideWordsAreDivided(_ dialect: WriterSettings.Dialect) throws
    {
        let files = try Fixture.write(
            dense(.parallel, 64, 160, weight: .fixed(16, 2), .resource, reuse: 2), Fixture.settings(dialect))
        // 32 weights of 16 bits for an output: 128 outputs have a word of 65 536.
        #expect(files["firmware/layers/fc.cpp"]?.contains("fc_part2(x, y2);") == true)
        #expect(files["firmware/layers/fc.cpp"]?.contains("fc_part3") == false)
    }

    /// Names of functions that divide a layer are no layer's.
    @Test func namesOfPartsAreTheirOwn() throws {
        var dice = Dice(state: 5)
        let design = Fixture.chain(
            .parallel, Self.type, [64],
            [
                ("fc", [72], Fixture.dense(&dice, 64, 72)), ("fc_part1", [72], Fixture.relu(Self.type)),
                ("fc_part2", [4], Fixture.dense(&dice, 72, 4)),
            ])
        let files = try Fixture.write(design, Fixture.settings(.vivado))
        #expect(files["firmware/layers/fc.cpp"]?.contains("fc_part1_2(x, y1);") == true)
        #expect(files["firmware/layers/fc_part2.cpp"] != nil)
    }

    @Test func whatCannotBeDividedIsRefusedWithWhatIsLegal() throws {
        // One output of 80 positions of 64 inputs is 5120 products.
        let wide = dense(.parallel, 64, 2, positions: 80)
        let found = try #require(try faults(wide, .vivado).last)
        #expect(
            found.message
                == "layer 'fc': one output alone is 5120 products in a function, Vivado HLS unrolls 4096 at most")
        #expect(found.subject == ["layers", "fc", "strategy"])
        #expect(found.help == "with 'strategy: resource' legal reuse factors are 2, 4, 8, 16, 32, 64, 128")
        #expect(try faults(wide, .vitis).isEmpty)
        #expect(try faults(dense(.stream, 64, 2, positions: 80), .vivado).isEmpty)
        let looped = try faults(dense(.parallel, 64, 2, positions: 80, .resource, reuse: 2), .vivado)
        #expect(looped.map(\.subject) == [["layers", "features"]])
    }

    /// All at once, and each tensor with the layer that makes it.
    @Test func moreRegistersThanTheToolTakesAreRefused() throws {
        let relus = Fixture.chain(
            .parallel, Self.type, [5000],
            [("a", [5000], Fixture.relu(Self.type)), ("b", [5000], Fixture.relu(Self.type))])
        let found = try faults(relus, .vivado)
        #expect(found.map(\.subject) == ["features", "a", "b"].map { ["layers", $0] })
        #expect(found[0].message == "layer 'features': 5000 elements are registers, Vivado HLS takes 4096 at most")
        #expect(found[0].help?.contains("'io: stream'") == true)
        #expect(try faults(relus, .vitis).isEmpty)
        let groups = Fixture.chain(.stream, Self.type, [2, 5000], [("a", [2, 5000], Fixture.relu(Self.type))])
        #expect(try faults(groups, .vivado).count == 2)
        #expect(
            try faults(
                Fixture.chain(.stream, Self.type, [5000, 2], [("a", [5000, 2], Fixture.relu(Self.type))]), .vivado
            ).isEmpty)
    }

    /// What only takes long is said and written all the same.
    @Test func manyProductsAreAWarningForTheToolThatTakesThem() throws {
        let design = dense(.parallel, 256, 80, weight: .fixed(4, 2))
        let found = try warnings(design, .vitis)
        #expect(found.map(\.severity) == [.warning])
        #expect(
            found.first?.message
                == "layer 'fc': 20480 products are unrolled in one function; Vitis HLS takes very long "
                + "for more than some 18518")
        #expect(found.first?.subject == ["layers", "fc", "reuse"])
        #expect(found.first?.help?.hasPrefix("with 'strategy: resource' legal reuse factors are 2, 4, 8") == true)
        #expect(try faults(design, .vitis).isEmpty)
        #expect(try warnings(design, .vivado).isEmpty)
        #expect(try warnings(dense(.parallel, 64, 72), .vitis).isEmpty)
    }

    /// The help is an answer: with it the design fits.
    @Test(arguments: WriterSettings.Dialect.allCases) func aDesignBeyondItsPart(_ dialect: WriterSettings.Dialect)
        throws
    {
        var design = dense(.parallel, 32, 24, weight: .fixed(16, 2))
        let part = "xc7z010-clg400-1"
        let found = try warnings(design, dialect, part: part).filter { $0.message.contains(" DSP, ") }
        let warning = try #require(found.first)
        #expect(found.count == 1)
        #expect(warning.severity == .warning && warning.subject == ["layers", "fc", "reuse"])
        #expect(warning.message.hasPrefix("C synthesis is expected to report "))
        #expect(warning.message.contains(" % of the 80 of xc7z010; layer 'fc' takes "))
        let help = try #require(warning.help)
        let node = design.nodes[0], site = try PlacedDesign(design).sites[0]
        let choice = try #require(
            node.operation.definition.choices(site).first {
                help == "'layers: {fc: {strategy: \($0.strategy.rawValue), reuse: \($0.reuse)}}' is expected to fit"
            })
        #expect(choice.reuse > 1)
        design.nodes[0].operation = Operation(choice.operation)
        #expect(try warnings(design, dialect, part: part).isEmpty)
        #expect(try warnings(design, dialect, part: "nothing").isEmpty)
    }

    /// Where one layer is not enough, all that can take turns: and where nothing is, that is said.
    @Test func severalLayersMakeRoom() throws {
        var dice = Dice(state: 9)
        func chain(_ size: Int) -> Design {
            Fixture.chain(
                .parallel, Self.type, [size],
                ["a", "b"].map { ($0, [size], Fixture.dense(&dice, size, size, weight: .fixed(16, 2))) })
        }
        let both = try #require(try warnings(chain(24), .vitis, part: "xc7z010-clg400-1").first)
        #expect(both.help?.hasPrefix("'layers: {a: {strategy: latency, reuse: ") == true)
        #expect(both.help?.contains(", b: {strategy: latency, reuse: ") == true)
        let relus = Fixture.chain(.parallel, Self.type, [4000], [("a", [4000], Fixture.relu(Self.type))])
        let none = try #require(try warnings(relus, .vitis, part: "xc7z010-clg400-1").first)
        #expect(none.subject == ["layers", "a", "reuse"])
        #expect(
            none.help == "no legal reuse factor and strategy is expected to fit: take narrower types or a larger part")
    }
}
