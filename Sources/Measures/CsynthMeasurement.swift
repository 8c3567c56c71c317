public import Reports

/// What the reports of one C synthesis say together.
///
/// Vitis HLS has its modules in `csynth.xml`; with Vivado HLS they stand only in the report of the top function.
public struct CsynthMeasurement: Sendable {
    /// The report that the totals are of.
    public private(set) var total: CsynthReport?
    public private(set) var rows: [CsynthRow] = []

    /// - Parameter reports: in the order in which they are asked; those of other functions are left out.
    public init(_ reports: [Report], top: String) {
        for report in reports {
            guard case .csynth(let content) = report.content, content.top == top else { continue }
            if total == nil { total = content }
            if !rows.contains(where: { $0.kind == .module && $0.name != top }) { rows = content.rows }
        }
    }

    /// The names of the reports, the one with the exact totals first.
    public static func files(top: String) -> [String] { ["csynth.xml", top + "_csynth.rpt"] }
}
