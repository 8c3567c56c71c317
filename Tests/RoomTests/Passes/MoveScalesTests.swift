import FixedPoint
import LayerKit
import Layers
import Options
import Testing

@testable import Optimizer

@Suite struct MoveScalesTests {
    @Test func aScaleMovesPastADenseLayerAndARectifier() throws {
        try expect(
            .moveScales,
            [
                "x = input() [2]", "q = fakeQuantizer(x) [2] scale 3 low -8 high 7 steps 1",
                "s = batchNormalization(q) [2] scale 3 3 bias 0 0", "d = dense(s) [1] kernel 1 2",
                "r = relu(d) [1]", "return r",
            ],
            gives: [
                "x = input() [2]", "q = fakeQuantizer(x) [2] scale 3 low -8 high 7 steps 1",
                "d = dense(q) [1] kernel 1 2", "r = relu(d) [1]", "s = batchNormalization(r) [1] scale 3 bias 0",
                "return s",
            ])
    }
}
