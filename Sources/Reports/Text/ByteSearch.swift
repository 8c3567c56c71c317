internal import Glibc

/// Searching bytes for bytes, which is most of what reading a log is.
enum ByteSearch {
    /// The offset at which `needle` first stands in `text`; nil where it does not, or is empty.
    static func first(_ needle: UnsafeRawBufferPointer, in text: UnsafeRawBufferPointer) -> Int? {
        guard let base = text.baseAddress, let wanted = needle.baseAddress, !needle.isEmpty,
            text.count >= needle.count
        else { return nil }
        let last = text.count - needle.count
        var offset = 0
        while offset <= last {
            guard let hit = memchr(base + offset, Int32(needle[0]), last - offset + 1) else { return nil }
            offset = UnsafeRawPointer(hit) - base
            if memcmp(hit, wanted, needle.count) == 0 { return offset }
            offset += 1
        }
        return nil
    }
}

extension String {
    /// Whether the bytes of another text stand in this one's.
    func holds(_ other: String) -> Bool {
        // Of texts as they are stored nothing is copied.
        var (text, wanted) = (self, other)
        return text.withUTF8 { text in
            wanted.withUTF8 { ByteSearch.first(UnsafeRawBufferPointer($0), in: UnsafeRawBufferPointer(text)) != nil }
        }
    }
}
