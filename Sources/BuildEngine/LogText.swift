internal import Basics

/// Logs as text.
enum LogText {
    private static let half = 1 << 19

    /// The log's text; of a long one the first and the last half mebibyte.
    static func excerpt(_ path: String, _ disk: Disk) -> String {
        String(decoding: (try? disk.ends(of: path, half)) ?? [], as: UTF8.self)
    }
}
