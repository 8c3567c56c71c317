import FixedPoint
import Options
import Testing

@testable import Optimizer

@Suite struct FuseBatchNormalizationTests {
    static let before = [
        "x = input() [2]", "d = dense(x) [2] kernel 1 2 3 4 bias 5 6",
        "n = batchNormalization(d) [2] scale 2 0.5 bias 1 -1", "r = relu(n) [2]", "return r",
    ]
    /// Columns of the kernel and the bias are scaled; the offset is added.
    static let after = [
        "x = input() [2]", "d = dense(x) [2] kernel 2 1 6 2 bias 11 2", "r = relu(d) [2]", "return r",
    ]

    @Test func theDenseLayerTakesItIn() throws {
        try expect(.fuseBatchNormalization, Self.before, gives: Self.after)
    }

    @Test func aDenseLayerWithoutABiasGetsOne() throws {
        try expect(
            .fuseBatchNormalization,
            [
                "x = input() [2]", "d = dense(x) [1] kernel 1 2",
                "n = batchNormalization(d) [1] scale 3 bias -1", "return n",
            ], gives: ["x = input() [2]", "d = dense(x) [1] kernel 3 6 bias -1", "return d"])
    }

    @Test func anotherReaderOfTheDenseLayerKeepsThemApart() throws {
        let nodes = Array(Self.before.dropLast())
        try expect(.fuseBatchNormalization, leaves: nodes + ["s = softmax(d) [2]", "return r,s"])
        try expect(.fuseBatchNormalization, leaves: nodes + ["return r,d"])
    }

    @Test func aTypeOfTheDenseLayerKeepsThemApart() throws {
        let type = PrecisionChoice.type(.fixed(8, 3))
        try expect(.fuseBatchNormalization, .stating(.native, ["d": type]), leaves: Self.before)
        try expect(.fuseBatchNormalization, .stating(.native, ["n": type]), Self.before, gives: Self.after)
    }

    @Test func underHls4mlOnlyWhereTheTypeIsInferred() throws {
        try expect(.fuseBatchNormalization, .stating(.hls4ml), leaves: Self.before)
        try expect(.fuseBatchNormalization, .stating(.hls4ml, ["d": .auto]), Self.before, gives: Self.after)
    }

    @Test func whatHasNoWeightsTakesNothingIn() throws {
        try expect(
            .fuseBatchNormalization,
            leaves: [
                "x = input() [1]", "r = relu(x) [1]", "a = batchNormalization(r) [1] scale 2 bias 1",
                "b = batchNormalization(a) [1] scale 3 bias 0", "return b",
            ])
    }
}
