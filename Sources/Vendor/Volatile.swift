internal import Basics

/// Takes out of a tool's reports what two runs of the same work do not have in common.
enum Volatile {
    /// The file's bytes without dates, hosts and the folder of the run; files of no known kind as they are.
    static func removed(from bytes: [UInt8], path: String) -> [UInt8] {
        if path.ends(with: ".rpt") { return lines(RunFolder.removed(from: bytes)) { report($0) } }
        if path.ends(with: ".xml") { return withoutFolders(RunFolder.removed(from: bytes)) }
        return bytes
    }

    /// Labels whose values are the time or the machine.
    private static let labels = ["Date", "Host", "Report time", "Report date", "Run date", "Physical Peak Memory"]

    /// `| Date : Thu Nov 14` and `* Date:   Thu Nov 14` without their values.
    private static func report(_ line: String) -> String {
        let marks: Set<Character> = ["|", "*", " ", "=", "#"]
        let start = line.firstIndex { !marks.contains($0) } ?? line.endIndex
        for label in labels where line[start...].begins(with: label) {
            let rest = line[start...].dropFirst(label.count)
            let colon = rest.firstIndex { $0 != " " && $0 != "\t" }
            guard let colon, rest[colon] == ":" else { continue }
            return String(line[...colon])
        }
        return line
    }

    private static func lines(_ bytes: [UInt8], _ edit: (String) -> String) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for (index, line) in bytes.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
            if index > 0 { result.append(10) }
            // Lines of tables are long and never volatile; what is no UTF-8 stays as it is.
            if let text = String(validating: line, as: UTF8.self), line.count < 400 {
                result.append(contentsOf: edit(text).utf8)
            } else {
                result.append(contentsOf: line)
            }
        }
        return result
    }

    /// Absolute paths cut down: below the written project to the part in it, elsewhere to the name of the file.
    private static func withoutFolders(_ bytes: [UInt8]) -> [UInt8] {
        let slash = UInt8(ascii: "/")
        // Not the blank: `</a> /b` has no path, and names with blanks would be cut in half.
        let ends = Set("\"'<>;,()\n\t ".utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var at = bytes.startIndex
        while at < bytes.endIndex {
            let isStart = bytes[at] == slash && result.last.map(begins) ?? false
            guard isStart else {
                result.append(bytes[at])
                at += 1
                continue
            }
            let end = bytes[at...].firstIndex { ends.contains($0) } ?? bytes.endIndex
            result.append(contentsOf: shortened(bytes[at..<end]))
            at = end
        }
        return result
    }

    /// Whether a slash after this byte begins a path: not that of a closing tag.
    private static func begins(_ last: UInt8) -> Bool {
        switch last {
        case UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "="), UInt8(ascii: " "),
            UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "("), 9, 10:
            true
        default: false
        }
    }

    private static func shortened(_ path: ArraySlice<UInt8>) -> [UInt8] {
        let parts = path.split(separator: UInt8(ascii: "/"))
        // `/>` and a lone slash are no paths.
        guard parts.count > 1 else { return Array(path) }
        let firmware = Array("firmware".utf8)
        let start = parts.lastIndex { Array($0) == firmware } ?? parts.count - 1
        return Array(parts[start...].joined(separator: [UInt8(ascii: "/")]))
    }
}
