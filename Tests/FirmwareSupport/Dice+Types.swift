package import FixedPoint
package import LayerKit
package import TestSupport

extension Dice {
    /// Any raw value of a type.
    package mutating func raw(_ type: FixedType) -> Int64 {
        Int64.random(in: Int64(type.rawMin)...Int64(type.rawMax), using: &self)
    }

    package mutating func tensor(_ shape: Shape, _ type: FixedType) -> QuantizedTensor {
        QuantizedTensor(type: type, shape: shape, raw: (0..<shape.elementCount).map { _ in raw(type) })
    }
}
