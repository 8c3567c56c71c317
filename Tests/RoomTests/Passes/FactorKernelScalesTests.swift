import FixedPoint
import LayerKit
import Layers
import Options
import Testing

@testable import Optimizer

@Suite struct FactorKernelScalesTests {
    /// In single precision: a third of 0.3 is not quite 0.1.
    @Test func aScaleOfAKernelIsFactoredOut() throws {
        try expect(
            .factorKernelScales,
            [
                "x = input() [2]", "q = fakeQuantizer(x) [2] scale 1 low -8 high 7",
                "d = dense(q) [2] kernel 0.1 0.3 0.3 0.9 bias 2 3", "return d",
            ],
            gives: [
                "x = input() [2]", "q = fakeQuantizer(x) [2] scale 1 low -8 high 7",
                "d = dense(q) [2] kernel 1 3 3 9",
                "d_scale = batchNormalization(d) [2] scale 0.099999994 0.099999994 bias 2 3", "return d_scale",
            ])
    }
}
