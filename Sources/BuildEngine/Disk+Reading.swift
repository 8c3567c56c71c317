internal import Basics

/// Reading and asking, as `Files` does it on the machine's own disk.
extension Disk {
    /// The status of what the path leads to through symbolic links; nil if there is nothing.
    func status(_ path: String) -> FileStatus? {
        switch medium {
        case .machine: Files.status(path)
        case .standIn(let files): files.status(path)
        }
    }

    /// The status of the path itself, of the link if it is one; nil if there is nothing.
    func linkStatus(_ path: String) -> FileStatus? {
        switch medium {
        case .machine: Files.linkStatus(path)
        case .standIn(let files): files.linkStatus(path)
        }
    }

    /// All bytes of a regular file.
    ///
    /// - Parameter limit: what is taken of a file of its kind; a larger one is refused by its size, unread.
    func read(_ path: String, within limit: InputLimit? = nil) throws(FileError) -> [UInt8] {
        switch medium {
        case .machine: try Files.read(path, within: limit)
        case .standIn(let files): try files.read(path)
        }
    }

    /// All bytes of a regular file; nil if there is none.
    func readIfPresent(_ path: String) throws(FileError) -> [UInt8]? {
        switch medium {
        case .machine: return try Files.readIfPresent(path)
        case .standIn(let files):
            do { return try files.read(path) } catch {
                if error.isMissing { return nil }
                throw error
            }
        }
    }

    /// The digest of a file's bytes.
    func digest(_ path: String) throws(FileError) -> Digest {
        switch medium {
        case .machine: try Files.digest(path).digest
        case .standIn(let files): Digest(of: try files.read(path))
        }
    }

    /// The names in a folder, sorted, without `.` and `..`.
    func list(_ path: String) throws(FileError) -> [String] {
        switch medium {
        case .machine: try Files.list(path)
        case .standIn(let files): try files.list(path)
        }
    }
}
