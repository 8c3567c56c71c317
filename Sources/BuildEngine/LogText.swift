internal import Basics

/// Logs as text.
enum LogText {
    private static let half = 1 << 19

    /// The log's text; of a long one the first and the last half mebibyte.
    static func excerpt(_ path: String, _ disk: Disk) -> String {
        guard let bytes = try? disk.read(path) else { return "" }
        guard bytes.count > 2 * half else { return String(decoding: bytes, as: UTF8.self) }
        return String(decoding: bytes.prefix(half), as: UTF8.self) + "\n...\n"
            + String(decoding: bytes.suffix(half), as: UTF8.self)
    }
}
