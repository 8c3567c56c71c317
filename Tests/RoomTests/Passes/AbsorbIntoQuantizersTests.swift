import FixedPoint
import LayerKit
import Layers
import Options
import Testing

@testable import Optimizer

@Suite struct AbsorbIntoQuantizersTests {
    @Test func aQuantizerTakesInWhatIsBeforeIt() throws {
        try expect(
            .absorbIntoQuantizers,
            [
                "x = input() [2]", "n = batchNormalization(x) [2] scale 3 5 bias 0 1", "r = relu(n) [2]",
                "q = fakeQuantizer(r) [2] scale 1 low -8 high 7", "return q",
            ],
            gives: [
                "x = input() [2]", "q = fakeQuantizer(x) [2] scale 1 low 0 high 7 factor 3 5 offset 0 1", "return q",
            ])
    }
}
