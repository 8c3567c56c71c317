internal import Glibc

extension Files {
    /// Writes a file whole: under another name beside it, then renamed, so that nobody ever sees half of it.
    public static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        let temporary = path + ".part\(getpid())"
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard file >= 0 else { throw FileError.last("write", path) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let error = FileError.last("write", path)
                close(file)
                unlink(temporary)
                throw error
            }
            rest = rest.dropFirst(count)
        }
        guard close(file) == 0, rename(temporary, path) == 0 else {
            let error = FileError.last("write", path)
            unlink(temporary)
            throw error
        }
    }

    /// Makes a folder and those above it, where they are not there yet.
    public static func makeDirectories(_ path: String) throws(FileError) {
        if path.isEmpty || status(path)?.kind == .directory { return }
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex { try makeDirectories(String(path[..<slash])) }
        guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw FileError.last("make", path) }
    }
}
