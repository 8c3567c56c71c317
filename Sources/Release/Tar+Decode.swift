public import Basics

extension Tar {
    /// The files of an archive that `encode` made; anything else is refused, with the reason and the place.
    ///
    /// Lenient readers are how archives lie: what one tool skips, another unpacks. So this one takes no links, no
    /// folders, no names that leave the archive, and in the end nothing that `encode` would have written otherwise.
    public static func decode(_ bytes: [UInt8]) throws(DiagnosticError) -> [Entry] {
        // The files, and the archive that is made of them to compare.
        guard AddressSpace.hasRoom(for: Count.times(bytes.count, 3)) else {
            throw DiagnosticError(
                .error(
                    "the files of the archive do not fit into the memory that this process may take",
                    help: "allow more address space ('ulimit -v')"))
        }
        var reader = Reader(bytes: bytes)
        let entries = try reader.entries()
        let canonical = try encode(entries)
        if canonical != bytes { throw difference(bytes, canonical, entries) }
        return entries
    }

    /// What is wrong with an archive that can be read but is not as it was written.
    private static func difference(_ bytes: [UInt8], _ canonical: [UInt8], _ entries: [Entry]) -> DiagnosticError {
        let common = min(bytes.count, canonical.count)
        var offset = 0
        while offset < common, bytes[offset] == canonical[offset] { offset += 1 }
        guard offset < common else { return fault("the archive goes on behind its end", at: common) }
        var end = 0
        for entry in entries {
            end += (try? encode([entry]).count - 2 * block) ?? 0
            if offset < end {
                return fault("header or padding of '\(entry.path)' is not as hlsbuild writes it", at: offset)
            }
        }
        return fault("the end of the archive is not as hlsbuild writes it", at: offset)
    }

    static func fault(_ what: String, at offset: Int) -> DiagnosticError {
        DiagnosticError(.error("byte \(offset): \(what)", help: "the file was damaged or changed: get it again"))
    }

    private struct Reader {
        let bytes: [UInt8]
        var at = 0
        /// The name of the next file, stated by a record before it.
        var longName: String?
        /// Two spellings of one text are one name to some systems, and so they are here.
        var seen: Set<String> = []

        init(bytes: [UInt8]) { self.bytes = bytes }

        mutating func entries() throws(DiagnosticError) -> [Entry] {
            try checkKind()
            var entries: [Entry] = []
            while true {
                let start = at
                let header = try take(block, "a header")
                if header.allSatisfy({ $0 == 0 }) { break }
                guard header[header.startIndex + 257..<header.startIndex + 262].elementsEqual("ustar".utf8) else {
                    throw Tar.fault("this is no header of an entry", at: start)
                }
                let size = try number(header, 124, 12, start)
                let kind = header[header.startIndex + 156]
                let content = try take(size, "a file of \(size) bytes")
                _ = try take((block - size % block) % block, "padding")
                switch kind {
                case UInt8(ascii: "0"):
                    guard entries.count < InputLimit.release.elements else {
                        throw Tar.fault("more than \(InputLimit.release.elements) files", at: start)
                    }
                    let path = if let longName { longName } else { try name(header, start) }
                    longName = nil
                    try check(path, start)
                    entries.append(Entry(path, Array(content)))
                case UInt8(ascii: "x"): longName = try recordedName(content, start)
                default: throw Tar.fault(Self.refusal(kind), at: start + 156)
                }
            }
            _ = try take(block, "the end")
            return entries
        }

        private func checkKind() throws(DiagnosticError) {
            if bytes.starts(with: [0x1F, 0x8B]) || bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD])
                || bytes.starts(with: [0xFD, 0x37, 0x7A])
            {
                throw DiagnosticError(
                    .error("the file is compressed", help: "uncompress it first: a release is a plain tar archive"))
            }
            if bytes.isEmpty { throw DiagnosticError(.error("the file is empty", help: "it was cut: get it again")) }
        }

        private mutating func take(_ count: Int, _ what: String) throws(DiagnosticError) -> ArraySlice<UInt8> {
            guard count >= 0, count <= bytes.count - at else {
                throw DiagnosticError(
                    .error(
                        "the file ends at byte \(bytes.count), where \(what) should be",
                        help: "it was cut on its way: get it again"))
            }
            defer { at += count }
            return bytes[at..<at + count]
        }

        private func field(_ header: ArraySlice<UInt8>, _ offset: Int, _ count: Int) -> ArraySlice<UInt8> {
            header[header.startIndex + offset..<header.startIndex + offset + count].prefix { $0 != 0 }
        }

        private func number(_ header: ArraySlice<UInt8>, _ offset: Int, _ count: Int, _ start: Int)
            throws(DiagnosticError) -> Int
        {
            let digits = field(header, offset, count)
            guard !digits.isEmpty, digits.count < count, digits.allSatisfy({ (48...55).contains($0) }) else {
                throw Tar.fault("this is no number", at: start + offset)
            }
            return digits.reduce(0) { $0 << 3 | Int($1 - 48) }
        }

        private func name(_ header: ArraySlice<UInt8>, _ start: Int) throws(DiagnosticError) -> String {
            let prefix = field(header, 345, 155), rest = field(header, 0, 100)
            return try text(prefix.isEmpty ? Array(rest) : Array(prefix) + [UInt8(ascii: "/")] + Array(rest), start)
        }

        private func recordedName(_ content: ArraySlice<UInt8>, _ start: Int) throws(DiagnosticError) -> String {
            let key = Array(" path=".utf8)
            guard let space = content.firstIndex(of: UInt8(ascii: " ")), content.last == UInt8(ascii: "\n"),
                content[space...].starts(with: key)
            else { throw Tar.fault("this is no record of a name", at: start) }
            return try text(Array(content[(space + key.count)...].dropLast()), start)
        }

        private func text(_ bytes: [UInt8], _ start: Int) throws(DiagnosticError) -> String {
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw Tar.fault("the name is not UTF-8", at: start)
            }
            return text
        }

        private mutating func check(_ path: String, _ start: Int) throws(DiagnosticError) {
            if let what = Tar.wrong(with: path) { throw Tar.fault(what, at: start) }
            guard seen.insert(path).inserted else { throw Tar.fault("there are two files '\(path)'", at: start) }
        }

        private static func refusal(_ kind: UInt8) -> String {
            switch kind {
            case UInt8(ascii: "1"), UInt8(ascii: "2"): "a link, which a release never holds"
            case UInt8(ascii: "5"): "a folder entry, which a release never holds"
            default: "an entry of kind \(kind), which a release never holds"
            }
        }
    }

    /// Why a name may not stand in an archive; nil if it may.
    public static func wrong(with path: String) -> String? {
        do throws(PathName.Fault) {
            _ = try PathName(path)
            return nil
        } catch {
            let what: String? =
                switch error {
                case .isOdd, .hasNUL, .isNotUTF8: "has characters that no file of a release has"
                case .isAbsolute: "is absolute"
                case .isEmpty, .isNotPlain: "leaves the archive or is not in its plain form"
                // The container has room for it; whether a disk has is for whoever unpacks.
                case .isTooLong: nil
                }
            return what.map { "the name '\(path)' \($0)" }
        }
    }
}
