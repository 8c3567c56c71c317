internal import Basics
internal import Zip

/// A zip archive that PyTorch wrote: its files by their paths below the folder that all of them lie in.
struct TorchArchive {
    /// The file as the user knows it, for messages.
    let file: String
    private var entries: [String: [UInt8]] = [:]

    init(_ bytes: consuming [UInt8], file: String) throws(DiagnosticError) {
        self.file = file
        let found: [ZipEntry]
        do throws(DiagnosticError) {
            found = try ZipArchive.entries(bytes, limit: InputLimit.model.bytes)
        } catch {
            throw DiagnosticError(error.diagnostics.map { .error("'\(file)': \($0.message)", help: $0.help) })
        }
        _ = consume bytes
        let folder = Self.folder(of: found)
        for entry in found { entries[entry.path.rest(behind: folder) ?? entry.path] = entry.bytes }
    }

    /// Files by their paths.
    init(files: [String: [UInt8]], file: String) {
        entries = files
        self.file = file
    }

    /// The folder that every file lies in, with its slash; empty where there is none.
    private static func folder(of entries: [ZipEntry]) -> String {
        guard let first = entries.first, let slash = first.path.utf8.firstIndex(of: UInt8(ascii: "/")) else {
            return ""
        }
        let folder = String(first.path[...slash])
        return entries.allSatisfy { $0.path.begins(with: folder) } ? folder : ""
    }

    var paths: [String] { entries.keys.sorted() }

    func has(_ path: String) -> Bool { entries[path] != nil }

    func bytes(_ path: String) throws(DiagnosticError) -> [UInt8] {
        guard let bytes = entries[path] else { throw error("the archive has no file '\(path)'") }
        return bytes
    }

    /// Lets go of a file's bytes: those of weights that were read are of no use any more.
    mutating func drop(_ path: String) { entries[path] = nil }

    func json(_ path: String) throws(DiagnosticError) -> JSONValue {
        try JSONValue(parsing: try bytes(path), name: "\(file):\(path)")
    }

    func pickle(_ path: String) throws(DiagnosticError) -> PickleDocument {
        try PickleReader.read(try bytes(path), file: "\(file):\(path)")
    }

    /// Whether the machine that wrote the numbers had the high byte first.
    var isBigEndian: Bool { entries["byteorder"]?.elementsEqual("big".utf8) ?? false }

    func error(_ message: String, help: String? = nil) -> DiagnosticError {
        DiagnosticError(.error("'\(file)': \(message)", help: help))
    }
}
