public import Basics
internal import CMinizip

/// Zip archives, by the minizip of the zlib project.
public enum ZipArchive {
    /// An archive of the entries in the order given.
    ///
    /// The same entries give the same bytes, always: they are stored and not deflated, since no two releases of a
    /// compressor promise the same bytes; all have the first date that the format knows, are readable for everybody, and
    /// nothing of this machine is told. Repeated and illegal paths are refused.
    ///
    /// - Throws: also where the entries pass the plain format's limits, 4 GiB and 65 534 entries.
    public static func stored(_ entries: [ZipEntry]) throws(DiagnosticError) -> [UInt8] {
        var seen: Set<String> = []
        for entry in entries {
            if let what = wrong(with: entry.path) { throw fault(what) }
            guard seen.insert(entry.path).inserted else { throw fault("there are two files '\(entry.path)'") }
        }
        let size = entries.reduce(22) { $0 + $1.bytes.count + 2 * $1.path.utf8.count + 76 }
        guard size < Int(UInt32.max), entries.count < Int(UInt16.max) else {
            throw fault("the files are too large for a zip archive: more than 4 GiB or 65 534 files")
        }
        let file = MemoryFile()
        var functions = file.functions
        guard let archive = zipOpen2_64("archive", APPEND_STATUS_CREATE, nil, &functions) else {
            throw fault("there is not enough memory for the archive")
        }
        var isSound = true
        for entry in entries { isSound = isSound && add(entry, to: archive) }
        let isClosed = zipClose(archive, nil) == ZIP_OK
        guard isSound, isClosed else { throw fault("there is not enough memory for the archive") }
        return withExtendedLifetime(file) { file.bytes }
    }

    private static func add(_ entry: ZipEntry, to archive: zipFile) -> Bool {
        var info = zip_fileinfo()
        // The first of January 1980, midnight.
        info.dosDate = 1 << 21 | 1 << 16
        info.external_fa = 0o100644 << 16
        // Made on Unix by version 2.0 of the format; flag 11: the path is UTF-8. Level 0 of method 0: stored.
        let isOpen = zipOpenNewFileInZip4_64(
            archive, entry.path, &info, nil, 0, nil, 0, nil, 0, 0, 0, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY, nil, 0,
            3 << 8 | 20, 1 << 11, 0)
        guard isOpen == ZIP_OK else { return false }
        var rest = entry.bytes[...]
        while !rest.isEmpty {
            let part = rest.prefix(1 << 30)
            let result = part.withUnsafeBytes { zipWriteInFileInZip(archive, $0.baseAddress, UInt32($0.count)) }
            guard result == ZIP_OK else { return false }
            rest = rest.dropFirst(part.count)
        }
        return zipCloseFileInZip(archive) == ZIP_OK
    }

    static func fault(_ what: String) -> DiagnosticError { DiagnosticError(.error(what)) }

    /// Why a path may not stand in an archive; nil if it may.
    static func wrong(with path: String) -> String? {
        if (try? PathName(path)) != nil, path.utf8.count < Int(UInt16.max) { return nil }
        let shown = String(path.visible.prefix(200))
        return "the archive names a file '\(shown)', which is no plain relative path"
    }
}
