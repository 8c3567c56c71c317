internal import Basics
internal import Glibc

/// Reading a project file from disk.
enum FileText {
    /// All bytes of a regular file that is not too large.
    static func read(_ path: String) throws(DiagnosticError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure(path, errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure(path, errno) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR:
            throw DiagnosticError(
                .error("'\(path)' is a folder", help: "name the project file in it: \(path)/hlsbuild.yml"))
        default:
            throw DiagnosticError(.error("'\(path)' is not a regular file", help: "name a project file"))
        }
        // A large file is refused by its size.
        if let problem = SourceText.problem(size: Int(clamping: status.st_size), file: path) {
            throw DiagnosticError(problem)
        }
        // It may grow: one byte more than is allowed is enough to see that there is too much.
        let limit = InputLimit.projectFile.bytes + 1
        var bytes = [UInt8](repeating: 0, count: min(Int(clamping: status.st_size) + 1, limit))
        var filled = 0
        while true {
            if filled == bytes.count {
                if filled >= limit { break }
                bytes.append(contentsOf: [UInt8](repeating: 0, count: min(filled + 1, limit - filled)))
            }
            let count = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled)
            }
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw failure(path, errno)
            }
            filled += count
        }
        bytes.removeLast(bytes.count - filled)
        return bytes
    }

    private static func failure(_ path: String, _ code: Int32) -> DiagnosticError {
        let help =
            switch code {
            case ENOENT: "'hlsbuild init' writes one; '-f FILE' names another"
            case EACCES: "allow it with 'chmod u+r'"
            default: "name a project file that can be read"
            }
        return DiagnosticError(.error("cannot read '\(path)': \(String(cString: strerror(code)))", help: help))
    }
}
