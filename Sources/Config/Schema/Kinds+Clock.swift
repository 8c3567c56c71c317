internal import Basics

// Times, frequencies, percentages.

/// A number and the word behind it: `5 ns`, `200MHz`, `27%`, `5`.
struct Quantity {
    var number: Ratio
    var unit: String

    init?(_ text: String) {
        let compact = text.drop { $0 == " " }
        let end = compact.firstIndex { !($0.isASCII && ($0.isNumber || "+-.".contains($0))) } ?? compact.endIndex
        // A power of ten belongs to the number: 5e-1 ns.
        var split = end
        if end < compact.endIndex, "eE".contains(compact[end]) {
            let rest = compact[compact.index(after: end)...]
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || "+-".contains($0)) }
            if digits.contains(where: \.isNumber) { split = digits.endIndex }
        }
        guard let number = Ratio(decimal: compact[..<split]) else { return nil }
        self.number = number
        unit = compact[split...].filter { $0 != " " }
    }

    /// The period in ns, where the unit is one of time or frequency.
    var period: Ratio? {
        func scaled(_ top: Int, _ bottom: Int = 1) -> Ratio? { Ratio(top, bottom).flatMap { number.times($0) } }
        func frequency(_ nanoseconds: Int) -> Ratio? {
            Ratio(nanoseconds).flatMap { thousand in number.inverse.flatMap { $0.times(thousand) } }
        }
        switch unit.lowercased() {
        case "ps": return scaled(1, 1000)
        case "ns": return number
        case "us": return scaled(1000)
        case "khz": return frequency(1_000_000)
        case "mhz": return frequency(1000)
        case "ghz": return frequency(1)
        default: return nil
        }
    }
}

extension Kind where Value == Ratio {
    /// A period in ns from a time or a frequency.
    ///
    /// - Parameter bare: whether a number without a unit is taken as nanoseconds.
    static func period(bare: Bool = false) -> Kind<Ratio> {
        let texts = Shape.text(
            pattern: #"^ *[0-9.]+([eE][+-]?[0-9]+)? *([pPnNuU][sS]|[kKmMgG][hH][zZ])\#(bare ? "?" : "") *$"#)
        return Kind(bare ? .either([texts, .number]) : texts) { node, reading in
            let quantity = node.text.flatMap { Quantity($0) }
            let period = quantity.flatMap { $0.unit.isEmpty && bare ? $0.number : $0.period }
            guard let period, period.numerator > 0 else {
                if let quantity, quantity.unit.isEmpty, quantity.number.numerator > 0 {
                    reading.error(
                        "\(quantity.number) has no unit", at: node,
                        help: "write '\(quantity.number) ns' or '\(quantity.number) MHz'")
                } else {
                    reading.mismatch("a period or a frequency", node, help: "write, for example, '5 ns' or '200 MHz'")
                }
                return nil
            }
            guard period >= shortest, period <= longest else {
                reading.error(
                    "a clock period of \(period) ns is not possible", at: node,
                    help: "a period lies between \(shortest) ns and \(longest) ns")
                return nil
            }
            return period
        }
    }

    private static var shortest: Ratio { Ratio(1, 10) ?? .zero }
    private static var longest: Ratio { Ratio(1_000_000) ?? .zero }

    /// A percentage, with the sign behind it.
    static var percentage: Kind<Ratio> {
        Kind(.text(pattern: #"^ *[0-9.]+ *% *$"#)) { node, reading in
            guard let quantity = node.text.flatMap({ Quantity($0) }), quantity.unit == "%" else {
                reading.mismatch("a percentage of the period", node, help: "write, for example, '12.5%'")
                return nil
            }
            guard quantity.number.numerator >= 0, quantity.number < .hundred else {
                reading.error("\(quantity.number)% is not possible", at: node, help: "write 0% or more, below 100%")
                return nil
            }
            return quantity.number
        }
    }
}

extension Kind where Value == Clock {
    private struct Draft: Sendable {
        var period: Ratio?
        var uncertainty: Ratio?
    }

    private static var fields: [Field<Draft>] {
        [
            Field("period", .period(), into: \.period, required: true, "Period ('5 ns') or frequency ('200 MHz')."),
            Field(
                "uncertainty", .percentage, into: \.uncertainty,
                "Part of the period that synthesis keeps free, in percent; without it the back end's default."),
        ]
    }

    /// `5 ns`, `200 MHz`, `{period: 5 ns, uncertainty: 12.5%}`.
    static var clock: Kind<Clock> {
        let plain = Kind<Ratio>.period()
        let full = Kind<Draft>.mapping("a clock", fields) { Draft() }
        return Kind(.either([plain.shape, full.shape])) { node, reading in
            guard node.entries != nil else { return plain.read(node, &reading).map { Clock(period: $0) } }
            guard let draft = full.read(node, &reading), let period = draft.period else { return nil }
            return Clock(period: period, uncertainty: draft.uncertainty)
        }
    }
}
