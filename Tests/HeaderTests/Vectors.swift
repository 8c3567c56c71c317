/// One call of the C++ test program and the line that it must print.
struct Vector {
    var call: String
    var expected: String
    /// Whether the vendor's open headers are known to fail it.
    var vendorFails = false
}

/// A raw value of a type as the C++ side prints it.
func shown(_ raw: BigInt, _ type: NumberType) -> String {
    let name = type.isInteger ? (type.signed ? "i" : "u") : (type.signed ? "f" : "uf")
    let place = type.isInteger ? "" : ",\(type.integerBits)"
    return "\(name)\(type.width)\(place):\(raw.hex(bits: type.width))"
}

/// A double as the C++ side prints it.
func shown(_ value: Double) -> String { "d:\(String(value.bitPattern, radix: 16))" }

private func quoted(_ raw: BigInt, _ type: NumberType) -> String { "\"\(raw.hex(bits: type.width))\"" }

/// The rules of the result types, and exact arithmetic on raw values.
struct Operands {
    var a: NumberType
    var b: NumberType

    var bothIntegers: Bool { a.isInteger && b.isInteger }
    var signed: Bool { a.signed || b.signed }
    /// Integer bits that hold either operand: an unsigned one needs a sign bit next to a signed one.
    var integerBits: Int {
        max(a.integerBits + (b.signed && !a.signed ? 1 : 0), b.integerBits + (a.signed && !b.signed ? 1 : 0))
    }
    var fractionBits: Int { max(a.fractionBits, b.fractionBits) }

    func type(_ width: Int, _ integerBits: Int, signed: Bool) -> NumberType {
        NumberType(isInteger: bothIntegers, width: width, integerBits: integerBits, signed: signed)
    }
    var sum: NumberType { type(integerBits + 1 + fractionBits, integerBits + 1, signed: signed) }
    var difference: NumberType { type(integerBits + 1 + fractionBits, integerBits + 1, signed: true) }
    var product: NumberType { type(a.width + b.width, a.integerBits + b.integerBits, signed: signed) }
    var logic: NumberType { type(integerBits + fractionBits, integerBits, signed: signed) }
    var quotient: NumberType {
        let sign = b.signed ? 1 : 0
        if bothIntegers { return type(a.width + sign, a.width + sign, signed: signed) }
        return type(
            a.width + max(b.fractionBits, 0) + sign, a.integerBits + b.fractionBits + sign, signed: signed)
    }
    var remainder: NumberType {
        let width = min(a.width, b.width + (a.signed && !b.signed ? 1 : 0))
        return .integer(width, signed: a.signed)
    }

    func aligned(_ x: BigInt, _ y: BigInt) -> (BigInt, BigInt) {
        (x * BigInt.power(fractionBits - a.fractionBits), y * BigInt.power(fractionBits - b.fractionBits))
    }

    /// Bit by bit over the common type, through the digits of both.
    func bitwise(_ x: BigInt, _ y: BigInt, _ operation: (Int, Int) -> Int) -> BigInt {
        let (u, v) = aligned(x, y)
        let left = Array(u.hex(bits: logic.width)), right = Array(v.hex(bits: logic.width))
        var value = BigInt(0)
        for (l, r) in zip(left, right) {
            let digit = operation(l.hexDigitValue ?? 0, r.hexDigitValue ?? 0)
            value = value * BigInt(16) + BigInt(digit & 15)
        }
        return logic.reinterpret(value)
    }

    func quotient(_ x: BigInt, _ y: BigInt) -> BigInt {
        let lift = bothIntegers ? 0 : max(b.fractionBits, 0)
        return (x * BigInt.power(lift)).dividedTowardZero(by: y).quotient
    }

    /// `==`, `!=`, `<`, `>`, `<=`, `>=` as digits.
    func comparisons(_ x: BigInt, _ y: BigInt) -> String {
        let (u, v) = aligned(x, y)
        return [u == v, u != v, u < v, u > v, u <= v, u >= v].map { $0 ? "1" : "0" }.joined()
    }

