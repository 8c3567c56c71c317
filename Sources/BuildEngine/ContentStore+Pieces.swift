internal import Basics

extension ContentStore {
    /// A content that was given is not what it was said to be.
    struct WrongContent: Error {}

    /// Adds a content that is handed over in pieces.
    ///
    /// - Parameter source: hands the pieces to its parameter; false if it has no such content.
    /// - Returns: what `source` did.
    /// - Throws: `WrongContent` if the pieces are not that content: then nothing is kept.
    func put(
        _ content: Content, from source: ((ArraySlice<UInt8>) throws -> Void) async throws -> Bool
    ) async throws -> Bool {
        if isInMemory {
            var bytes: [UInt8] = []
            guard try await source({ bytes += $0 }) else { return false }
            guard Digest(of: bytes) == content.digest else { throw WrongContent() }
            _ = try put(bytes, sync: false)
            return true
        }
        try disk.makeDirectories(paths.scratch)
        let temporary = paths.scratch + "/" + disk.uniqueName()
        do {
            let file = try NewFile(temporary, disk)
            var size = 0
            let isThere = try await source { piece in
                size += piece.count
                if size > content.size { throw WrongContent() }
                try file.write(Array(piece))
            }
            try file.finish(mode: 0o444, sync: false)
            guard isThere else {
                try disk.remove(temporary)
                return false
            }
            guard try disk.digest(temporary) == content.digest else { throw WrongContent() }
            let path = paths.absolute(Self.path(of: content.digest))
            try disk.makeDirectories(PathText.parent(of: path) ?? paths.store)
            try disk.rename(temporary, to: path)
            return true
        } catch {
            try? disk.remove(temporary)
            throw error
        }
    }

    /// The content's bytes, piece by piece; whoever has taken all of them knows that they are right. `next` throws
    /// `StoreDamage` instead of ending if they are not.
    func pieces(_ digest: Digest) throws -> () throws -> [UInt8]? {
        guard let file = try? FilePieces(paths.absolute(Self.path(of: digest)), disk) else {
            quarantine(digest)
            throw StoreDamage(digest: digest)
        }
        let hash = PieceHash()
        return {
            if let piece = try file.next() {
                hash.update(piece)
                return piece
            }
            guard hash.finish() == digest else {
                self.quarantine(digest)
                throw StoreDamage(digest: digest)
            }
            return nil
        }
    }

    /// How many bytes a content has; nil if it is not there.
    func size(of digest: Digest) -> Int? {
        disk.linkStatus(paths.absolute(Self.path(of: digest))).map { Int($0.size) }
    }
}

/// A hash of pieces that a closure can hold.
private final class PieceHash {
    private var hasher: DigestHasher? = DigestHasher()

    func update(_ piece: [UInt8]) { hasher?.update(piece) }

    func finish() -> Digest? { hasher.take()?.finish() }
}
