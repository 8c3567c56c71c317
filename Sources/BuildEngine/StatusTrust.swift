internal import CFileSystem
internal import Glibc

/// Whether the status of a file tells of every later change of its bytes.
///
/// Two kinds of change leave no trace in it. A program that writes through a memory map sets the times when it first
/// writes to a page, and not again until that page has been written back: so a file is written back before it is
/// hashed. And a file system in memory never sets them again, one over the network may keep what it was told before.
struct StatusTrust: Sendable {
    /// Whether it does so for the file at an absolute path from now on, as far as the file's own time stamps are fine
    /// enough (`FileStatus.isSettled`).
    let holds: @Sendable (_ path: String) -> Bool

    /// What this machine's kernel does.
    static let machine = StatusTrust { path in
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return false }
        defer { close(file) }
        return LocalFileSystem.holds(file) && file_system_write_back(file) == 0
    }
}

/// The file systems whose pages, once written back, can only be written to by a fault that sets the times, and that
/// nobody changes but through this kernel. All others are not believed: NFS, CIFS, FUSE, 9p, those in memory, and what
/// is not known here.
private enum LocalFileSystem: Int64, CaseIterable {
    /// ext2 and ext3 too.
    case ext4 = 0xEF53
    case xfs = 0x5846_5342
    case btrfs = 0x9123_683E
    case f2fs = 0xF2F5_2010
    case bcachefs = 0xCA45_1A4E
    /// Of containers; what lies below it is one of the others.
    case overlay = 0x794C_7630

    static func holds(_ file: Int32) -> Bool { LocalFileSystem(rawValue: file_system_kind(file)) != nil }
}
