internal import Basics

/// An exact rational number, always reduced, the denominator positive.
///
/// Periods, frequencies and limits are kept as they were written: no binary fraction ever stands between a project file
/// and the script that a tool reads.
public struct Ratio: Hashable, Sendable, Comparable {
    public let numerator: Int
    public let denominator: Int

    /// Nil where the denominator is zero or a part does not fit into 62 bits.
    public init?(_ numerator: Int, _ denominator: Int = 1) {
        let limit = 1 << 62
        guard denominator != 0, abs(numerator.clamped) < limit, abs(denominator.clamped) < limit else { return nil }
        let common = Count.commonDivisor(abs(numerator), abs(denominator))
        let sign = denominator < 0 ? -1 : 1
        self.numerator = sign * numerator / common
        self.denominator = sign * denominator / common
    }

    /// Reads `5`, `-0.25`, `12.5`, `1e-3`: nothing else, and nothing that needs more than 18 digits.
    public init?(decimal text: some StringProtocol) {
        var digits = 0
        var scale = 0
        var seen = false
        var point = false
        var rest = Substring(text)
        let negative = rest.first == "-"
        if negative || rest.first == "+" { rest.removeFirst() }
        while let character = rest.first, character != "e", character != "E" {
            rest.removeFirst()
            if character == ".", !point {
                point = true
                continue
            }
            guard character.isASCII, let digit = character.wholeNumberValue, digits < 100_000_000_000_000_000 else {
                return nil
            }
            digits = digits * 10 + digit
            seen = true
            if point { scale -= 1 }
        }
        if !rest.isEmpty {
            rest.removeFirst()
            guard let exponent = Int(rest), abs(exponent.clamped) <= 18 else { return nil }
            scale += exponent
        }
        guard seen, abs(scale) <= 18 else { return nil }
        var power = 1
        for _ in 0..<abs(scale) { power *= 10 }
        let signed = negative ? -digits : digits
        if scale < 0 {
            self.init(signed, power)
        } else {
            let (product, overflow) = signed.multipliedReportingOverflow(by: power)
            guard !overflow else { return nil }
            self.init(product)
        }
    }

    /// The nearest double.
    public var double: Double { Double(numerator) / Double(denominator) }

    /// Product; nil where it does not fit.
    public func times(_ other: Ratio) -> Ratio? {
        let (top, overTop) = numerator.multipliedReportingOverflow(by: other.numerator)
        let (bottom, overBottom) = denominator.multipliedReportingOverflow(by: other.denominator)
        return overTop || overBottom ? nil : Ratio(top, bottom)
    }

    /// One over this number; nil for zero.
    public var inverse: Ratio? { Ratio(denominator, numerator) }

    public static func < (left: Ratio, right: Ratio) -> Bool {
        let a = left.numerator.multipliedFullWidth(by: right.denominator)
        let b = right.numerator.multipliedFullWidth(by: left.denominator)
        return (a.high, a.low) < (b.high, b.low)
    }

    /// The number in decimal digits, rounded half up to `places` behind the point, trailing zeros left out: `5`, `3.333`.
    public func decimal(places: Int = 6) -> String {
        let places = min(max(places, 0), 18)
        var power: UInt = 1
        for _ in 0..<places { power *= 10 }
        let bottom = UInt(denominator)
        let magnitude = numerator.magnitude
        var whole = magnitude / bottom
        let product = (magnitude % bottom).multipliedFullWidth(by: power)
        let (quotient, remainder) = bottom.dividingFullWidth((product.high, product.low))
        var fraction = quotient + (remainder >= bottom - remainder ? 1 : 0)
        if fraction == power {
            whole += 1
            fraction = 0
        }
        var digits = String(fraction)
        digits = String(repeating: "0", count: max(0, places - digits.count)) + digits
        while digits.ends(with: "0") { digits.removeLast() }
        let sign = numerator < 0 && (whole != 0 || fraction != 0) ? "-" : ""
        return fraction == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(digits)"
    }
}

extension Ratio: CustomStringConvertible {
    /// A decimal where it is exact with at most nine places, else a fraction: `12.5`, `10/3`.
    public var description: String {
        if denominator == 1 { return "\(numerator)" }
        let text = decimal(places: 9)
        return Ratio(decimal: text) == self ? text : "\(numerator)/\(denominator)"
    }
}

extension Ratio: Codable {
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        let parts = text.parts(at: "/")
        let value: Ratio?
        if parts.count == 2, let top = Int(parts[0]), let bottom = Int(parts[1]) {
            value = Ratio(top, bottom)
        } else {
            value = Ratio(decimal: text)
        }
        guard let value else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "'\(text)' is not a number"))
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Int {
    /// The number itself, except that the one value without a positive counterpart moves by one, so that `abs` never
    /// traps.
    fileprivate var clamped: Int { Swift.max(self, -Int.max) }
}

extension Ratio {
    private init(whole: Int) {
        numerator = whole
        denominator = 1
    }

    public static let zero = Ratio(whole: 0)
    public static let hundred = Ratio(whole: 100)
}
