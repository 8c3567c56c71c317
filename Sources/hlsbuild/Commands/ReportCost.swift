import Basics
import BuildReports
import Estimates
import Measures
import Stages
import Steps

/// What layers cost, estimated and measured side by side.
struct CostText {
    let rows: [CostRow]
    let part: Part?
    let available: AvailableCosts

    var text: String {
        let header = ["layer", "by"] + Cost().entries.map(\.name)
        var lines = rows.flatMap { row in
            row.sources.map { source in
                [row.name, source.name] + source.cost.entries.map { $0.value.map(String.init) ?? "" }
            }
        }
        var isUnverified = false
        for source in rows.last?.sources ?? [] {
            // What a tool counted is a share of the part that it worked for, which may not be today's.
            let offer = available[source.name], own = offer?.part
            let part = own.map(Part.named) ?? part
            let stated = offer.flatMap { $0.cost.lut ?? 0 > 0 ? $0.cost : nil }
            guard let all = stated ?? part.map(Cost.init) else { continue }
            let isMarked = stated == nil && part?.isMeasured == false
            isUnverified = isUnverified || isMarked
            let name = "of \(part?.device ?? own ?? "the part")" + (isMarked ? " *" : "")
            lines.append([name, source.name] + percentages(source.cost, all))
        }
        let mark = isUnverified ? "\n* what this part has was not read from a tool's report" : ""
        return TextTable(header: header, rows: lines).text + mark + "\n" + Self.note
    }

    private func percentages(_ cost: Cost, _ available: Cost) -> [String] {
        zip(cost.entries, available.entries).map { entry, all in
            guard let value = entry.value, let all = all.value, all > 0 else { return "" }
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

    static func json(_ row: CostRow, _ states: StageStates) -> JSONValue {
        func cost(_ cost: Cost?, of stage: StageName) -> JSONValue {
            guard let cost else { return .null }
            return .object(
                cost.entries.map { JSONValue.Member($0.name, $0.value.map(JSONValue.int) ?? .null) }
                    + [JSONValue.Member("of", .string(states.currency(of: stage).rawValue))])
        }
        return .object([
            "name": .string(row.name), "estimate": cost(row.estimate, of: .optimize),
            "synth": cost(row.csynth, of: .synth), "vsynth": cost(row.vsynth, of: .vsynth),
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
