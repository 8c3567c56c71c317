import FixedPoint
import Options
import Testing

@testable import Optimizer

@Suite struct FuseConsecutiveBatchNormalizationTests {
    static let before = [
        "x = input() [2]", "a = batchNormalization(x) [2] scale 2 3 bias 1 -1",
        "b = batchNormalization(a) [2] scale 0.5 4 bias 0.25 7", "return b",
    ]
    /// Scales multiply; the first offset is scaled by the second layer.
    static let after = ["x = input() [2]", "b = batchNormalization(x) [2] scale 1 12 bias 0.75 3", "return b"]

    @Test func twoBecomeOne() throws {
        try expect(.fuseConsecutiveBatchNormalization, Self.before, gives: Self.after)
    }

    @Test func threeBecomeOne() throws {
        try expect(
            .fuseConsecutiveBatchNormalization,
            [
                "x = input() [1]", "a = batchNormalization(x) [1] scale 2 bias 1",
                "b = batchNormalization(a) [1] scale 3 bias 0", "c = batchNormalization(b) [1] scale 5 bias 1",
                "return c",
            ], gives: ["x = input() [1]", "c = batchNormalization(x) [1] scale 30 bias 16", "return c"])
    }

    @Test func anotherReaderKeepsThemApart() throws {
        let nodes = Array(Self.before.dropLast())
        try expect(.fuseConsecutiveBatchNormalization, leaves: nodes + ["r = relu(a) [2]", "return b,r"])
        // Leaving the network is being read.
        try expect(.fuseConsecutiveBatchNormalization, leaves: nodes + ["return b,a"])
    }

    @Test func aTypeBetweenThemKeepsThemApart() throws {
        let type = PrecisionChoice.type(.fixed(8, 3))
        try expect(.fuseConsecutiveBatchNormalization, .stating(.native, ["a": type]), leaves: Self.before)
        try expect(
            .fuseConsecutiveBatchNormalization, .stating(.native, ["b": type]), Self.before, gives: Self.after)
    }

    /// hls4ml states a type for every layer unless `auto` is written.
    @Test func underHls4mlOnlyWhereTheTypeIsInferred() throws {
        try expect(.fuseConsecutiveBatchNormalization, .stating(.hls4ml), leaves: Self.before)
        try expect(
            .fuseConsecutiveBatchNormalization, .stating(.hls4ml, ["a": .auto]), Self.before, gives: Self.after)
    }

    @Test func whatStandsBetweenThemKeepsThemApart() throws {
        try expect(
            .fuseConsecutiveBatchNormalization,
            leaves: [
                "x = input() [1]", "a = batchNormalization(x) [1] scale 2 bias 1", "r = relu(a) [1]",
                "b = batchNormalization(r) [1] scale 3 bias 0", "return b",
            ])
    }
}
