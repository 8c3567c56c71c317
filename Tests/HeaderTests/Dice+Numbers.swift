import TestSupport

extension Dice {
    /// Widths up to `limit`, small ones more often, with the sizes of machine words among them.
    mutating func width(upTo limit: Int) -> Int {
        switch Int.random(in: 0..<6, using: &self) {
        case 0: return min(limit, [1, 8, 16, 31, 32, 33, 63, 64, 65, 127, 128].randomElement(using: &self) ?? 1)
        case 1: return Int.random(in: 1...limit, using: &self)
        default: return Int.random(in: 1...min(limit, 24), using: &self)
        }
    }

    mutating func integerType(upTo limit: Int) -> NumberType {
        .integer(width(upTo: limit), signed: Bool.random(using: &self))
    }

    /// Any width, any place of the point: also outside of the bits.
    mutating func fixedType(upTo limit: Int) -> NumberType {
        let width = width(upTo: limit)
        let integerBits =
            chance(4) ? Int.random(in: -6...(width + 6), using: &self) : Int.random(in: 0...width, using: &self)
        return NumberType(width: width, integerBits: integerBits, signed: Bool.random(using: &self))
    }

    /// Raw bits: the corners of the type, values next to a rounding tie, or anything.
    mutating func raw(_ type: NumberType) -> BigInt {
        switch Int.random(in: 0..<8, using: &self) {
        case 0:
            return type.reinterpret(
                [BigInt(0), BigInt(1), type.minimum, type.maximum].randomElement(using: &self) ?? BigInt(0))
        case 1: return type.reinterpret(type.minimum + BigInt(1))
        case 2: return type.reinterpret(BigInt(-1))
        case 3: return type.reinterpret(BigInt.power(Int.random(in: 0..<type.width, using: &self)))
        case 4:
            let tie = BigInt.power(Int.random(in: 0..<type.width, using: &self))
            return type.reinterpret(tie + BigInt(Int.random(in: -1...1, using: &self)))
        default:
            var value = BigInt(0)
            for _ in 0..<(type.width + 31) / 32 {
                value = value * BigInt.power(32) + BigInt(Int(UInt32.random(in: 0...UInt32.max, using: &self)))
            }
            return type.reinterpret(value)
        }
    }
}
