internal import Basics

/// The record at the end of an archive, which says where the directory is.
///
/// minizip looks for its mark alone and takes what it finds; archives are cut, and joined, so that this is not enough.
struct ZipEnd {
    /// Where the directory lies in the archive.
    let directory: Range<Int>
    let entries: Int

    private static let mark: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
    private static let length = 22

    /// The record, if one ends exactly where the archive does and follows directly on its directory; nil otherwise.
    init?(_ bytes: [UInt8]) {
        func number(_ at: Int, _ size: Int) -> Int {
            bytes[at..<at + size].reversed().reduce(0) { $0 << 8 | Int($1) }
        }
        let last = bytes.count - Self.length
        guard last >= 0 else { return nil }
        // A comment may follow the record.
        let found = stride(from: last, through: max(0, last - 0xFFFF), by: -1).first { at in
            bytes[at..<at + 4].elementsEqual(Self.mark) && number(at + 20, 2) == last - at
        }
        guard let at = found else { return nil }
        let start = number(at + 16, 4), size = number(at + 12, 4)
        guard start + size == at, number(at + 8, 2) == number(at + 10, 2) else { return nil }
        directory = start..<at
        entries = number(at + 10, 2)
    }
}
