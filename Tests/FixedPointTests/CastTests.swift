import FixedPoint
import Testing
import TestSupport

/// A second implementation of the cast, written from the definition of each mode over exact fractions: no shifts, no
/// masks.
private func expected(_ value: Int128, fraction: Int, to type: FixedType) -> Int128 {
    // value / 2^fraction in units of 2^-type.fraction is value * numerator / denominator.
    let shift = type.fraction - fraction
    let numerator: Int128 = shift > 0 ? power(shift) : 1
    let denominator: Int128 = shift < 0 ? power(-shift) : 1
    let scaled = value * numerator
    var floor = scaled / denominator
    if floor * denominator > scaled { floor -= 1 }
    let rest = scaled - floor * denominator
    let ceiling = rest == 0 ? floor : floor + 1
    let twice = 2 * rest
    let nearest: (_ tie: Int128) -> Int128 = { tie in twice < denominator ? floor : twice > denominator ? ceiling : tie
    }
    let rounded: Int128
    switch type.isInteger ? .trnZero : type.rounding {
    case .trn: rounded = floor
    case .trnZero: rounded = value < 0 ? ceiling : floor
    case .rnd: rounded = nearest(ceiling)
    case .rndZero: rounded = nearest(value < 0 ? ceiling : floor)
    case .rndMinInf: rounded = nearest(floor)
    case .rndInf: rounded = nearest(value < 0 ? floor : ceiling)
    case .rndConv: rounded = nearest(floor % 2 == 0 ? floor : ceiling)
    }
    return bounded(rounded, type)
}

private func bounded(_ value: Int128, _ type: FixedType) -> Int128 {
    let top = power(type.signed ? type.width - 1 : type.width) - 1
    let bottom = type.signed ? -top - (type.overflow == .satSym ? 0 : 1) : 0
    if value >= bottom, value <= top { return value }
    switch type.overflow {
    case .sat, .satSym: return value < bottom ? bottom : top
    case .satZero: return 0
    case .wrap:
        let modulus = power(type.width)
        var rest = value % modulus
        if rest < 0 { rest += modulus }
        return rest > top ? rest - modulus : rest
    }
}

private func power(_ exponent: Int) -> Int128 { (0..<exponent).reduce(1) { result, _ in result * 2 } }

@Suite struct CastTests {
    @Test(arguments: Rounding.allCases, Overflow.allCases)
    func agreesWithTheDefinition(rounding: Rounding, overflow: Overflow) {
        var dice = Dice(state: 7)
        for _ in 0..<3000 {
            let width = Int.random(in: 1...40, using: &dice)
            let type = FixedType(
                width: width, integer: Int.random(in: -8...(width + 8), using: &dice),
                signed: Bool.random(using: &dice), rounding: rounding, overflow: overflow,
                isInteger: false)
            let fraction = type.fraction + Int.random(in: -10...20, using: &dice)
            let bits = Int.random(in: 1...45, using: &dice)
            let value = Int64.random(in: -(1 << bits)...(1 << bits), using: &dice)
            let want = expected(Int128(value), fraction: fraction, to: type)
            #expect(Cast<Int64>(fromFraction: fraction, to: type)(value) == Int64(want), "\(value) \(fraction) \(type)")
            #expect(Cast<Int128>(fromFraction: fraction, to: type)(Int128(value)) == want)
        }
    }

    @Test(arguments: Rounding.allCases, Overflow.allCases)
    func quantizesDoublesExactly(rounding: Rounding, overflow: Overflow) {
        var dice = Dice(state: 11)
        for _ in 0..<3000 {
            let type = FixedType(
                width: Int.random(in: 1...60, using: &dice), integer: Int.random(in: -4...20, using: &dice),
                signed: Bool.random(using: &dice), rounding: rounding, overflow: overflow)
            // A number of at most 40 bits behind at most 45 places: exact as a double and as a fraction.
            let mantissa = Int64.random(in: -(1 << 40)...(1 << 40), using: &dice)
            let places = Int.random(in: 20...45, using: &dice)
            let value = Double(mantissa) * Double(sign: .plus, exponent: -places, significand: 1)
            #expect(type.quantize(value) == expected(Int128(mantissa), fraction: places, to: type), "\(value) \(type)")
        }
    }

    @Test(arguments: Rounding.allCases, Overflow.allCases)
    func manyAtOnceAreAsOneByOne(rounding: Rounding, overflow: Overflow) {
        var dice = Dice(state: 13)
        for _ in 0..<300 {
            let type = FixedType(
                width: Int.random(in: 1...40, using: &dice), integer: Int.random(in: -4...20, using: &dice),
                signed: Bool.random(using: &dice), rounding: rounding, overflow: overflow)
            let cast = Cast<Int64>(fromFraction: type.fraction + Int.random(in: -5...20, using: &dice), to: type)
            let values = (0..<9).map { _ in Int64.random(in: -(1 << 40)...(1 << 40), using: &dice) }
            for floor in [Int64.min, 0] {
                var results = [Int64](repeating: 0, count: values.count)
                cast.apply(values, &results, count: values.count, floor: floor)
                #expect(results == values.map { cast(max(floor, $0)) }, "\(type) \(values)")
            }
        }
    }

    @Test func farValues() {
        let type = FixedType.fixed(16, 6, .rnd, .sat)
        #expect(type.quantize(1e300) == type.rawMax)
        #expect(type.quantize(-1e300) == type.rawMin)
        #expect(type.quantize(1e-300) == 0)
        #expect(type.quantize(-1e-300) == 0)
        #expect(FixedType.fixed(16, 6).quantize(-1e-300) == -1)
        #expect(type.quantize(.infinity) == type.rawMax)
        #expect(type.quantize(.nan) == 0)
    }

    @Test func integerTypesTruncateTowardZero() {
        #expect(Cast<Int64>(fromFraction: 2, to: .int(8))(-7) == -1)
        #expect(Cast<Int64>(fromFraction: 2, to: .fixed(8, 8))(-7) == -2)
    }
}