    /// `a = a op b` for +, -, *, in the modes of a. An integer first takes the integer part of a fixed-point b.
    func assigned(_ x: BigInt, _ y: BigInt) -> [String] {
        if a.isInteger && !b.isInteger {
            let whole = NumberType.integer(max(b.integerBits, 1), signed: b.signed)
            return Operands(a: a, b: whole).assigned(x, whole.asTarget.convert(y, exponent: b.fractionBits))
        }
        let (u, v) = aligned(x, y)
        let (f, p) = (fractionBits, a.fractionBits + b.fractionBits)
        let target = a.asTarget
        return [(u + v, f), (u - v, f), (x * y, p)].map { shown(target.convert($0.0, exponent: $0.1), a) }
    }
}

extension NumberType {
    /// The type as the target of a conversion: what becomes an integer goes toward zero.
    var asTarget: NumberType {
        var target = self
        if isInteger { target.rounding = .towardZero }
        return target
    }
}

extension Vector {
    static func binary(_ a: NumberType, _ x: BigInt, _ b: NumberType, _ y: BigInt) -> Vector {
        let rule = Operands(a: a, b: b)
        let (u, v) = rule.aligned(x, y)
        var parts = [
            shown(u + v, rule.sum), shown(u - v, rule.difference), shown(x * y, rule.product),
            shown(rule.bitwise(x, y, &), rule.logic), shown(rule.bitwise(x, y, |), rule.logic),
            shown(rule.bitwise(x, y, ^), rule.logic),
        ]
        parts += rule.assigned(x, y)
        let call = "binary<\(a.spelling), \(b.spelling) >(\(quoted(x, a)), \(quoted(y, b)))"
        return Vector(call: call, expected: parts.joined(separator: " "), vendorFails: VendorDefects.binary(a, b))
    }

    static func ordered(_ a: NumberType, _ x: BigInt, _ b: NumberType, _ y: BigInt) -> Vector {
        let rule = Operands(a: a, b: b)
        let quotient = y.isZero ? "" : " " + shown(rule.quotient(x, y), rule.quotient)
        let call = "ordered<\(a.spelling), \(b.spelling) >(\(quoted(x, a)), \(quoted(y, b)))"
        return Vector(
            call: call, expected: rule.comparisons(x, y) + quotient, vendorFails: VendorDefects.ordered(a, b))
    }

    static func remainder(_ a: NumberType, _ x: BigInt, _ b: NumberType, _ y: BigInt) -> Vector {
        let rest = x.dividedTowardZero(by: y).remainder
        let call = "remainder_of<\(a.spelling), \(b.spelling) >(\(quoted(x, a)), \(quoted(y, b)))"
        return Vector(
            call: call, expected: shown(rest, Operands(a: a, b: b).remainder),
            vendorFails: VendorDefects.ordered(a, b))
    }

    static func withInt(_ a: NumberType, _ x: BigInt, _ value: Int) -> Vector {
        let b = NumberType.integer(32, signed: true)
        let (rule, reverse) = (Operands(a: a, b: b), Operands(a: b, b: a))
        let y = BigInt(value)
        let (u, v) = rule.aligned(x, y)
        let parts = [
            shown(u + v, rule.sum), shown(v - u, reverse.difference), shown(x * y, rule.product),
            rule.comparisons(x, y), shown(a.convert(y, exponent: 0), a),
        ]
        let call = "with_c_integer<\(a.spelling), int>(\(quoted(x, a)), \(value))"
        return Vector(call: call, expected: parts.joined(separator: " "), vendorFails: VendorDefects.ordered(a, b))
    }

    /// Fixed point to an integer goes toward zero, everything else by the modes of the target.
    static func conversion(_ from: NumberType, _ x: BigInt, to target: NumberType) -> Vector {
        let result = shown(target.asTarget.convert(x, exponent: from.fractionBits), target)
        return Vector(
            call: "convert<\(from.spelling), \(target.spelling) >(\(quoted(x, from)))", expected: "\(result) \(result)",
            vendorFails: VendorDefects.conversion(from, to: target))
    }

