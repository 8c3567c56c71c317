public import Basics
internal import CMinizip

extension ZipArchive {
    /// The files of an archive, sorted by path; folders are left out.
    ///
    /// An archive is believed in nothing: sizes that it states are upper limits and never memory that is taken, and
    /// encrypted, repeated, overlapping or ill-named files are refused, so that what one program unpacks is what every
    /// other does.
    ///
    /// - Parameter limit: how many bytes all files together may have.
    /// - Throws: where it is damaged, or uses more of the format than storing and deflating.
    public static func entries(_ bytes: [UInt8], limit: Int = InputLimit.zip.bytes) throws(DiagnosticError)
        -> [ZipEntry]
    {
        guard let end = ZipEnd(bytes) else { throw fault("this is no whole zip archive") }
        if end.entries == 0, end.directory == 0..<0 { return [] }
        let file = MemoryFile(bytes)
        var functions = file.functions
        guard let archive = unzOpen2_64("archive", &functions) else { throw fault("this is no whole zip archive") }
        defer { unzClose(archive) }
        var reader = Reader(archive: archive, end: end, left: limit)
        let entries = try withExtendedLifetime(file) { () throws(DiagnosticError) in try reader.entries() }
        return entries.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    private struct Reader {
        let archive: unzFile
        let end: ZipEnd
        /// How many more bytes may come out of it.
        var left: Int
        var seen: Set<String> = []
        /// Where the directory's entries so far end.
        var at = 0
        /// Where in the archive each file's content lies.
        var places: [Range<UInt64>] = []

        static func damaged(_ what: String) -> DiagnosticError {
            ZipArchive.fault("the zip archive is damaged: \(what)")
        }

        mutating func entries() throws(DiagnosticError) -> [ZipEntry] {
            var entries: [ZipEntry] = []
            var count = 0
            var result = unzGoToFirstFile(archive)
            while result == UNZ_OK {
                count += 1
                if let entry = try entry() { entries.append(entry) }
                result = unzGoToNextFile(archive)
            }
            guard result == UNZ_END_OF_LIST_OF_FILE, count == end.entries, at == end.directory.upperBound else {
                throw Self.damaged("its directory is not as long as its end says")
            }
            try checkPlaces()
            return entries
        }

        /// The file that the directory speaks of now; nil for a folder.
        private mutating func entry() throws(DiagnosticError) -> ZipEntry? {
            var info = unz_file_info64()
            guard unzGetCurrentFileInfo64(archive, &info, nil, 0, nil, 0, nil, 0) == UNZ_OK else {
                throw Self.damaged("an entry of its directory cannot be read")
            }
            at = Count.plus(
                Int(clamping: unzGetOffset64(archive)),
                46 + Int(info.size_filename + info.size_file_extra + info.size_file_comment))
            let path = try path(Int(info.size_filename))
            let folder = path.rest(before: "/")
            if let what = ZipArchive.wrong(with: folder ?? path) { throw ZipArchive.fault(what) }
            guard seen.insert(path).inserted else { throw ZipArchive.fault("the archive has two files '\(path)'") }
            if folder != nil, info.uncompressed_size == 0 { return nil }
            guard info.flag & 1 == 0 else { throw ZipArchive.fault("'\(path)' in the archive is encrypted") }
            guard [0, UInt(Z_DEFLATED)].contains(info.compression_method) else {
                throw ZipArchive.fault("'\(path)' in the archive is compressed in a way that hlsbuild does not read")
            }
            return ZipEntry(path, try content(info, path))
        }

        private func path(_ count: Int) throws(DiagnosticError) -> String {
            var name = [UInt8](repeating: 0, count: count + 1)
            let result = name.withUnsafeMutableBytes { buffer in
                unzGetCurrentFileInfo64(archive, nil, buffer.baseAddress, UInt(buffer.count), nil, 0, nil, 0)
            }
            guard result == UNZ_OK, let path = String(validating: name[..<count], as: UTF8.self) else {
                throw Self.damaged("a path in it is not UTF-8")
            }
            return path
        }

        private mutating func content(_ info: unz_file_info64, _ path: String) throws(DiagnosticError) -> [UInt8] {
            // Nothing deflates to less than a thousandth.
            let most = info.compressed_size.multipliedReportingOverflow(by: 1100)
            guard info.compressed_size <= end.directory.lowerBound, !most.overflow,
                info.uncompressed_size <= most.partialValue + 64
            else {
                throw Self.damaged("'\(path)' states sizes that cannot be")
            }
            guard info.uncompressed_size <= left, AddressSpace.hasRoom(for: 2 * Int(info.uncompressed_size)) else {
                throw ZipArchive.fault("the archive holds more than hlsbuild unpacks")
            }
            guard unzOpenCurrentFile(archive) == UNZ_OK else {
                throw Self.damaged("the two headers of '\(path)' do not fit together")
            }
            let start = unzGetCurrentFileZStreamPos64(archive)
            let content = read(atMost: Int(info.uncompressed_size))
            guard unzCloseCurrentFile(archive) == UNZ_OK, let content, content.count == info.uncompressed_size,
                ZipChecksum.of(content) == info.crc
            else { throw Self.damaged("'\(path)' is not what its checksum says") }
            left -= content.count
            let stop = start.addingReportingOverflow(info.compressed_size)
            guard !stop.overflow else { throw Self.damaged("'\(path)' states sizes that cannot be") }
            if info.compressed_size > 0 { places.append(start..<stop.partialValue) }
            return content
        }

        /// The bytes of the open file; nil where they cannot be read.
        private func read(atMost count: Int) -> [UInt8]? {
            var content: [UInt8] = []
            // Address space alone: memory is taken by what comes, and an array that grows is there twice.
            content.reserveCapacity(count)
            var buffer = [UInt8](repeating: 0, count: 1 << 16)
            while content.count <= count {
                let read = unzReadCurrentFile(archive, &buffer, UInt32(buffer.count))
                if read == 0 { return content }
                guard read > 0 else { return nil }
                content += buffer[..<Int(read)]
            }
            return nil
        }

        /// Files that share bytes are how a small archive holds more than a disk.
        private func checkPlaces() throws(DiagnosticError) {
            guard places.allSatisfy({ $0.upperBound <= end.directory.lowerBound }) else {
                throw Self.damaged("a file reaches into its directory")
            }
            let sorted = places.sorted { $0.lowerBound < $1.lowerBound }
            for (place, next) in zip(sorted, sorted.dropFirst()) where place.upperBound > next.lowerBound {
                throw Self.damaged("two of its files lie in the same place")
            }
        }
    }
}
