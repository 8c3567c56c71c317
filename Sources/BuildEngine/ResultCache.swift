public import Basics

/// A content by what every cache calls it: its digest and how many bytes it has.
public struct Content: Hashable, Sendable {
    public let digest: Digest
    public let size: Int

    public init(_ digest: Digest, size: Int) {
        self.digest = digest
        self.size = size
    }
}

/// A place beyond the project's own `.hlsbuild` where results are looked up and put: a folder that several people
/// share, a server.
///
/// It can only speed things up. What it gives is checked (a content has its digest or is not taken), and whatever it
/// throws is one warning and a miss. Keys and contents are asked for many at a time, and contents come and go in
/// pieces, as the remote caches of Bazel have it: a key is the digest of an action, a record its result, and
/// `missing(_:)` their question before an upload.
public protocol ResultCache: Sendable {
    /// The records that were put under the keys, without those that are not there.
    func records(for keys: Set<Digest>) async throws -> [Digest: [UInt8]]

    /// Those of the contents that have to be written.
    func missing(_ contents: Set<Content>) async throws -> Set<Content>

    /// Hands on the content piece by piece, in order; false if it is not there.
    func read(_ content: Content, _ onPiece: (ArraySlice<UInt8>) throws -> Void) async throws -> Bool

    /// Takes the content piece by piece until there is none. If `next` throws, nothing of it may be kept.
    func write(_ content: Content, _ next: () throws -> [UInt8]?) async throws

    /// Called after all contents that the record refers to have been written.
    func put(record: [UInt8], key: Digest, contents: [Content]) async throws
}
