internal import Basics
internal import Glibc

extension Disk {
    /// Puts a file in place in one instant: a reader sees the old file or the new one, a kill leaves one of the two.
    func replace(_ path: String, _ bytes: [UInt8], mode: UInt32 = 0o644, sync: Bool, scratch: String) throws {
        let temporary = scratch + "/" + uniqueName()
        do {
            try create(temporary, bytes, mode: mode, sync: sync)
            try rename(temporary, to: path)
        } catch {
            try? remove(temporary)
            throw error
        }
    }

    /// Copies a file, sharing its blocks where the file system can, and returns the digest of the copy's bytes: what
    /// was read is what is hashed.
    func copy(_ path: String, to target: String, mode: UInt32) throws -> Digest {
        switch medium {
        case .machine: return try copyFile(path, to: target, mode: mode)
        case .standIn:
            let bytes = try read(path)
            try create(target, bytes, mode: mode, sync: false)
            return Digest(of: bytes)
        }
    }

    private func copyFile(_ path: String, to target: String, mode: UInt32) throws -> Digest {
        try fault(.create(target))
        let from = open(path, O_RDONLY | O_CLOEXEC)
        guard from >= 0 else { throw FileError.last("read", path) }
        defer { Glibc.close(from) }
        let to = open(target, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard to >= 0 else { throw FileError.last("create", target) }
        defer { Glibc.close(to) }
        let digest =
            if share(from, with: to) {
                try Files.digest(target).digest
            } else {
                try copyBytes(from, path, to: to, target)
            }
        try fault(.setMode(target))
        guard fchmod(to, mode_t(mode)) == 0 else { throw FileError.last("set the mode of", target) }
        return digest
    }

    /// Makes `to` a clone of `from` (FICLONE); false where the file system has no clones.
    private func share(_ from: Int32, with to: Int32) -> Bool {
        let cloneRequest: UInt = 0x4004_9409
        return ioctl(to, cloneRequest, from) == 0
    }

    private func copyBytes(_ from: Int32, _ path: String, to: Int32, _ target: String) throws -> Digest {
        var hasher = DigestHasher()
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = buffer.withUnsafeMutableBytes { Glibc.read(from, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw FileError.last("read", path)
            }
            if count == 0 { return hasher.finish() }
            let piece = Array(buffer[..<count])
            hasher.update(piece)
            try write(piece, to: to, target)
        }
    }
}
