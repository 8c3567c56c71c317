public import Basics

/// A place beyond the project's own `.hlsbuild` where results are looked up and put: a folder that several people
/// share, a server.
///
/// It can only speed things up. What it gives is checked (a content has its digest or is not taken), and whatever it
/// throws is one warning and a miss.
public protocol ResultCache: Sendable {
    /// The record that was put under the key; nil if there is none.
    func record(for key: Digest) async throws -> [UInt8]?

    /// The content of that digest; nil if it is not there.
    func content(of digest: Digest) async throws -> [UInt8]?

    func put(content: [UInt8], digest: Digest) async throws

    /// Called after all contents that the record refers to have been put.
    func put(record: [UInt8], key: Digest) async throws
}

/// A result cache in a folder, for several projects of one machine or a network share.
public struct FolderCache: ResultCache {
    private let folder: String
    private let disk = Disk()

    /// - Parameter folder: Absolute path; it is made when something is put.
    public init(folder: String) { self.folder = folder }

    public func record(for key: Digest) async throws -> [UInt8]? { try read("ac", key) }

    public func content(of digest: Digest) async throws -> [UInt8]? { try read("cas", digest) }

    public func put(content: [UInt8], digest: Digest) async throws { try write("cas", digest, content) }

    public func put(record: [UInt8], key: Digest) async throws { try write("ac", key, record) }

    private func read(_ part: String, _ digest: Digest) throws -> [UInt8]? {
        try Files.readIfPresent("\(folder)/\(part)/\(digest.hex)")
    }

    private func write(_ part: String, _ digest: Digest, _ bytes: [UInt8]) throws {
        try disk.makeDirectories("\(folder)/\(part)")
        try disk.makeDirectories("\(folder)/tmp")
        try disk.replace("\(folder)/\(part)/\(digest.hex)", bytes, sync: true, scratch: "\(folder)/tmp")
    }
}
