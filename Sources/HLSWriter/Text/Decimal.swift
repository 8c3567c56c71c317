import FixedPoint

/// Numbers as text, exactly: a binary fraction of k places has a decimal expansion of k places.
enum Decimal {
    /// Appends the value of `raw` units of `2^-fraction`: `-0.375`, `12`, `0`. No digit is superfluous.
    static func append(_ raw: Int64, fraction: Int, to text: inout [UInt8]) {
        if raw == 0 {
            text.append(UInt8(ascii: "0"))
            return
        }
        if raw < 0 { text.append(UInt8(ascii: "-")) }
        var magnitude = raw.magnitude, places = fraction
        let zeros = min(magnitude.trailingZeroBitCount, max(0, places))
        magnitude >>= UInt64(zeros)
        places -= zeros
        if places <= 0 {
            whole(magnitude, doublings: -places, &text)
        } else if places <= 60 {
            // Ten times what lies behind the point fits a word.
            text.append(contentsOf: String(magnitude >> UInt64(places)).utf8)
            text.append(UInt8(ascii: "."))
            let mask = (UInt64(1) << UInt64(places)) - 1
            var rest = magnitude & mask
            while rest != 0 {
                rest *= 10
                text.append(UInt8(ascii: "0") + UInt8(rest >> UInt64(places)))
                rest &= mask
            }
        } else {
            small(magnitude, places: places, &text)
        }
    }

    static func text(_ raw: Int64, fraction: Int) -> String {
        var bytes: [UInt8] = []
        append(raw, fraction: fraction, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `value * 2^doublings`, of any size.
    private static func whole(_ value: UInt64, doublings: Int, _ text: inout [UInt8]) {
        if doublings <= value.leadingZeroBitCount {
            let number = value << UInt64(doublings)
            text.append(contentsOf: String(number).utf8)
            // Beyond an int of the language it is written as a double, which the types take without start-up code.
            if number > 0x7FFF_FFFF { text.append(contentsOf: ".0".utf8) }
            return
        }
        var digits = Array(String(value).utf8.reversed().map { $0 - 48 })
        for _ in 0..<doublings { scale(&digits, by: 2) }
        text.append(contentsOf: digits.reversed().map { $0 + 48 })
        text.append(contentsOf: ".0".utf8)
    }

    /// `value / 2^places` for many places: `value * 5^places`, then the point.
    private static func small(_ value: UInt64, places: Int, _ text: inout [UInt8]) {
        var digits = Array(String(value).utf8.reversed().map { $0 - 48 })
        for _ in 0..<places { scale(&digits, by: 5) }
        while digits.count <= places { digits.append(0) }
        for (index, digit) in digits.enumerated().reversed() {
            text.append(digit + 48)
            if index == places { text.append(UInt8(ascii: ".")) }
        }
    }

    /// Digits from the last to the first.
    private static func scale(_ digits: inout [UInt8], by factor: UInt8) {
        var carry: UInt8 = 0
        for index in digits.indices {
            let product = digits[index] * factor + carry
            digits[index] = product % 10
            carry = product / 10
        }
        if carry > 0 { digits.append(carry) }
    }

    /// Whether a double, which is what a C++ literal is, holds the number.
    static func fitsLiteral(_ raw: Int64) -> Bool {
        raw == 0 || 64 - raw.magnitude.leadingZeroBitCount - raw.magnitude.trailingZeroBitCount <= 53
    }
}
