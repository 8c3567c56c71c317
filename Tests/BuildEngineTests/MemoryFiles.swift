import Basics
import Glibc

/// Folders and files as a value: a copy is a disk as it was at an instant.
struct MemoryFiles: Sendable {
    /// What changes a disk, whole or not at all, but for a write.
    enum Change: Sendable {
        case makeFile(String, mode: UInt32)
        case makeFolder(String)
        /// Adds bytes at a file's end.
        case append(UInt64, [UInt8])
        /// All bytes of the file are safe from now on.
        case sync(UInt64)
        case setMode(UInt64, UInt32)
        case rename(String, String)
        case remove(String)
    }

    private struct Node: Sendable {
        var kind: FileStatus.Kind
        var mode: UInt32
        var bytes: [UInt8] = []
        /// How many of the bytes a loss of power leaves.
        var synced = 0
        var modified: Int64
        var changed: Int64
        var entries: [String: UInt64] = [:]
    }

    private static let root: UInt64 = 1
    private var nodes: [UInt64: Node] = [:]
    /// Nanoseconds since 1970, never a whole second: that would be a file system with coarse time stamps.
    private(set) var now: Int64 = 1_700_000_000_000_000_500
    /// Nanoseconds that a change takes.
    private let step: Int64

    /// - Parameter step: nanoseconds that a change takes.
    init(step: Int64) {
        self.step = step
        nodes[Self.root] = Node(kind: .directory, mode: 0o755, modified: now, changed: now)
    }

    mutating func pass(_ nanoseconds: Int64) { now += nanoseconds }

    // MARK: Reading

    /// The file's or folder's number; nil with `errno` set if there is none.
    func find(_ path: String) -> UInt64? {
        var at = Self.root
        for name in path.utf8.split(separator: UInt8(ascii: "/")) {
            guard let node = nodes[at], node.kind == .directory else {
                errno = ENOTDIR
                return nil
            }
            guard let next = node.entries[String(Substring(name))] else {
                errno = ENOENT
                return nil
            }
            at = next
        }
        return at
    }

    func status(_ path: String) -> FileStatus? {
        guard let number = find(path), let node = nodes[number] else { return nil }
        return FileStatus(
            kind: node.kind, size: Int64(node.bytes.count), mode: node.mode, modified: node.modified,
            changed: node.changed, inode: number, device: 1)
    }

    /// A file's bytes; nil with `errno` set if there is none.
    func bytes(_ path: String) -> [UInt8]? {
        guard let number = find(path), let node = nodes[number] else { return nil }
        guard node.kind == .file else {
            errno = EISDIR
            return nil
        }
        return node.bytes
    }

    /// A folder's names, sorted; nil with `errno` set if there is none.
    func names(_ path: String) -> [String]? {
        guard let number = find(path), let node = nodes[number] else { return nil }
        guard node.kind == .directory else {
            errno = ENOTDIR
            return nil
        }
        return node.entries.keys.sorted()
    }

    // MARK: Changing

    /// Does what is to be done; false with `errno` set, and nothing is done, where the kernel would refuse it.
    @discardableResult
    mutating func apply(_ change: Change) -> Bool {
        switch change {
        case .makeFile(let path, let mode): add(path, .file, mode)
        case .makeFolder(let path): add(path, .directory, 0o755)
        case .append(let number, let bytes):
            touch(number) {
                $0.bytes += bytes
                $0.modified = $1
            }
        case .sync(let number):
            touch(number) { node, _ in node.synced = node.bytes.count }
        case .setMode(let number, let mode):
            touch(number) { node, time in
                node.mode = mode
                node.changed = time
            }
        case .rename(let path, let target): move(path, target)
        case .remove(let path): remove(path)
        }
    }

    /// Leaves of every file for which `isLost` holds only what was synced; whether anything is lost. Names are not: a
    /// file system with a journal keeps their order, so that this is the loss at an earlier instant.
    mutating func losePower(_ isLost: (UInt64) -> Bool) -> Bool {
        let lost = nodes.filter { $0.value.bytes.count > $0.value.synced && isLost($0.key) }
        for (number, node) in lost { nodes[number]?.bytes = Array(node.bytes.prefix(node.synced)) }
        return !lost.isEmpty
    }

    /// Makes everything safe, as it is some time after a build.
    mutating func syncAll() {
        for (number, node) in nodes { nodes[number]?.synced = node.bytes.count }
    }

    private mutating func touch(_ number: UInt64, _ body: (inout Node, Int64) -> Void) -> Bool {
        guard var node = nodes[number] else {
            errno = EBADF
            return false
        }
        now += step
        let before = node
        body(&node, now)
        if node.bytes.count != before.bytes.count { node.changed = now }
        nodes[number] = node
        return true
    }

    /// The folder that has or would have the path's last name; nil with `errno` set if there is none.
    private func folder(of path: String) -> (number: UInt64, name: String)? {
        guard let slash = path.lastIndex(of: "/"), let number = find(String(path[..<slash])) else { return nil }
        guard nodes[number]?.kind == .directory else {
            errno = ENOTDIR
            return nil
        }
        return (number, String(path[path.index(after: slash)...]))
    }

    private mutating func add(_ path: String, _ kind: FileStatus.Kind, _ mode: UInt32) -> Bool {
        guard let (parent, name) = folder(of: path) else { return false }
        guard nodes[parent]?.entries[name] == nil else {
            errno = EEXIST
            return false
        }
        let number = UInt64(nodes.count) + 1
        nodes[number] = Node(kind: kind, mode: mode, modified: now + step, changed: now + step)
        return touch(parent) {
            $0.entries[name] = number
            ($0.modified, $0.changed) = ($1, $1)
        }
    }

    private mutating func move(_ path: String, _ target: String) -> Bool {
        guard let number = find(path), let from = folder(of: path), let to = folder(of: target) else { return false }
        if let old = nodes[to.number]?.entries[to.name], nodes[old]?.kind == .directory {
            errno = EISDIR
            return false
        }
        nodes[from.number]?.entries[from.name] = nil
        nodes[to.number]?.entries[to.name] = number
        for folder in [from.number, to.number] {
            nodes[folder]?.modified = now + step
            nodes[folder]?.changed = now + step
        }
        return touch(number) { $0.changed = $1 }
    }

    /// Removes a file or an empty folder. Its bytes stay for whoever has it open.
    private mutating func remove(_ path: String) -> Bool {
        guard let number = find(path), let (parent, name) = folder(of: path) else { return false }
        guard nodes[number]?.entries.isEmpty == true else {
            errno = ENOTEMPTY
            return false
        }
        return touch(parent) {
            $0.entries[name] = nil
            ($0.modified, $0.changed) = ($1, $1)
        }
    }
}
