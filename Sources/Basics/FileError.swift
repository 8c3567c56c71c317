internal import Glibc

/// A file operation that failed, with what the operating system said.
public struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was tried, as a verb phrase: "read", "create the folder".
    public var action: String
    public var path: String
    /// The value of `errno`.
    public var code: Int32

    public init(_ action: String, _ path: String, code: Int32) {
        self.action = action
        self.path = path
        self.code = code
    }

    /// The error of the call that has just failed.
    public static func last(_ action: String, _ path: String) -> FileError {
        FileError(action, path, code: errno)
    }

    /// Nothing is there: neither the file nor, perhaps, the folder it would be in.
    public var isMissing: Bool { code == ENOENT || code == ENOTDIR }

    /// The disk or the quota is full.
    public var isOutOfSpace: Bool { code == ENOSPC || code == EDQUOT }

    /// The place may not be written by this user or at all.
    public var isForbidden: Bool { code == EACCES || code == EPERM || code == EROFS }

    public var description: String { "cannot \(action) '\(path)': \(String(cString: strerror(code)))" }

    /// The error for a person, with what can be done about it.
    public var diagnostic: Diagnostic {
        let help: String? =
            if isOutOfSpace {
                "free some space ('hlsbuild gc' drops old results) and run again: what was finished is kept"
            } else if isForbidden {
                "check who owns the folder and whether the file system is mounted read-only"
            } else {
                nil
            }
        return .error(description, help: help)
    }
}

extension FileError {
    /// A rename from one file system to another.
    public var isOtherFileSystem: Bool { code == EXDEV }
}
