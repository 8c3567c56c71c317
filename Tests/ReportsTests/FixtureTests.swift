import Basics
import Reports
import Testing

/// Every value that another program, in another language, read from the same files.
@Suite struct FixtureTests {
    /// Path, key and value as `independent_reading.py` wrote them.
    static let expected: [(path: String, values: [(key: String, value: String)])] = {
        var files: [(path: String, values: [(key: String, value: String)])] = []
        for line in Fixtures.lines("expected.tsv") {
            let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0) }
            if parts.count == 3 {
                files[files.count - 1].values.append((parts[1], parts[2]))
            } else {
                files.append((parts[0], []))
            }
        }
        return files
    }()

    @Test func valuesAreThoseOfTheIndependentReading() throws {
        #expect(Self.expected.count >= 200)
        for (path, values) in Self.expected {
            let json = try Fixtures.read(path).json
            for (key, value) in values {
                #expect(Self.value(json, key) == value, "\(path): \(key)")
            }
        }
    }

    /// `clock.target_ns`; `module.3.name` is the fourth row of that kind; `codes` are those of all errors of a log.
    static func value(_ json: JSONValue, _ key: String) -> String {
        var parts = key.split(separator: ".").map { String($0) }[...]
        if parts.first == "codes" {
            let errors = json["causes"]?.elements.filter { $0["severity"]?.spelled == "error" } ?? []
            let codes = Set(errors.compactMap { $0["code"]?.spelled }.filter { $0 != "null" })
            return codes.isEmpty ? "null" : codes.sorted().joined(separator: " ")
        }
        var value: JSONValue? = json
        if let kind = parts.first, ["module", "loop", "row"].contains(kind), let index = Int(parts[1]) {
            let rows = json["rows"]?.elements.filter { kind == "row" || $0["kind"]?.spelled == kind } ?? []
            value = rows.indices.contains(index) ? rows[index] : nil
            parts = parts.dropFirst(2)
        }
        for part in parts { value = value?[part] }
        return value?.spelled ?? "missing"
    }

    @Test func everyFixtureIsReadAsItsFoldersKind() throws {
        let kinds = ["csynth", "cosim", "export", "utilization", "timing", "power", "ip", "log"]
        for path in Fixtures.paths() {
            let folder = String(path.prefix { $0 != "/" })
            guard kinds.contains(folder) else { continue }
            #expect(try Fixtures.read(path).kind == folder, "\(path)")
        }
        for path in Fixtures.paths("failures/") { #expect(try Fixtures.read(path).kind == "log", "\(path)") }
    }

    @Test func filesThatStateNoResultAreRefused() {
        let paths = Fixtures.paths("refused/")
        #expect(!paths.isEmpty)
        for path in paths {
            #expect(throws: ReportRefusal.self, "\(path)") { try Fixtures.read(path) }
        }
    }

    /// The contract of `report --read --json`: these members, in every csynth report.
    @Test func csynthReportsHaveTheMembersThatAreRelied() throws {
        for path in Fixtures.paths("csynth/") {
            let json = try Fixtures.read(path).json
            for name in ["kind", "schema", "tool", "version", "part", "top"] { #expect(json[name] != nil, "\(path)") }
            for name in ["target_ns", "estimated_ns"] { #expect(json["clock"]?[name] != nil, "\(path)") }
            for name in ["best", "worst"] { #expect(json["latency"]?[name] != nil, "\(path)") }
            for name in ["min", "max"] { #expect(json["interval"]?[name] != nil, "\(path)") }
            for name in ["LUT", "FF", "DSP", "BRAM_18K", "URAM"] { #expect(json["resources"]?[name] != nil, "\(path)") }
            #expect(json["part"] != .null, "\(path)")
            #expect(json["resources"]?["LUT"] != .null, "\(path)")
        }
    }
}
