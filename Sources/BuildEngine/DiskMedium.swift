internal import Basics
internal import Glibc

/// Where the files of a `Disk` are: with the kernel, or where a test says.
///
/// An enumeration, so that looking at the thousands of files of a build with nothing to do costs a comparison more than
/// the call itself.
enum DiskMedium: Sendable {
    case machine
    case standIn(any StandInFiles)

    func open(_ path: String, _ flags: Int32, _ mode: mode_t = 0) -> Int32 {
        switch self {
        case .machine: Glibc.open(path, flags, mode)
        case .standIn(let files): files.open(path, flags, mode)
        }
    }

    func write(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        switch self {
        case .machine: Glibc.write(file, bytes.baseAddress, bytes.count)
        case .standIn(let files): files.write(file, bytes)
        }
    }

    func fsync(_ file: Int32) -> Int32 {
        switch self {
        case .machine: Glibc.fsync(file)
        case .standIn(let files): files.fsync(file)
        }
    }

    func fchmod(_ file: Int32, _ mode: mode_t) -> Int32 {
        switch self {
        case .machine: Glibc.fchmod(file, mode)
        case .standIn(let files): files.fchmod(file, mode)
        }
    }

    func close(_ file: Int32) {
        switch self {
        case .machine: _ = Glibc.close(file)
        case .standIn(let files): files.close(file)
        }
    }

    func chmod(_ path: String, _ mode: mode_t) -> Int32 {
        switch self {
        case .machine: Glibc.chmod(path, mode)
        case .standIn(let files): files.chmod(path, mode)
        }
    }

    func mkdir(_ path: String) -> Int32 {
        switch self {
        case .machine: Glibc.mkdir(path, 0o777)
        case .standIn(let files): files.mkdir(path)
        }
    }

    func rename(_ path: String, _ target: String) -> Int32 {
        switch self {
        case .machine: Glibc.rename(path, target)
        case .standIn(let files): files.rename(path, target)
        }
    }

    func unlink(_ path: String) -> Int32 {
        switch self {
        case .machine: Glibc.unlink(path)
        case .standIn(let files): files.unlink(path)
        }
    }

    func rmdir(_ path: String) -> Int32 {
        switch self {
        case .machine: Glibc.rmdir(path)
        case .standIn(let files): files.rmdir(path)
        }
    }
}

/// Files that are not the kernel's. The calls mean what those of the kernel mean that are called so, and tell of a
/// failure as they do: by their result and by `errno`.
protocol StandInFiles: AnyObject, Sendable {
    func open(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32
    func write(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int
    func fsync(_ file: Int32) -> Int32
    func fchmod(_ file: Int32, _ mode: mode_t) -> Int32
    func close(_ file: Int32)
    func chmod(_ path: String, _ mode: mode_t) -> Int32
    func mkdir(_ path: String) -> Int32
    func rename(_ path: String, _ target: String) -> Int32
    func unlink(_ path: String) -> Int32
    func rmdir(_ path: String) -> Int32

    /// As `Files.status`; `errno` says why there is none.
    func status(_ path: String) -> FileStatus?
    /// As `Files.linkStatus`.
    func linkStatus(_ path: String) -> FileStatus?
    /// As `Files.read`.
    func read(_ path: String) throws(FileError) -> [UInt8]
    /// As `Files.list`.
    func list(_ path: String) throws(FileError) -> [String]
}
