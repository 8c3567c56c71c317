import Basics
import Glibc
import Reports

/// Reads every file below a folder and counts what it found: how a new collection of reports is looked over.
struct ReportCensus {
    struct Entry {
        var path: String
        var reading: Result<Report, ReportRefusal>
    }

    private(set) var entries: [Entry] = []

    init(folder: String) {
        for path in Self.files(below: folder).sorted() {
            guard let bytes = Self.bytes(of: folder + "/" + path) else { continue }
            let reading = Result { () throws(ReportRefusal) in try ReportReader.read(bytes, name: path) }
            entries.append(Entry(path: path, reading: reading))
        }
    }

    /// One line a kind and version, then one a reason of refusal.
    var table: String {
        var counts: [String: [String: Int]] = [:]
        var reasons: [String: Int] = [:]
        for entry in entries {
            switch entry.reading {
            case .success(let report): counts[report.kind, default: [:]][report.version ?? "-", default: 0] += 1
            case .failure(let refusal): reasons[refusal.reason, default: 0] += 1
            }
        }
        var text = ""
        for (kind, versions) in counts.sorted(by: { $0.key < $1.key }) {
            text += "\(kind): \(versions.values.reduce(0, +))\n    "
            text += versions.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ") + "\n"
        }
        for (reason, count) in reasons.sorted(by: { $0.key < $1.key }) { text += "refused \(count): \(reason)\n" }
        return text
    }

    /// One JSON object a line: path, and the report or the reason.
    var lines: String {
        entries.map { entry in
            let value: JSONValue.Member =
                switch entry.reading {
                case .success(let report): .init("report", report.json)
                case .failure(let refusal): .init("refused", .string(refusal.reason))
                }
            return JSONValue.object([.init("path", .string(entry.path)), value]).text
        }.joined(separator: "\n")
    }

    static func bytes(of path: String) -> [UInt8]? {
        guard let file = fopen(path, "rb") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            if count == 0 { return bytes }
            bytes.append(contentsOf: chunk[..<count])
        }
    }

    static func write(_ text: String, to path: String) {
        guard let file = fopen(path, "wb") else { return }
        defer { fclose(file) }
        fputs(text, file)
    }

    /// Paths of regular files, relative to the folder.
    static func files(below folder: String, prefix: String = "") -> [String] {
        guard let directory = opendir(folder + "/" + prefix) else { return [] }
        defer { closedir(directory) }
        var found: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name == "." || name == ".." { continue }
            let path = prefix.isEmpty ? name : prefix + "/" + name
            if Int32(entry.pointee.d_type) == Int32(DT_DIR) {
                found += files(below: folder, prefix: path)
            } else {
                found.append(path)
            }
        }
        return found
    }
}
