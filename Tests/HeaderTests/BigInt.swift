/// Integers of any size, as sign and magnitude with 32-bit limbs: the second implementation that the C++ headers are
/// held against. Written for clarity; it shares no idea with the headers' two's complement words.
struct BigInt: Equatable, Comparable {
    /// Least significant limb first, no leading zero limbs; zero has none.
    private(set) var limbs: [UInt32]
    private(set) var isNegative: Bool

    init(_ value: Int) {
        self.init(limbs: BigInt.split(UInt64(value.magnitude)), negative: value < 0)
    }

    private init(limbs: [UInt32], negative: Bool) {
        var trimmed = limbs
        while trimmed.last == 0 { trimmed.removeLast() }
        self.limbs = trimmed
        self.isNegative = negative && !trimmed.isEmpty
    }

    private static func split(_ value: UInt64) -> [UInt32] {
        [UInt32(truncatingIfNeeded: value), UInt32(truncatingIfNeeded: value >> 32)]
    }

    var isZero: Bool { limbs.isEmpty }
    var isOdd: Bool { (limbs.first ?? 0) & 1 == 1 }
    var magnitude: BigInt { BigInt(limbs: limbs, negative: false) }

    /// 2^exponent.
    static func power(_ exponent: Int) -> BigInt {
        var limbs = [UInt32](repeating: 0, count: exponent / 32 + 1)
        limbs[exponent / 32] = 1 << UInt32(exponent % 32)
        return BigInt(limbs: limbs, negative: false)
    }

    static prefix func - (a: BigInt) -> BigInt { BigInt(limbs: a.limbs, negative: !a.isNegative) }

    static func + (a: BigInt, b: BigInt) -> BigInt {
        if a.isNegative == b.isNegative { return BigInt(limbs: add(a.limbs, b.limbs), negative: a.isNegative) }
        return less(a.limbs, b.limbs)
            ? BigInt(limbs: subtract(b.limbs, a.limbs), negative: b.isNegative)
            : BigInt(limbs: subtract(a.limbs, b.limbs), negative: a.isNegative)
    }

    static func - (a: BigInt, b: BigInt) -> BigInt { a + (-b) }

    static func * (a: BigInt, b: BigInt) -> BigInt {
        var limbs = [UInt32](repeating: 0, count: a.limbs.count + b.limbs.count + 1)
        for (i, x) in a.limbs.enumerated() {
            var carry: UInt64 = 0
            for (j, y) in b.limbs.enumerated() {
                carry += UInt64(x) * UInt64(y) + UInt64(limbs[i + j])
                limbs[i + j] = UInt32(truncatingIfNeeded: carry)
                carry >>= 32
            }
            limbs[i + b.limbs.count] = UInt32(carry)
        }
        return BigInt(limbs: limbs, negative: a.isNegative != b.isNegative)
    }

    /// Quotient toward zero and remainder with the sign of the dividend, by binary long division.
    func dividedTowardZero(by divisor: BigInt) -> (quotient: BigInt, remainder: BigInt) {
        var quotient = BigInt(0), rest = BigInt(0)
        let top = divisor.magnitude
        for bit in stride(from: limbs.count * 32 - 1, through: 0, by: -1) {
            rest = rest + rest
            if limbs[bit / 32] >> UInt32(bit % 32) & 1 == 1 { rest = rest + BigInt(1) }
            quotient = quotient + quotient
            if rest >= top {
                rest = rest - top
                quotient = quotient + BigInt(1)
            }
        }
        return (isNegative != divisor.isNegative ? -quotient : quotient, isNegative ? -rest : rest)
    }

    /// The largest integer that is not above self / 2^bits (bits >= 0), or self * 2^-bits.
    func floorShifted(right bits: Int) -> BigInt {
        if bits <= 0 { return self * BigInt.power(-bits) }
        let divisor = BigInt.power(bits)
        let (quotient, rest) = dividedTowardZero(by: divisor)
        return rest.isNegative ? quotient - BigInt(1) : quotient
    }

    /// self modulo 2^bits, from 0.
    func modulo(powerOfTwo bits: Int) -> BigInt { self - floorShifted(right: bits) * BigInt.power(bits) }

    static func < (a: BigInt, b: BigInt) -> Bool {
        if a.isNegative != b.isNegative { return a.isNegative }
        return a.isNegative ? less(b.limbs, a.limbs) : less(a.limbs, b.limbs)
    }

    /// The low bits of the two's complement form as hexadecimal digits, ceil(bits / 4) of them.
    func hex(bits: Int) -> String {
        let value = modulo(powerOfTwo: bits)
        var text = ""
        for digit in stride(from: (bits + 3) / 4 - 1, through: 0, by: -1) {
            let limb = digit / 8 < value.limbs.count ? value.limbs[digit / 8] : 0
            text += String(limb >> UInt32(4 * (digit % 8)) & 15, radix: 16)
        }
        return text
    }

    private static func less(_ a: [UInt32], _ b: [UInt32]) -> Bool {
        if a.count != b.count { return a.count < b.count }
        for i in a.indices.reversed() where a[i] != b[i] { return a[i] < b[i] }
        return false
    }

    private static func add(_ a: [UInt32], _ b: [UInt32]) -> [UInt32] {
        var sum: [UInt32] = []
        var carry: UInt64 = 0
        for i in 0...max(a.count, b.count) {
            carry += UInt64(i < a.count ? a[i] : 0) + UInt64(i < b.count ? b[i] : 0)
            sum.append(UInt32(truncatingIfNeeded: carry))
            carry >>= 32
        }
        return sum
    }

    /// a - b for a >= b.
    private static func subtract(_ a: [UInt32], _ b: [UInt32]) -> [UInt32] {
        var difference: [UInt32] = []
        var borrow: Int64 = 0
        for i in a.indices {
            let digit = Int64(a[i]) - Int64(i < b.count ? b[i] : 0) - borrow
            borrow = digit < 0 ? 1 : 0
            difference.append(UInt32(truncatingIfNeeded: digit))
        }
        return difference
    }
}
