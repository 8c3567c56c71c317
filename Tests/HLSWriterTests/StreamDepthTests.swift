import Basics
import FixedPoint
import HLSWriter
import LayerKit
@testable import Layers
import Options
import Testing
import TestSupport

@Suite struct StreamDepthTests {
    private static let type = FixedType.fixed(8, 3)

    /// 64 positions of four channels: two layers on each element, then a product over everything, which takes the
    /// positions as they come.
    private static func image(depth: Int? = nil) -> Design {
        var dice = Dice(state: 7)
        var design = Fixture.chain(
            .stream, type, [8, 8, 4],
            [
                ("relu1", [8, 8, 4], Fixture.relu(type)), ("relu2", [8, 8, 4], Fixture.relu(type)),
                ("flatten", [256], ReshapeOperation(resultType: .uniform(type))),
                ("fc1", [5], Fixture.dense(&dice, 256, 5)), ("relu3", [5], Fixture.relu(type)),
            ])
        design.nodes[0].fifoDepth = depth
        return design
    }

    /// A chain passes its tokens on: two places wherever several pass, one for a single one; not the whole tensor.
    @Test func aChainNeedsTwoPlaces() throws {
        let streams = try HLSProject(Self.image(), project: "net").streams
        #expect(streams.map(\.variable) == ["relu1_out", "relu2_out", "fc1_out"])
        #expect(streams.map(\.layer) == ["relu1", "relu2", "fc1"])
        #expect(streams.map(\.tokens) == [64, 64, 1])
        #expect(streams.map(\.depth) == [2, 2, 1])
        #expect(streams.map(\.reader) == ["relu2", "fc1", "relu3"])
        let text = try Fixture.write(Self.image())["firmware/net.cpp"] ?? ""
        for stream in streams {
            #expect(text.contains("#pragma HLS STREAM variable=\(stream.variable) depth=\(stream.depth)\n"))
        }
    }

    /// Depths stand in what csim compiles, so no clock and no part may move them.
    @Test func clockAndPartChangeNoSource() throws {
        var other = Fixture.settings()
        other.clockPeriod = "1.5"
        other.part = "xc7z020clg400-1"
        let first = try Fixture.write(Self.image()), second = try Fixture.write(Self.image(), other)
        for (path, text) in first where path.hasPrefix("firmware/") { #expect(second[path] == text) }
    }

    @Test func aStatedDepthIsWritten() throws {
        let design = Self.image(depth: 33)
        let streams = try HLSProject(design, project: "net").streams
        #expect(streams.map(\.depth) == [33, 2, 1])
        #expect(streams.map(\.isStated) == [true, false, false])
        // The product takes more cycles than the tokens that it gathers, so that they wait for it.
        #expect(streams[0].mayFill == true)
        #expect(try HLSProject(design, project: "net").warnings(Fixture.settings()).isEmpty)
    }

    /// One place takes a token every other cycle: said, with what would do.
    @Test func aStatedDepthThatSlowsIsTold() throws {
        let warnings = try HLSProject(Self.image(depth: 1), project: "net").warnings(Fixture.settings())
        #expect(warnings.count == 1)
        #expect(warnings.first?.subject == ["layers", "relu1", "fifo_depth"])
        #expect(warnings.first?.message.contains("'relu1_out' of layer 'relu1' holds 1") == true)
        #expect(warnings.first?.help?.hasPrefix("write 2,") == true)
    }

    /// Two readers: a process that copies, each reader its own FIFO.
    @Test func copiesHaveFIFOs() throws {
        var design = Self.image()
        design.outputs = ["relu3", "relu1"]
        let streams = try HLSProject(design, project: "net").streams
        #expect(streams.map(\.variable).contains("relu1_to_relu2"))
        #expect(streams.allSatisfy { $0.depth <= 2 })
    }

    @Test func arraysHaveNone() throws {
        var design = Self.image()
        design.io = .parallel
        #expect(try HLSProject(design, project: "net").streams.isEmpty)
    }
}
