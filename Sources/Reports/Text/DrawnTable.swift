internal import Basics

/// A table drawn with `+`, `-` and `|`, as every report of these tools holds them.
struct DrawnTable {
    /// One name a column, joined from all header rows: a group heading stands before the heading below it, so that
    /// `Latency` over `min` gives `Latency min`.
    var columns: [String]
    /// Rows between one rule and the next. Totals stand in groups of their own.
    var groups: [[[String]]]

    var rows: [[String]] { groups.flatMap { $0 } }

    /// The column of this name, or of the first of several names that different versions use.
    func column(_ names: String...) -> Int? {
        for name in names { if let index = columns.firstIndex(of: name) { return index } }
        return nil
    }

    /// The cell without blanks, nil where the table has no such column.
    static func cell(_ row: [String], _ column: Int?) -> String? {
        guard let column, row.indices.contains(column) else { return nil }
        return row[column].trimmed
    }

    /// Reads the table whose first rule is `lines[start]`; nil if that line is none. Returns the first line after it.
    static func read(_ lines: [Line], at start: Int) -> (table: DrawnTable, next: Int)? {
        guard lines.indices.contains(start), let bars = rule(lines[start]), bars.count >= 2 else { return nil }
        var header: [[(range: Range<Int>, text: String)]] = []
        var groups: [[[String]]] = []
        var open: [[String]] = []
        var seenHeader = false
        var index = start + 1
        // A cell takes more memory than the bar that ends it: what is wide and long at once is cut off.
        let end = min(lines.count, start + max(2, InputLimit.report.elements / bars.count))
        while index < end {
            let line = lines[index]
            if rule(line) != nil {
                if seenHeader { groups.append(open) }
                // A rule right below the first header row belongs to it where it only spans some columns.
                if !seenHeader { seenHeader = true }
                open = []
            } else if isRow(line), !isCutOff(line, bars) {
                if seenHeader { open.append(cells(of: line, bars)) } else { header.append(spans(of: line)) }
            } else {
                break
            }
            index += 1
        }
        // A table cut off in the middle keeps the rows it has.
        if !open.isEmpty { groups.append(open) }
        if groups.allSatisfy(\.isEmpty), !header.isEmpty {
            // One group only, so what looked like a header are the rows of a list of names and values.
            let rows = lines[(start + 1)..<index].filter { rule($0) == nil }.map { cells(of: $0, bars) }
            return (DrawnTable(columns: bars.dropLast().map { _ in "" }, groups: [rows]), index)
        }
        return (DrawnTable(columns: names(header, bars), groups: groups.filter { !$0.isEmpty }), index)
    }

    /// A row without its last bar is cut off, and so may be its last number.
    private static func isRow(_ line: Line) -> Bool {
        let body = line.trimmed.bytes
        return body.count > 1 && body.first == UInt8(ascii: "|") && body.last == UInt8(ascii: "|")
    }

    /// A row that ends at a bar before the last one. A name in another script may take more bytes than the rule, not less.
    private static func isCutOff(_ line: Line, _ bars: [Int]) -> Bool {
        guard let last = bars.last else { return false }
        let length = line.bytes.count - line.bytes.reversed().prefix { $0 == 0x20 || $0 == 0x09 }.count
        return length <= last && spans(of: line).count < bars.count - 1
    }

    /// The positions of the `+` of a rule, nil if the line is none.
    private static func rule(_ line: Line) -> [Int]? {
        let body = line.trimmed.bytes
        guard body.count >= 3, body.first == UInt8(ascii: "+"), body.last == UInt8(ascii: "+") else { return nil }
        var bars: [Int] = []
        for index in body.indices {
            switch body[index] {
            case UInt8(ascii: "+"): bars.append(index - line.bytes.startIndex)
            case UInt8(ascii: "-"), UInt8(ascii: "="): continue
            default: return nil
            }
        }
        // No report has tables so wide.
        return bars.count <= 256 ? bars : nil
    }

    /// The cells of a header row with the positions they stand at.
    private static func spans(of line: Line) -> [(range: Range<Int>, text: String)] {
        var result: [(Range<Int>, String)] = []
        var start: Int?
        for index in line.bytes.indices where line.bytes[index] == UInt8(ascii: "|") {
            if let start {
                let offset = line.bytes.startIndex
                result.append(((start - offset)..<(index - offset), Line.text(line.bytes[(start + 1)..<index])))
            }
            start = index
        }
        return result
    }

    /// The cells of a row: cut at its bars if there are as many as there should be, else where the rule has them.
    private static func cells(of line: Line, _ bars: [Int]) -> [String] {
        let found = spans(of: line)
        if found.count == bars.count - 1 { return found.map(\.text) }
        let bytes = line.bytes
        return zip(bars, bars.dropFirst()).map { left, right in
            let start = min(bytes.startIndex + left + 1, bytes.endIndex)
            return Line.text(bytes[start..<max(start, min(bytes.startIndex + right, bytes.endIndex))])
        }
    }

    private static func names(_ header: [[(range: Range<Int>, text: String)]], _ bars: [Int]) -> [String] {
        zip(bars, bars.dropFirst()).map { left, right in
            header.compactMap { row in
                row.first { $0.range.lowerBound <= left && right <= $0.range.upperBound }?.text.trimmed
            }
            .filter { !$0.isEmpty }.joined(separator: " ").withoutMarks
        }
    }
}
