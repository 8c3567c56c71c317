internal import Glibc

extension Files {
    /// Writes a file whole: under another name beside it, then renamed, so that nobody ever sees half of it.
    public static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        let (folder, name) = PathText.split(path)
        let temporary = folder + "/" + unfinishedName(of: name) + "\(getpid())"
        try put(bytes, temporary, O_TRUNC, named: path)
        guard rename(temporary, path) == 0 else {
            let error = FileError.last("write", path)
            unlink(temporary)
            throw error
        }
    }

    /// What the names begin with under which a file is written before it has its own; a process number follows. A name
    /// that has no room for that has its digest there.
    public static func unfinishedName(of name: String) -> String {
        let mark = ".part"
        let room = PathName.longestPart - mark.utf8.count - 10
        return (name.utf8.count <= room ? name : Digest(of: name).hex) + mark
    }

    /// Makes a file that is not there yet. What is there already, even a link that leads nowhere, is an error and stays
    /// as it is; of a file that could not be written whole nothing is left.
    public static func create(_ path: String, _ bytes: [UInt8]) throws(FileError) {
        try put(bytes, path, O_EXCL, named: path)
    }

    /// Writes all bytes to a file opened for it, which is gone again if that fails.
    /// - Parameters:
    ///   - flag: what becomes of a file that is there: `O_TRUNC` or `O_EXCL`.
    ///   - name: the file that errors speak of.
    private static func put(_ bytes: [UInt8], _ path: String, _ flag: Int32, named name: String) throws(FileError) {
        let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flag, 0o666)
        guard file >= 0 else { throw FileError.last(flag == O_EXCL ? "create" : "write", name) }
        var error: FileError?
        var rest = bytes[...]
        while error == nil, !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if count == 0 || errno != EINTR {
                error = .last("write", name)
            }
        }
        // A disk over the network may tell only now that it is full.
        if close(file) != 0, error == nil { error = .last("write", name) }
        guard let error else { return }
        unlink(path)
        throw error
    }

    /// Makes a folder and those above it, where they are not there yet.
    public static func makeDirectories(_ path: String) throws(FileError) {
        if path.isEmpty || status(path)?.kind == .directory { return }
        if let parent = PathText.parent(of: path) { try makeDirectories(parent) }
        guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw FileError.last("make", path) }
    }
}
