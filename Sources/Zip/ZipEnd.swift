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
    private static let locatorMark: [UInt8] = [0x50, 0x4B, 0x06, 0x07]
    private static let locatorLength = 20
    private static let largeMark: [UInt8] = [0x50, 0x4B, 0x06, 0x06]
    private static let largeLength = 56

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
        let small = (start: number(at + 16, 4), size: number(at + 12, 4), entries: number(at + 10, 2))
        guard number(at + 8, 2) == small.entries else { return nil }
        if small.start + small.size == at {
            directory = small.start..<at
            entries = small.entries
            return
        }
        // A record of large numbers may stand between, which a locator before this one finds; whoever writes it always,
        // as PyTorch does, has the same numbers in both where they fit.
        guard at >= Self.locatorLength + Self.largeLength,
            bytes[at - Self.locatorLength..<at].starts(with: Self.locatorMark),
            case let large = at - Self.locatorLength - Self.largeLength, number(at - 12, 8) == large,
            bytes[large...].starts(with: Self.largeMark),
            number(large + 24, 8) == number(large + 32, 8)
        else { return nil }
        let start = number(large + 48, 8), size = number(large + 40, 8), count = number(large + 32, 8)
        guard start >= 0, size >= 0, count >= 0, start <= large, size == large - start,
            small.start == start || small.start == 0xFFFF_FFFF, small.size == size || small.size == 0xFFFF_FFFF,
            small.entries == count || small.entries == 0xFFFF
        else { return nil }
        directory = start..<large
        entries = count
    }
}
