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
    func read(_ path: String, within limit: InputLimit = .other) throws(FileError) -> [UInt8] {
        switch medium {
        case .machine: try Files.read(path, within: limit)
        case .standIn(let files): try files.read(path)
        }
    }

    /// All bytes of a regular file; nil if there is none.
    func readIfPresent(_ path: String, within limit: InputLimit = .other) throws(FileError) -> [UInt8]? {
        switch medium {
        case .machine: return try Files.readIfPresent(path, within: limit)
        case .standIn(let files):
            do { return try files.read(path) } catch {
                if error.isMissing { return nil }
                throw error
            }
        }
    }

    /// All bytes of a text; of a long one the first and the last `half` bytes, with dots on a line of their own between:
    /// a tool that has gone wild writes more than anybody reads.
    func ends(of path: String, _ half: Int) throws(FileError) -> [UInt8] {
        guard let status = status(path), status.size > 2 * half else { return try read(path) }
        func part(_ offset: Int) throws(FileError) -> [UInt8] {
            switch medium {
            case .machine: try Files.read(path, at: offset, count: half) ?? []
            case .standIn(let files): Array(try files.read(path).dropFirst(offset).prefix(half))
            }
        }
        return try part(0) + Array("\n...\n".utf8) + part(Int(status.size) - half)
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
