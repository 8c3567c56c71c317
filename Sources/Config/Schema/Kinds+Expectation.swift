internal import Basics

extension Kind where Value == Expectation {
    /// `<= 100`, `>= 99%`, `<= 20 cycles`; a number alone means that number.
    static func expectation(_ metric: Expectation.Metric) -> Kind<Expectation> {
        let units = metric.units.map(\.rawValue)
        let named =
            units.filter { !$0.isEmpty }.map(Shape.inAnyCase) + (metric.units.contains(.cycles) ? ["cycle"] : [])
        let unit =
            named.isEmpty ? "" : "(\(named.joined(separator: "|")))\(units.contains("") || units.count == 1 ? "?" : "")"
        let shape = Shape.either([
            .number, .text(pattern: "^ *(<=|>=|==|=|<|>)? *-?[0-9.]+([eE][+-]?[0-9]+)? *\(unit) *$"),
        ])
        return Kind(shape) { node, reading in
            guard let text = node.text, !node.isNull else {
                reading.mismatch("a limit", node, help: "write, for example, '<= 100'")
                return nil
            }
            let (comparison, rest) = split(text)
            guard let comparison, let quantity = Quantity(rest) else {
                reading.mismatch("a comparison and a number", node, help: "write, for example, '<= 100'")
                return nil
            }
            guard let unit = unitNamed(quantity.unit, of: metric) else {
                let legal = units.map { $0.isEmpty ? "nothing" : "'\($0)'" }.joined(separator: ", ")
                reading.error(
                    quantity.unit.isEmpty
                        ? "'\(metric.rawValue)' needs a unit"
                        : "'\(Node.shortened(quantity.unit))' is no unit of '\(metric.rawValue)'",
                    at: node, help: "behind the number stands \(legal)")
                return nil
            }
            return Expectation(
                metric: metric, comparison: comparison, value: quantity.number, unit: unit, text: trimmed(text))
        }
    }

    /// The unit that a word names; without a word the metric's first, where only one is possible or none is needed.
    private static func unitNamed(_ word: String, of metric: Expectation.Metric) -> Expectation.Unit? {
        if word.isEmpty {
            return metric.units.contains(.none)
                ? Expectation.Unit.none : (metric.units.count == 1 ? metric.units[0] : nil)
        }
        return metric.units.first { $0.rawValue.lowercased() == word.lowercased() || $0 == .cycles && word == "cycle" }
    }

    private static func split(_ text: String) -> (Expectation.Comparison?, String) {
        let text = trimmed(text)
        for comparison in [Expectation.Comparison.atMost, .atLeast, .equal, .less, .greater] {
            if let rest = text.rest(behind: comparison.rawValue) { return (comparison, rest) }
        }
        if let rest = text.rest(behind: "=") { return (.equal, rest) }
        return text.first?.isNumber == true || text.first == "-" ? (.equal, text) : (nil, text)
    }

    private static func trimmed(_ text: String) -> String {
        let front = text.drop { $0 == " " }
        var end = front
        while end.last == " " { end.removeLast() }
        return String(end)
    }
}

extension Expectation.Metric {
    /// What is measured, as the schema tells it.
    var doc: String {
        switch self {
        case .lut: "Look-up tables, or percent of the part's."
        case .ff: "Flip-flops, or percent of the part's."
        case .dsp: "Multiplier blocks, or percent of the part's."
        case .bram: "Block memories of 18 kbit, or percent of the part's."
        case .uram: "Ultra memories, or percent of the part's."
        case .latency: "From first input to last output, in cycles or time."
        case .interval: "Cycles between two inputs."
        case .clock: "The clock period that synthesis estimates, or the frequency."
        case .slack: "Worst slack after placing and routing, in ns."
        case .power: "Power that the tool estimates."
        case .argmaxAgreement: "Samples whose largest output is at the same place as in the expected outputs."
        case .accuracy: "Samples whose class is that of 'data.labels'."
        case .maxError: "Largest absolute difference from the expected outputs."
        case .meanError: "Mean absolute difference from the expected outputs."
        case .mismatches: "Output values that differ from the expected ones."
        }
    }
}
