internal import Glibc

/// A file operation that failed, with what the operating system said.
public struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was tried, as a verb phrase: "read", "create the folder".
    public var action: String
    public var path: String
    /// The value of `errno`.
    public var code: Int32
    /// What is wrong in better words than the system has; nil where it has the best.
    private var words: String?

    public init(_ action: String, _ path: String, code: Int32) {
        self.action = action
        self.path = path
        self.code = code
    }

    /// A file of more bytes than is taken of its kind.
    init(_ action: String, _ path: String, tooLarge words: String) {
        self.init(action, path, code: EFBIG)
        self.words = words
    }

    /// A file whose bytes do not fit into what memory this process may take.
    static func noRoom(_ path: String, for size: Int) -> FileError {
        var error = FileError("read", path, code: ENOMEM)
        error.words =
            "its \(size) bytes do not fit into the memory that this process may take ('ulimit -v' tells how much)"
        return error
    }

    /// Something else than a regular file where one is read.
    static func notRegular(_ path: String, mode: mode_t) -> FileError {
        let kind = mode & S_IFMT
        var error = FileError("read", path, code: kind == S_IFDIR ? EISDIR : EINVAL)
        switch kind {
        case S_IFIFO: error.words = "it is a FIFO, and only regular files are read"
        case S_IFCHR, S_IFBLK: error.words = "it is a device, and only regular files are read"
        case S_IFSOCK: error.words = "it is a socket, and only regular files are read"
        default: break
        }
        return error
    }

    /// The error of the call that has just failed.
    public static func last(_ action: String, _ path: String) -> FileError {
        FileError(action, path, code: errno)
    }

    /// Nothing is there: neither the file nor, perhaps, the folder it would be in.
    public var isMissing: Bool { code == ENOENT || code == ENOTDIR }

    /// It is more than is taken, or than the memory that this process may take holds: nothing is wrong with the file.
    public var hasNoRoom: Bool { code == EFBIG || code == ENOMEM }

    /// The disk or the quota is full.
    public var isOutOfSpace: Bool { code == ENOSPC || code == EDQUOT }

    /// The place may not be written by this user or at all.
    public var isForbidden: Bool { code == EACCES || code == EPERM || code == EROFS }

    /// What is wrong, without the file and what was tried.
    public var reason: String { words ?? String(cString: strerror(code)) }

    public var description: String { "cannot \(action) '\(path)': \(reason)" }

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
