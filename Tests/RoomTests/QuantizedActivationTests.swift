import FixedPoint
import LayerKit
import Testing

@testable import Layers

/// As trained: every grid at its ends and halves.
@Suite struct QuantizedActivationTests {
    private func values(_ layer: QuantizedActivation, _ x: [Double], _ shape: Shape) throws -> [Double] {
        #expect(try layer.outputShapes(of: [shape]) == [shape])
        return layer.floatKernel([shape])([x], samples: x.count / shape.elementCount)[0]
    }

    @Test func fixedPoint() throws {
        let type = FixedType.fixed(4, 2, .rndConv, .sat)
        let layer = QuantizedActivation(.fixed(.uniform(type)))
        #expect(
            try values(layer, [-9, -0.375, -0.125, 0.125, 0.375, 0.3, 1.74, 9], [8]) == [
                -2, -0.5, 0, 0, 0.5, 0.25, 1.75, 1.75,
            ])
    }

    @Test func aScaleForEachPlace() throws {
        let layer = QuantizedActivation(.fixed(.uniform(.fixed(3, 3, .rnd, .sat))), scale: Tensor([0.5, 3]))
        #expect(try values(layer, [1.2, 1.2, -9, 9], [2]) == [0.5, 3, -2, 9])
        #expect(throws: LayerError.self) { try layer.outputShapes(of: [[3]]) }
    }

    @Test func twoAndThreeValues() throws {
        #expect(try values(QuantizedActivation(.binary(zeroOne: false)), [-0.1, 0, 2], [3]) == [-1, 1, 1])
        #expect(try values(QuantizedActivation(.binary(zeroOne: true)), [-0.1, 0, 2], [3]) == [0, 1, 1])
        let ternary = QuantizedActivation(.ternary(threshold: 0.5))
        #expect(try values(ternary, [-0.5, -0.4, 0, 0.4, 0.5], [5]) == [-1, 0, 0, 0, 1])
    }
}