    static func double(_ value: Double, to target: NumberType) -> Vector {
        let (numerator, exponent) = fraction(of: value)
        return Vector(
            call: "from_double<\(target.spelling) >(\(value))",
            expected: shown(target.asTarget.convert(numerator, exponent: exponent), target),
            vendorFails: VendorDefects.double(value, to: target))
    }

    static func unary(_ a: NumberType, _ x: BigInt, shift n: Int) -> Vector {
        let negated = NumberType(
            isInteger: a.isInteger, width: a.width + 1, integerBits: a.integerBits + 1, signed: true)
        let left = shown(a.reinterpret(x.floorShifted(right: -n)), a), right = shown(x.floorShifted(right: n), a)
        let unit = BigInt.power(max(a.fractionBits, 0))
        let scaled = a.fractionBits < 0 ? x * BigInt.power(-a.fractionBits) : x
        let exponent = max(a.fractionBits, 0)
        let up = a.convert(scaled + unit, exponent: exponent), down = a.convert(scaled - unit, exponent: exponent)
        let whole = NumberType.integer(64, signed: true), int = NumberType.integer(32, signed: true)
        let truncated = whole.asTarget.convert(x, exponent: a.fractionBits)
        let raised = a.fractionBits < 0 ? up * BigInt.power(-a.fractionBits) : up
        let parts = [
            shown(-x, negated), shown(-x - BigInt(1), a), x.isZero ? "1" : "0", left, right, shown(up, a),
            shown(down, a), shown(x, a), shown(up, a), shown(a.convert(raised - unit, exponent: exponent), a), left,
            "\(decimal(int.reinterpret(truncated)))", "\(decimal(whole.reinterpret(truncated)))",
        ]
        return Vector(
            call: "unary<\(a.spelling) >(\(quoted(x, a)), \(n))", expected: parts.joined(separator: " "),
            vendorFails: VendorDefects.unary(a))
    }

    /// Types of at most 53 bits: every value is a double.
    static func toDouble(_ a: NumberType, _ x: BigInt) -> Vector {
        let value = real(x, a.fractionBits)
        return Vector(
            call: "as_double<\(a.spelling) >(\(quoted(x, a)))", expected: "\(shown(value)) \(value > 0.375 ? 1 : 0)")
    }

    static func bits(_ a: NumberType, _ x: BigInt, high: Int, low: Int, _ v: BigInt) -> Vector {
        let raw = NumberType.integer(a.width, signed: false)
        let slice = x.floorShifted(right: low).modulo(powerOfTwo: high - low + 1)
        let old = slice * BigInt.power(low)
        let written = a.reinterpret(x - old + v.modulo(powerOfTwo: high - low + 1) * BigInt.power(low))
        let bit = written.floorShifted(right: low).isOdd
        let flipped = a.reinterpret(bit ? written - BigInt.power(low) : written + BigInt.power(low))
        let parts = [
            shown(slice, raw), shown(slice, raw), slice.isOdd ? "1" : "0", shown(written, a), shown(flipped, a),
        ]
        return Vector(
            call: "bits<\(a.spelling) >(\(quoted(x, a)), \(quoted(v, raw)), \(high), \(low))",
            expected: parts.joined(separator: " "))
    }
}

/// A raw value of at most 64 bits in decimal.
private func decimal(_ value: BigInt) -> Int {
    let magnitude = value.limbs.enumerated().reduce(UInt64(0)) { $0 | UInt64($1.element) << UInt64(32 * $1.offset) }
    return value.isNegative ? Int(truncatingIfNeeded: 0 &- magnitude) : Int(truncatingIfNeeded: magnitude)
}

/// raw / 2^fractionBits, exact for values of at most 53 bits.
private func real(_ raw: BigInt, _ fractionBits: Int) -> Double {
    let magnitude = raw.limbs.reversed().reduce(0.0) { $0 * 4_294_967_296 + Double($1) }
    return Double(sign: raw.isNegative ? .minus : .plus, exponent: -fractionBits, significand: magnitude)
}
