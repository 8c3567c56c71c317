/// The table of a co-simulation report, whose heading is drawn over several lines: a rule may pass below one column
/// while another's name goes on.
struct CosimTable {
    /// All words that stand above a column, for example `Latency(Clock Cycles) min`.
    let columns: [String]
    let rows: [[String]]

    /// Nil for a text without such a table, and for one whose last rule is missing: rows may be missing, too.
    init?(_ lines: [Line]) {
        guard let names = lines.firstIndex(where: { $0.starts(with: "|") && $0.contains(" min ") }),
            let start = lines[..<names].lastIndex(where: { $0.isBlank }).map({ $0 + 1 }) ?? lines.indices.first,
            names + 1 < lines.count, Self.isRule(lines[names + 1]),
            let end = lines[(names + 2)...].firstIndex(where: { !$0.starts(with: "|") }), Self.isRule(lines[end])
        else { return nil }
        let spans = Self.segments(lines[names])
        // No report has tables so wide.
        guard spans.count <= 256 else { return nil }
        let heading = lines[start...names].map(Self.segments)
        columns = spans.map { span in
            heading.compactMap { row in
                row.first {
                    $0.range.lowerBound <= span.range.lowerBound && span.range.upperBound <= $0.range.upperBound
                }
            }
            .map(\.text.trimmed).filter { !$0.allSatisfy { $0 == "-" } }.joined(separator: " ")
        }
        rows = lines[(names + 2)..<end].map { line in Self.segments(line).map(\.text.trimmed) }
    }

    /// The cell of the column below `group` that is called `name`; nil where the row does not fit the heading.
    func cell(_ row: [String], _ group: String, _ name: String = "") -> String? {
        guard row.count == columns.count else { return nil }
        return columns.firstIndex { $0.hasPrefix(group) && $0.hasSuffix(name) }.map { row[$0] }
    }

    private static func isRule(_ line: Line) -> Bool {
        line.starts(with: "+-") && line.trimmed.bytes.allSatisfy { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
    }

    /// What stands between one `|` or `+` and the next, and where.
    private static func segments(_ line: Line) -> [(range: Range<Int>, text: String)] {
        let start = line.bytes.startIndex
        let marks = line.bytes.indices.filter {
            line.bytes[$0] == UInt8(ascii: "|") || line.bytes[$0] == UInt8(ascii: "+")
        }
        return zip(marks, marks.dropFirst()).map { left, right in
            ((left - start)..<(right - start), Line.text(line.bytes[(left + 1)..<right]))
        }
    }
}
