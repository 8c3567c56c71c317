public import Basics

/// A result cache in a folder, for several projects of one machine or a network share.
public struct FolderCache: ResultCache {
    private let folder: String
    private let disk = Disk()

    /// - Parameter folder: Absolute path; it is made when something is put.
    public init(folder: String) { self.folder = folder }

    public func records(for keys: Set<Digest>) async throws -> [Digest: [UInt8]] {
        var records: [Digest: [UInt8]] = [:]
        for key in keys { records[key] = try disk.readIfPresent(path("ac", key), within: .state) }
        return records
    }

    /// What is damaged is missing too: writing it anew mends it.
    public func missing(_ contents: Set<Content>) async throws -> Set<Content> {
        contents.filter { content in
            let path = path("cas", content.digest)
            guard disk.status(path)?.size == Int64(content.size) else { return true }
            return (try? disk.digest(path)) != content.digest
        }
    }

    public func read(_ content: Content, _ onPiece: (ArraySlice<UInt8>) throws -> Void) async throws -> Bool {
        let path = path("cas", content.digest)
        guard disk.status(path) != nil else { return false }
        let file = try FilePieces(path, disk)
        while let piece = try file.next() { try onPiece(piece[...]) }
        return true
    }

    public func write(_ content: Content, _ next: () throws -> [UInt8]?) async throws {
        try makeFolders("cas")
        let temporary = scratch + "/" + disk.uniqueName()
        do {
            let file = try NewFile(temporary, disk)
            while let piece = try next() { try file.write(piece) }
            try file.finish(mode: 0o644, sync: true)
            try disk.rename(temporary, to: path("cas", content.digest))
        } catch {
            try? disk.remove(temporary)
            throw error
        }
    }

    public func put(record: [UInt8], key: Digest, contents: [Content]) async throws {
        try makeFolders("ac")
        try disk.replace(path("ac", key), record, sync: true, scratch: scratch)
    }

    private var scratch: String { folder + "/tmp" }

    private func path(_ part: String, _ digest: Digest) -> String { "\(folder)/\(part)/\(digest.hex)" }

    private func makeFolders(_ part: String) throws {
        try disk.makeDirectories("\(folder)/\(part)")
        try disk.makeDirectories(scratch)
    }
}
