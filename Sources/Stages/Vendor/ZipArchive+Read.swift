internal import Basics
internal import CZlib

extension ZipArchive {
    /// The files of an archive that a tool has made, sorted by path.
    ///
    /// - Throws: where it is damaged, or uses more of the format than the tools do.
    static func files(_ bytes: [UInt8]) throws(DiagnosticError) -> [(path: String, bytes: [UInt8])] {
        let reader = Reader(bytes: bytes)
        var at = try reader.number(reader.directoryEnd() + 16, 4)
        var found: [(path: String, bytes: [UInt8])] = []
        for _ in 0..<(try reader.number(reader.directoryEnd() + 10, 2)) {
            guard try reader.number(at, 4) == 0x0201_4B50 else { throw Reader.damaged }
            let nameLength = try reader.number(at + 28, 2)
            let name = String(decoding: try reader.slice(at + 46, nameLength), as: UTF8.self)
            if !name.hasSuffix("/") { found.append((name, try reader.content(at))) }
            at += 46 + nameLength + (try reader.number(at + 30, 2)) + (try reader.number(at + 32, 2))
        }
        return found.sorted { $0.path < $1.path }
    }

    private struct Reader {
        let bytes: [UInt8]

        static let damaged = DiagnosticError(.error("the tool wrote a damaged archive", help: "run again"))

        func slice(_ at: Int, _ count: Int) throws(DiagnosticError) -> ArraySlice<UInt8> {
            guard at >= 0, count >= 0, at <= bytes.count, count <= bytes.count - at else { throw Self.damaged }
            return bytes[at..<at + count]
        }

        func number(_ at: Int, _ size: Int) throws(DiagnosticError) -> Int {
            try slice(at, size).reversed().reduce(0) { $0 << 8 | Int($1) }
        }

        /// Where the record at the end lies; a comment may follow it.
        func directoryEnd() throws(DiagnosticError) -> Int {
            var at = bytes.count - 22
            while at >= max(0, bytes.count - 22 - 0xFFFF) {
                if try number(at, 4) == 0x0605_4B50 { return at }
                at -= 1
            }
            throw Self.damaged
        }

        /// The file that the directory's entry stands for.
        func content(_ entry: Int) throws(DiagnosticError) -> [UInt8] {
            let (packed, size) = (try number(entry + 20, 4), try number(entry + 24, 4))
            let local = try number(entry + 42, 4)
            let start = local + 30 + (try number(local + 26, 2)) + (try number(local + 28, 2))
            let data = Array(try slice(start, packed))
            let content: [UInt8]
            switch try number(entry + 10, 2) {
            case 0: content = data
            case 8: content = try Self.inflated(data, size)
            default: throw Self.damaged
            }
            guard content.count == size, Int(CRC32.of(content)) == (try number(entry + 16, 4)) else {
                throw Self.damaged
            }
            return content
        }

        private static func inflated(_ data: [UInt8], _ size: Int) throws(DiagnosticError) -> [UInt8] {
            // Nothing deflates to less than a thousandth: a size beyond that is a lie.
            guard size <= data.count * 1100 + 64 else { throw damaged }
            var data = data
            var result = [UInt8](repeating: 0, count: size)
            let isWhole = data.withUnsafeMutableBufferPointer { input in
                result.withUnsafeMutableBufferPointer { output in
                    var stream = z_stream()
                    stream.next_in = input.baseAddress
                    stream.avail_in = UInt32(input.count)
                    stream.next_out = output.baseAddress
                    stream.avail_out = UInt32(output.count)
                    let length = Int32(MemoryLayout<z_stream>.size)
                    guard inflateInit2_(&stream, -15, ZLIB_VERSION, length) == Z_OK else { return false }
                    defer { inflateEnd(&stream) }
                    return inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_out == 0
                }
            }
            guard isWhole else { throw damaged }
            return result
        }
    }
}
