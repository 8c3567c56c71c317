package import Glibc

/// What the file system says of one path without its bytes being read: enough to notice any later change of it.
public struct FileStatus: Hashable, Sendable {
    public enum Kind: Character, Hashable, Sendable {
        case file = "f"
        case directory = "d"
        case link = "l"
        case other = "o"
    }

    public var kind: Kind
    /// Bytes.
    public var size: Int64
    /// The permission bits.
    public var mode: UInt32
    /// Nanoseconds since 1970 of the last change of the bytes; a program may set it to anything.
    public var modified: Int64
    /// Nanoseconds since 1970 of the last change of the bytes or of what is stated here; only the kernel sets it.
    public var changed: Int64
    public var inode: UInt64
    public var device: UInt64

    public init(
        kind: Kind, size: Int64, mode: UInt32, modified: Int64, changed: Int64, inode: UInt64, device: UInt64
    ) {
        self.kind = kind
        self.size = size
        self.mode = mode
        self.modified = modified
        self.changed = changed
        self.inode = inode
        self.device = device
    }

    /// The status as the operating system states it.
    package init(_ status: stat) {
        switch status.st_mode & S_IFMT {
        case S_IFREG: kind = .file
        case S_IFDIR: kind = .directory
        case S_IFLNK: kind = .link
        default: kind = .other
        }
        size = Int64(status.st_size)
        mode = UInt32(status.st_mode) & 0o7777
        modified = Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
        changed = Int64(status.st_ctim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_ctim.tv_nsec)
        inode = UInt64(status.st_ino)
        device = UInt64(status.st_dev)
    }

    /// Whether anybody may execute the file.
    public var isExecutable: Bool { mode & 0o111 != 0 }

    /// Whether a change made after `time` (nanoseconds since 1970) must show in `changed`.
    ///
    /// Time stamps have steps: a file written twice within one step looks the same both times. A status whose last
    /// change is not clearly older than the moment at which the bytes were looked at therefore proves nothing. Whole
    /// seconds point to a file system that keeps no finer time (some keep even seconds only).
    public func isSettled(at time: Int64) -> Bool {
        let coarse = changed % 1_000_000_000 == 0
        return changed < time &- (coarse ? 2_100_000_000 : 40_000_000)
    }
}
