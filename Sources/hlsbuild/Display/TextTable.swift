import Basics

/// Rows of cells in columns as wide as they need to be; columns without any text are left out.
struct TextTable {
    var header: [String]
    var rows: [[String]]

    /// Lines without a newline at the end.
    var text: String {
        let used = header.indices.filter { column in rows.contains { column < $0.count && !$0[column].isEmpty } }
        let lines = ([header] + rows).map { row in used.map { $0 < row.count ? row[$0].visible : "" } }
        let widths = used.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        return lines.map { line in
            StageTable.trimmed(zip(line, widths).map { StageTable.pad($0, $1 + 2) }.joined())
        }.joined(separator: "\n")
    }
}
