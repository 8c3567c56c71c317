internal import Basics
internal import Synchronization

/// Digests of files by their status: a file that looks exactly as it did when it was hashed is not read again.
///
/// A status counts only if it was settled when the file was hashed (`FileStatus.isSettled`), and that of a file that is
/// edited only if it tells of every change (`StatusTrust`); all others are hashed again, so a wrong clock, a restored
/// time stamp, two edits in one tick or a network's folder cost a hash and never give an old digest.
final class StatCache: Sendable {
    /// How a file comes to change.
    enum Nature: String, Sendable {
        /// Any program may write to it at any time, also through a memory map: the user's sources.
        case edited = "e"
        /// It is put there whole and never written to again: installed tools, the engine's own files.
        case kept = "k"
    }

    struct Entry: Hashable, Sendable {
        var status: FileStatus
        var digest: Digest
        /// As what it was hashed.
        var nature: Nature
        /// Whether the status tells of every later change.
        var isTold: Bool
    }

    private struct Table {
        var loaded = false
        var known: [ExactText: Entry] = [:]
        var used: Set<ExactText> = []
        var changed = false
    }

    private let paths: ProjectPaths
    private let disk: Disk
    private let clock: WallClock
    private let trust: StatusTrust
    private let table = Mutex(Table())

    init(
        paths: ProjectPaths, disk: Disk = Disk(), clock: WallClock = .machine, trust: StatusTrust = .machine
    ) {
        self.paths = paths
        self.disk = disk
        self.clock = clock
        self.trust = trust
    }

    /// The digest of what the path leads to, and the status under which it holds.
    func digest(_ path: String, _ nature: Nature) throws -> Entry {
        let absolute = paths.absolute(path)
        guard let status = disk.status(absolute) else { throw FileError.last("read", path) }
        if let known = lookUp(path, nature), known.status == status { return known }
        for _ in 0..<5 {
            // The time before the file is written back: what is written through a map afterwards is not settled then.
            let start = clock.now()
            let isTold = nature == .kept || trust.holds(absolute)
            guard let before = disk.status(absolute) else { throw FileError.last("read", path) }
            let digest = try disk.digest(absolute)
            guard disk.status(absolute) == before else { continue }
            let entry = Entry(status: before, digest: digest, nature: nature, isTold: isTold)
            if isTold, before.isSettled(at: start) { remember(path, entry) }
            return entry
        }
        throw DiagnosticError(
            .error("'\(path)' changes all the time: no two readings of it agree", help: "stop what is writing it"))
    }

    private func lookUp(_ path: String, _ nature: Nature) -> Entry? {
        table.withLock { table in
            load(&table)
            table.used.insert(ExactText(path))
            guard let known = table.known[ExactText(path)], nature == .kept || known.nature == .edited else {
                return nil
            }
            return known
        }
    }

    private func remember(_ path: String, _ entry: Entry) {
        table.withLock { table in
            table.known[ExactText(path)] = entry
            table.changed = true
        }
    }

    private func load(_ table: inout Table) {
        guard !table.loaded else { return }
        table.loaded = true
        guard let bytes = try? disk.read(paths.statCache, within: .state) else { return }
        for fields in SealedLine.decodeAll(bytes).lines {
            guard fields.count == 10, let digest = Digest(hex: fields[8]), let status = FileStatus(fields[1..<8]),
                let nature = Nature(rawValue: fields[9])
            else { continue }
            table.known[ExactText(fields[0])] = Entry(status: status, digest: digest, nature: nature, isTold: true)
        }
    }

    /// Writes what was learnt. Losing it costs hashing and nothing else, so it is not synced.
    func save(_ disk: Disk) throws {
        let text: String? = table.withLock { table in
            guard table.changed else { return nil }
            table.changed = false
            let all = table.known.keys.sorted()
            let kept = all.count > 4 * table.used.count + 1000 ? all.filter(table.used.contains) : all
            return kept.compactMap { path in
                table.known[path].map {
                    SealedLine.encode([path.text] + $0.status.fields + [$0.digest.hex, $0.nature.rawValue])
                }
            }.joined()
        }
        guard let text else { return }
        try disk.makeDirectories(paths.scratch)
        try disk.replace(paths.statCache, Array(text.utf8), sync: false, scratch: paths.scratch)
    }
}

extension FileStatus {
    /// The status as fields of a line; `init?(_:)` reads them.
    var fields: [String] {
        [
            String(kind.rawValue), String(size), String(mode, radix: 8), String(modified), String(changed),
            String(inode), String(device),
        ]
    }

    init?(_ fields: some Collection<String>) {
        let fields = Array(fields)
        guard fields.count == 7, let letter = fields[0].first, let kind = Kind(rawValue: letter),
            let size = Int64(fields[1]), let mode = UInt32(fields[2], radix: 8), let modified = Int64(fields[3]),
            let changed = Int64(fields[4]), let inode = UInt64(fields[5]), let device = UInt64(fields[6])
        else { return nil }
        self.init(
            kind: kind, size: size, mode: mode, modified: modified, changed: changed, inode: inode, device: device)
    }
}
