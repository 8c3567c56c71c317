import Basics
import Estimates
import Stages

/// What layers cost, estimated and measured side by side.
struct CostText {
    let rows: [CostRow]
    let part: Part?

    var text: String {
        let header = ["layer", "by"] + Cost().entries.map(\.name)
        var lines = rows.flatMap { row in
            row.sources.map { source in
                [row.name, source.name] + source.cost.entries.map { $0.value.map(String.init) ?? "" }
            }
        }
        if let total = rows.last, let part { lines += total.sources.map { percentages($0.name, $0.cost, part) } }
        return TextTable(header: header, rows: lines).text + "\n" + Self.note
    }

    private func percentages(_ name: String, _ cost: Cost, _ part: Part) -> [String] {
        let all: [Int?] = [nil, nil, part.lut, part.ff, part.dsp, part.bram18, part.uram]
        return ["of \(part.device)", name]
            + zip(cost.entries, all).map { entry, all in
                guard let value = entry.value, let all, all > 0 else { return "" }
                return Percent.text(Double(value), of: Double(all))
            }
    }

    /// How good the estimates are: the largest median and the worst of what the calibration says of dense layers.
    private static var note: String {
        func words(_ quantity: Calibration.Quantity) -> String {
            let dense: Set<Calibration.Structure> = [.unrolled, .shared, .loop, .streamLoop]
            let stated = Calibration.stated.filter { $0.quantity == quantity && dense.contains($0.structure) }
            let median = stated.map(\.median).max() ?? 0, worst = stated.map(\.worst).max() ?? 0
            return "\(quantity.rawValue) \(Int(median)) % (worst \(Int(worst)) %)"
        }
        return "(estimates of what C synthesis will report, from the schedule; off by, for known dense layers: "
            + [Calibration.Quantity.latency, .lut, .ff].map(words).joined(separator: ", ")
            + ", shared multipliers exact; --json has all)"
    }

    static func json(_ row: CostRow) -> JSONValue {
        func cost(_ cost: Cost?) -> JSONValue {
            guard let cost else { return .null }
            return .object(cost.entries.map { JSONValue.Member($0.name, $0.value.map(JSONValue.int) ?? .null) })
        }
        return .object([
            "name": .string(row.name), "estimate": cost(row.estimate), "csynth": cost(row.csynth),
            "vsynth": cost(row.vsynth),
        ])
    }

    /// The stated residuals, percent.
    static var residuals: JSONValue {
        .array(
            Calibration.stated.map { residual in
                .object([
                    "structure": .string(residual.structure.rawValue), "quantity": .string(residual.quantity.rawValue),
                    "rows": .int(residual.rows), "median_percent": .double(residual.median),
                    "worst_percent": .double(residual.worst),
                ])
            })
    }
}
