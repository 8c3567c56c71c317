import Basics
import Reports
import TestSupport

/// The real reports and logs below `Tests/Fixtures/reports`, each compressed as a file of its own.
enum Fixtures {
    static let folder = Repository.fixtures + "/reports"

    /// Paths relative to the folder.
    static func paths(_ kind: String = "") -> [String] {
        ReportCensus.files(below: folder).filter { $0.hasPrefix(kind) && $0.hasSuffix(".gz") }.sorted()
    }

    static func bytes(_ path: String) -> [UInt8] { ReportCensus.bytes(of: folder + "/" + path) ?? [] }

    static func read(_ path: String) throws -> Report { try ReportReader.read(bytes(path), name: path) }

    static func lines(_ path: String) -> [Substring] {
        String(decoding: bytes(path), as: UTF8.self).split(separator: "\n")
    }

    static func log(_ path: String) throws -> LogReport? {
        if case .log(let log) = try read(path).content { log } else { nil }
    }
}

/// Looking into a value that was made to be written.
extension JSONValue {
    subscript(_ name: String) -> JSONValue? {
        if case .object(let members) = self { members.first { $0.name == name }?.value } else { nil }
    }

    var elements: [JSONValue] {
        if case .array(let values) = self { values } else { [] }
    }

    /// As `independent_reading.py` spells values: every number with a fraction.
    var spelled: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .int(let value): String(Double(value))
        case .double(let value): String(value)
        case .string(let value): value
        case .array, .object: text
        }
    }
}
