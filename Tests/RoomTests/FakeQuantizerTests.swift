import LayerKit
import Testing

@testable import Layers

/// As trained, in steps of a grid.
@Suite struct FakeQuantizerTests {
    private func quantizer(_ rounding: FakeQuantizer.Rounding, scale: [Float] = [0.5], zero: Float = 0) -> FakeQuantizer
    {
        FakeQuantizer(
            scale: Tensor(scale), zeroPoint: Tensor([zero]), low: Tensor([-3]), high: Tensor([4]), rounding: rounding)
    }

    @Test(arguments: [
        (FakeQuantizer.Rounding.halfEven, [-1.5, -1, -1, 0, 0, 1, 1, 2]),
        (.halfAwayFromZero, [-1.5, -1, -1, -0.5, 0.5, 1, 1, 2]), (.halfTowardZero, [-1.5, -1, -0.5, 0, 0, 0.5, 1, 2]),
        (.ceil, [-1.5, -1, -0.5, 0, 0.5, 1, 1, 2]), (.floor, [-1.5, -1.5, -1, -0.5, 0, 0.5, 0.5, 2]),
        (.awayFromZero, [-1.5, -1.5, -1, -0.5, 0.5, 1, 1, 2]), (.towardZero, [-1.5, -1, -0.5, 0, 0, 0.5, 0.5, 2]),
        (.sign, [-0.5, -0.5, -0.5, -0.5, 0.5, 0.5, 0.5, 0.5]),
    ])
    func everyRounding(rounding: FakeQuantizer.Rounding, want: [Double]) {
        let x = [-9, -1.125, -0.75, -0.25, 0.25, 0.75, 0.875, 9]
        #expect(quantizer(rounding).floatKernel([[8]])([x], samples: 1) == [want])
    }

    @Test func aScaleForEachChannel() throws {
        let layer = quantizer(.halfEven, scale: [1, 0.25])
        #expect(try layer.outputShapes(of: [[2, 2]]) == [[2, 2]])
        #expect(layer.floatKernel([[2, 2]])([[1.3, 0.3, 9, 9]], samples: 1) == [[1, 0.25, 4, 1]])
        #expect(throws: LayerError.self) { try layer.outputShapes(of: [[2, 3]]) }
    }

    @Test func aZeroPoint() {
        // Steps -3 to 4 around the zero point 1.
        #expect(quantizer(.halfEven, zero: 1).floatKernel([[3]])([[-9, 0, 9]], samples: 1) == [[-2, 0, 1.5]])
    }

    @Test func truncation() {
        let layer = FakeQuantizer(
            scale: Tensor([0.25]), zeroPoint: Tensor([0]), low: Tensor([-8]), high: Tensor([7]), rounding: .floor,
            truncation: .init(divisor: Tensor([4]), scale: Tensor([1]), zeroPoint: Tensor([0])))
        #expect(layer.floatKernel([[3]])([[1.75, -0.25, 100]], samples: 1) == [[1, -1, 7]])
    }
}
