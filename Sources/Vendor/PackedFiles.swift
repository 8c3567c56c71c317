internal import Basics
internal import Zip

/// Files that a tool packs together, as they are in every run: those of an IP, of a kernel, of archives in them.
struct PackedFiles {
    /// Contents by path.
    private(set) var files: [String: [UInt8]]

    /// - Parameter revision: that of the IP, the last number of the version that the tool was told.
    init(_ entries: [ZipEntry], revision: String) throws(DiagnosticError) {
        try self.init(
            Dictionary(entries.map { ($0.path, $0.bytes) }, uniquingKeysWith: { first, _ in first }),
            revision: revision, depth: 0)
    }

    private init(_ given: [String: [UInt8]], revision: String, depth: Int) throws(DiagnosticError) {
        files = [:]
        for (path, bytes) in given {
            files[path] =
                path.ends(with: ".zip") && depth < 3
                ? try Self.archive(bytes, revision: revision, depth: depth + 1)
                : Self.timeless(path, bytes)
        }
        // The descriptions last: they state the checksums of the others.
        for (path, bytes) in given where PathText.name(of: path).isExactly(Self.description) {
            var component = Component(bytes)
            component.removeTimes()
            component.setRevision(revision)
            let folder = path.rest(before: Self.description) ?? ""
            for file in component.files {
                let place = folder + file
                if let old = given[place], let new = files[place] { component.update(file, from: old, to: new) }
            }
            files[path] = Array(component.text.utf8)
        }
    }

    private static let description = "component.xml"

    /// An archive with its files stored in the order of their paths, without the time of day.
    static func archive(_ bytes: [UInt8], revision: String, depth: Int = 0) throws(DiagnosticError) -> [UInt8] {
        let entries = try ZipArchive.entries(bytes)
        let given = Dictionary(entries.map { ($0.path, $0.bytes) }, uniquingKeysWith: { first, _ in first })
        return try ZipArchive.stored(PackedFiles(given, revision: revision, depth: depth).sorted)
    }

    /// The files in the order of the bytes of their paths.
    var sorted: [ZipEntry] {
        files.map { ZipEntry($0.key, $0.value) }.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    private static func timeless(_ path: String, _ bytes: [UInt8]) -> [UInt8] {
        let text = Timeless.file(path, bytes)
        return path.ends(with: ".xml") ? withoutStamps(text) : text
    }

    /// Descriptions of kernels have attributes that hold the time in whatever form.
    private static func withoutStamps(_ bytes: [UInt8]) -> [UInt8] {
        var text = String(decoding: bytes, as: UTF8.self)
        for attribute in ["timestamp", "timeStamp", "creationDate", "creationTime"] {
            let start = " \(attribute)=\""
            let parts = text.split(separator: start, omittingEmptySubsequences: false)
            text = parts.enumerated().map { index, part in
                index == 0 ? String(part) : Timeless.date + part.drop { $0 != "\"" }
            }.joined(separator: start)
        }
        return Array(text.utf8)
    }
}
