import FixedPoint
import LayerKit
import Layers
import Options
import Testing

@testable import Optimizer

@Suite struct SplitQuantizerScalesTests {
    @Test func aScaleThatIsNoPowerOfTwoIsSplitOff() throws {
        try expect(
            .splitQuantizerScales,
            ["x = input() [2]", "q = fakeQuantizer(x) [2] scale 0.75 low -8 high 7", "return q"],
            gives: [
                "x = input() [2]", "q = fakeQuantizer(x) [2] scale 0.75 low -8 high 7 steps 1",
                "q_scale = batchNormalization(q) [2] scale 0.75 0.75 bias 0 0", "return q_scale",
            ])
        try expect(
            .splitQuantizerScales,
            leaves: ["x = input() [2]", "q = fakeQuantizer(x) [2] scale 0.25 low -8 high 7", "return q"])
    }
}
