import Basics
import Testing
import TestSupport

@testable import Reports

/// Reports that lack an end or have columns that nobody has seen: every number is that of the whole report, or missing.
@Suite struct MutationTests {
    private static let folders = ["utilization/", "timing/", "power/", "cosim/", "export/", "csynth/"]

    private static func texts(_ folders: [String]) throws -> [(path: String, bytes: [UInt8])] {
        try RobustnessTests.small(folders.flatMap { Fixtures.paths($0) }, 60_000).filter { !$0.path.contains(".xml") }
    }

    @Test func noNumberIsCutInTwo() throws {
        var dice = Dice(state: 7)
        var read = 0
        // A list of calls without some of the last is a list of calls.
        for (path, bytes) in try Self.texts(Self.folders) where !path.contains("transaction") {
            let whole = Leaves(try ReportReader.read(bytes).json)
            for _ in 0..<12 {
                let length = Int.random(in: 0..<bytes.count, using: &dice)
                guard let part = try? ReportReader.read(Array(bytes[..<length])) else { continue }
                read += 1
                #expect(Leaves(part.json).strange(to: whole).isEmpty, "\(path) cut at \(length)")
            }
        }
        #expect(read > 100)
    }

    /// A column of sevens behind the first, and all others in reverse.
    @Test func columnsAreFoundByName() throws {
        var changed = 0
        for (path, bytes) in try Self.texts(["utilization/", "export/", "power/"]) {
            let text = String(decoding: bytes, as: UTF8.self)
            let other = Self.turned(text)
            if other == text { continue }
            changed += 1
            let whole = try ReportReader.read(bytes), turned = try ReportReader.read(Array(other.utf8))
            #expect(turned.json.text == whole.json.text, "\(path)")
        }
        #expect(changed > 20)
    }

    /// Tables of one heading row with their columns changed; those with cells over several columns as they are.
    private static func turned(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        var start = 0
        while start < lines.count {
            guard lines[start].hasPrefix("+-") else {
                start += 1
                continue
            }
            let end = lines[start...].firstIndex { !$0.hasPrefix("+-") && !$0.hasPrefix("|") } ?? lines.count
            let cells = lines[start..<end].map { line in
                line.dropFirst().split(separator: line.first ?? "|", omittingEmptySubsequences: false).dropLast()
            }
            if end - start > 3, Set(cells.map(\.count)).count == 1, cells[0].count > 2 {
                for (offset, row) in cells.enumerated() {
                    let mark = String(lines[start + offset].prefix(1))
                    let novel = mark == "+" ? "-------" : offset == 1 ? " Novel " : "    7  "
                    let columns = [row[row.startIndex], Substring(novel)] + row.dropFirst().reversed()
                    lines[start + offset] = mark + columns.joined(separator: mark) + mark
                }
            }
            start = end
        }
        return lines.joined(separator: "\n")
    }

    @Test func whatIsNotUTF8() throws {
        for (path, bytes) in try Self.texts(Self.folders) {
            let report = try ReportReader.read(bytes)
            let units = String(decoding: bytes, as: UTF8.self).utf16
            #expect(try ReportReader.read(units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }) == report, "\(path)")
            #expect(try ReportReader.read(units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }) == report, "\(path)")
        }
    }
}

/// The numbers and words of a JSON text by their places; rows of lists by what names them, since a part has fewer.
private struct Leaves {
    private(set) var values: [String: Set<String>] = [:]

    init(_ json: JSONValue) { add(json, "") }

    private mutating func add(_ json: JSONValue, _ place: String) {
        switch json {
        case .object(let members):
            for member in members { add(member.value, place + "." + member.name) }
        case .array(let elements):
            for element in elements {
                let names = ["section", "site", "kind", "name", "instance", "module", "parent", "rtl"]
                let name = names.compactMap { element[$0]?.spelled }.joined(separator: "/")
                add(element, place + "[" + name + "]")
            }
        case .null: break
        case .bool, .int, .double, .string: values[place, default: []].insert(json.spelled)
        }
    }

    /// Values of a part that the whole does not have at that place.
    func strange(to whole: Leaves) -> [String] {
        values.flatMap { place, found in
            found.subtracting(whole.values[place] ?? []).map { "\(place) = \($0)" }
        }
    }
}
