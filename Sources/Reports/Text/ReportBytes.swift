internal import Basics
internal import CZlib

/// What is done to a file's bytes before anyone reads them: decompression, and the removal of what terminals and
/// Windows add.
enum ReportBytes {
    /// A bound on what a decompressed file may occupy, too.
    static let limit = InputLimit.report.bytes

    /// The bytes of the report itself.
    static func unpacked(_ bytes: [UInt8]) throws(ReportRefusal) -> [UInt8] {
        guard bytes.count <= limit else { throw .tooLarge(bytes.count) }
        guard bytes.count > 2, bytes[0] == 0x1F, bytes[1] == 0x8B else { return bytes }
        return try gunzipped(bytes)
    }

    /// Text without byte order mark, terminal control sequences and stray NULs, in UTF-8 or one byte a character.
    static func cleaned(_ bytes: [UInt8]) throws(ReportRefusal) -> [UInt8] {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return fromUTF16(bytes) }
        if let order = unmarkedUTF16(bytes) { return fromUTF16(order + bytes) }
        let head = bytes.prefix(8192)
        let strange = head.count { $0 < 0x09 || ($0 > 0x0D && $0 < 0x20 && $0 != 0x1B) }
        guard strange * 16 <= head.count else { throw .binary }
        guard bytes.contains(where: { $0 == 0x1B || $0 == 0 }) || bytes.starts(with: [0xEF, 0xBB, 0xBF]) else {
            return bytes
        }
        return withoutControls(bytes)
    }

    private static func withoutControls(_ bytes: [UInt8]) -> [UInt8] {
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count)
        var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == 0 { continue }
            guard byte == 0x1B else {
                kept.append(byte)
                continue
            }
            // ESC [ parameters final, where the final byte is 0x40 to 0x7E; any other escape is one byte long.
            guard index < bytes.count, bytes[index] == UInt8(ascii: "[") else { continue }
            index += 1
            while index < bytes.count, !(0x40...0x7E).contains(bytes[index]), bytes[index] != UInt8(ascii: "\n") {
                index += 1
            }
            if index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
        }
        return kept
    }

    /// The byte order mark of UTF-16 without one: text of these tools is ASCII for the most part, so that every other
    /// byte is 0.
    private static func unmarkedUTF16(_ bytes: [UInt8]) -> [UInt8]? {
        let head = Array(bytes.prefix(1024))
        guard head.count >= 4 else { return nil }
        func zeros(_ first: Int) -> Int { stride(from: first, to: head.count, by: 2).count { head[$0] == 0 } }
        // A few letters of other scripts have a zero in the other place.
        let even = zeros(0), odd = zeros(1), most = head.count * 2 / 5
        if odd > most, even * 8 < odd { return [0xFF, 0xFE] }
        return even > most && odd * 8 < even ? [0xFE, 0xFF] : nil
    }

    /// PowerShell redirects into UTF-16.
    private static func fromUTF16(_ bytes: [UInt8]) -> [UInt8] {
        let little = bytes[0] == 0xFF
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        var index = 2
        while index + 1 < bytes.count {
            let first = UInt16(bytes[index])
            let second = UInt16(bytes[index + 1])
            units.append(little ? first | second << 8 : first << 8 | second)
            index += 2
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }

    private static func gunzipped(_ bytes: [UInt8]) throws(ReportRefusal) -> [UInt8] {
        var stream = z_stream()
        // 15 bits of window, and 16 more for "gzip only".
        let size = Int32(MemoryLayout<z_stream>.size)
        guard inflateInit2_(&stream, 15 + 16, zlibVersion(), size) == Z_OK else { throw .damaged("gzip") }
        defer { inflateEnd(&stream) }
        var input = bytes
        var output: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        var status = Z_OK
        input.withUnsafeMutableBufferPointer { source in
            stream.next_in = source.baseAddress
            stream.avail_in = UInt32(source.count)
            while status == Z_OK, output.count <= limit {
                let produced = chunk.withUnsafeMutableBufferPointer { target in
                    stream.next_out = target.baseAddress
                    stream.avail_out = UInt32(target.count)
                    status = inflate(&stream, Z_NO_FLUSH)
                    return target.count - Int(stream.avail_out)
                }
                output.append(contentsOf: chunk[..<produced])
            }
        }
        guard output.count <= limit else { throw .tooLarge(output.count) }
        guard status == Z_STREAM_END else { throw .damaged("gzip") }
        return output
    }
}
