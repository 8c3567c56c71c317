internal import Basics
internal import Synchronization

/// Records of actions by key, one small file each, below `.hlsbuild/actions`.
///
/// A file appears by a rename after all that it refers to is in the store; a file that is damaged, cut or of another
/// format is no record.
final class ActionCache: Sendable {
    private let paths: ProjectPaths
    private let disk: Disk
    /// In a dry run: what would have been written.
    private let memory = Mutex<[Digest: ActionRecord]>([:])
    private let isInMemory: Bool

    init(paths: ProjectPaths, disk: Disk, inMemory: Bool) {
        self.paths = paths
        self.disk = disk
        isInMemory = inMemory
    }

    private func path(of key: Digest) -> String {
        let hex = key.hex
        return "\(paths.actions)/\(hex.prefix(1))/\(hex.dropFirst(1))"
    }

    /// The record, if there is a sound one.
    func record(for key: Digest) -> ActionRecord? {
        if let record = memory.withLock({ $0[key] }) { return record }
        guard let bytes = try? disk.read(path(of: key), within: .state), let record = ActionRecord(encoded: bytes),
            record.key == key
        else { return nil }
        return record
    }

    func put(_ record: ActionRecord, sync: Bool) throws {
        if isInMemory { return memory.withLock { $0[record.key] = record } }
        let path = path(of: record.key)
        let folder = PathText.parent(of: path) ?? paths.actions
        try disk.makeDirectories(folder)
        try disk.makeDirectories(paths.scratch)
        try disk.replace(path, record.encoded, sync: sync, scratch: paths.scratch)
        if sync { try disk.sync(path: folder) }
    }
}
