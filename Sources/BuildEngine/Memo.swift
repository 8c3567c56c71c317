public import Basics
internal import Synchronization

/// Short texts that are dear to find out and hold as long as what they are kept under: the version that a program of
/// a certain digest states. Kept in `.hlsbuild`, where they can be lost at any time.
public final class Memo: Sendable {
    private let paths: ProjectPaths
    private let file: String
    private let disk: Disk
    private let texts: Mutex<[Digest: String]?> = Mutex(nil)

    /// - Parameter name: The file's name below `.hlsbuild`.
    public init(_ name: String, of world: World) {
        paths = world.paths
        disk = world.disk
        file = world.paths.state + "/" + name
    }

    public func text(for key: Digest) -> String? {
        texts.withLock { texts in loaded(&texts)[key] }
    }

    /// Keeps the text. A folder that cannot be written is no error: the text is found out again next time.
    public func keep(_ text: String, for key: Digest) {
        let all = texts.withLock { texts in
            var all = loaded(&texts)
            all[key] = text
            texts = all
            return all
        }
        guard disk.status(paths.state)?.kind == .directory else { return }
        let lines = all.sorted { $0.key < $1.key }.map { SealedLine.encode([$0.key.hex, $0.value]) }.joined()
        try? disk.makeDirectories(paths.scratch)
        try? disk.replace(file, Array(lines.utf8), sync: false, scratch: paths.scratch)
    }

    private func loaded(_ texts: inout [Digest: String]?) -> [Digest: String] {
        if let texts { return texts }
        var all: [Digest: String] = [:]
        for line in SealedLine.decodeAll((try? disk.read(file, within: .state)) ?? []).lines {
            if line.count == 2, let key = Digest(hex: line[0]) { all[key] = line[1] }
        }
        texts = all
        return all
    }
}
