import FixedPoint
import Estimates
import HLSWriter
import LayerKit
@testable import Layers
import Options
import Testing
import TestSupport

/// Views of streams: a reader that gathers whole vectors takes the tokens that there are, every other has them
/// regrouped.
@Suite struct ViewTests {
    private static let type = FixedType.fixed(8, 3)
    private static let view = ReshapeOperation(resultType: .uniform(type))

    /// A relu gives `from`, which is viewed as each of `shapes` in turn; a dense layer reads the last.
    private static func design(
        _ from: Shape, _ shapes: [Shape], _ strategy: Strategy = .latency, reuse: Int = 1, _ io: IOType = .stream
    ) -> Design {
        var dice = Dice(state: 9)
        let last = shapes[shapes.count - 1], n = last[last.count - 1]
        var nodes: [(String, Shape, any DesignOperation)] = [("act", from, Fixture.relu(type))]
        for (index, shape) in shapes.enumerated() { nodes.append(("view\(index + 1)", shape, view)) }
        nodes.append(("fc", last.dropLast() + [3], Fixture.dense(&dice, n, 3, strategy, reuse: reuse)))
        return Fixture.chain(io, type, from, nodes)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var from: Shape
        var shapes: [Shape]
        /// Names of the processes between the two layers.
        var processes: [String]
        /// Tokens that the dense layer reads.
        var tokens: Int

        var testDescription: String { "\(from) \(shapes)" }
    }

    static let cases = [
        Case(from: [4, 6], shapes: [[24]], processes: [], tokens: 4),
        Case(from: [2, 2, 6], shapes: [[24]], processes: [], tokens: 4),
        // Two vectors of two tokens each.
        Case(from: [4, 6], shapes: [[2, 12]], processes: [], tokens: 4),
        // Whatever lies between the two.
        Case(from: [4, 6], shapes: [[3, 8], [24]], processes: [], tokens: 4),
        Case(from: [4, 6], shapes: [[3, 8], [24], [2, 12], [1, 24]], processes: [], tokens: 4),
        // A vector begins within a token.
        Case(from: [4, 6], shapes: [[3, 8]], processes: ["view1"], tokens: 3),
        Case(from: [4, 6], shapes: [[24], [3, 8]], processes: ["view1", "view2"], tokens: 3),
        Case(from: [2, 8], shapes: [[4, 4]], processes: ["view1"], tokens: 4),
        // The same groups.
        Case(from: [2, 2, 6], shapes: [[4, 6]], processes: [], tokens: 4),
    ]

    @Test(arguments: cases) func gathering(_ test: Case) async throws {
        let design = Self.design(test.from, test.shapes)
        let streams = try HLSProject(design, project: "net").streams
        #expect(streams.map(\.writer) == ["act"] + test.processes)
        #expect(streams.last?.reader == "fc" && streams.last?.tokens == test.tokens)
        try await expectEqual(design, samples: 20)
    }

    @Test(arguments: [(Strategy.resource, 4), (.unrolled, 1), (.distributedArithmetic, 1)])
    func strategies(_ strategy: Strategy, _ reuse: Int) async throws {
        let design = Self.design([4, 6], [[2, 12]], strategy, reuse: reuse)
        #expect(try HLSProject(design, project: "net").streams.count == 1)
        try await expectEqual(design, samples: 20)
    }

    /// An element that is wider than a bus, and none that is.
    @Test func noGiantWord() throws {
        let files = try Fixture.write(Self.design([64, 16], [[1024]]))
        #expect(files["firmware/types/view1.h"] == nil)
        #expect(files["firmware/net.cpp"]?.contains("net_fc(act_out, fc_out);") == true)
    }

    /// Another reader takes elements of its own, the outside does, or nobody but a copy.
    @Test func otherReaders() async throws {
        var design = Self.design([4, 6], [[24]])
        design.nodes.append(.init(name: "side", inputs: ["view1"], shape: [24], operation: Fixture.relu(Self.type)))
        design.outputs.append("side")
        let processes = { (design: Design) in try HLSProject(design, project: "net").streams.map(\.writer) }
        #expect(try processes(design).contains("view1"))
        try await expectEqual(design, samples: 10)
        design.nodes[3].inputs = ["act"]
        design.nodes[3].shapes = [[4, 6]]
        #expect(try !processes(design).contains("view1"))
        try await expectEqual(design, samples: 10)
        design.outputs = ["fc", "view1"]
        #expect(try processes(design).contains("view1"))
        try await expectEqual(design, samples: 10)
    }

    /// What is estimated is what is written: the view costs nothing, and the dense layer reads each token.
    @Test func estimates() throws {
        let target = Target(tool: .vitis, family: .ultraScalePlus, period: 5)
        func estimate(_ from: Shape, _ shapes: [Shape]) throws -> [String: Estimate] {
            let layers = try DesignEstimate(PlacedDesign(Self.design(from, shapes)), target).layers
            return Dictionary(uniqueKeysWithValues: layers.map { ($0.name, $0.estimate) })
        }
        let through = try estimate([4, 6], [[24]]), whole = try estimate([24], [[1, 24]])
        #expect(through["view1"]?.latency == 0 && through["view1"]?.ff == 0)
        let first = try #require(through["fc"]), second = try #require(whole["fc"])
        #expect(first.latency == second.latency + 4 && first.dsp == second.dsp)
        #expect(try estimate([4, 6], [[3, 8]])["view1"]?.latency != 0)
    }

    @Test func arraysKeepTheirShapes() async throws {
        let placed = try PlacedDesign(Self.design([4, 6], [[24]], .latency, .parallel))
        #expect(placed.sites[2].input.shape == [24])
        let stream = try PlacedDesign(Self.design([4, 6], [[24]]))
        #expect(stream.sites[2].input.shape == [4, 6] && stream["view1"].shape == [24])
    }
}
