internal import Basics

/// What this program laid out below `build/STAGE`: how it tells its own files from those of the user.
struct LayoutManifest: Hashable, Sendable {
    struct Entry: Hashable, Sendable {
        /// All contents that the file may have by our doing: while a layout is under way, the old one and the new one.
        var ours: Set<Digest>
        /// How the file looked when it was last found to have the one content; nil if that proves nothing.
        var status: FileStatus?
    }

    var entries: [String: Entry] = [:]

    private static let header = ["hlsbuild-layout", "1"]

    /// Reads the manifest; lines that are damaged are left out, so that at worst our own file is taken for edited.
    init(paths: ProjectPaths, stage: StageIdentity, disk: Disk) {
        guard let bytes = try? disk.read(Self.path(paths, stage), within: .state) else { return }
        let lines = SealedLine.decodeAll(bytes).lines
        guard lines.first == Self.header else { return }
        for line in lines.dropFirst() where line.count >= 2 && PathText.isContained(line[0]) {
            let ours = line[1].split(separator: ",").compactMap { Digest(hex: $0) }
            entries[line[0]] = Entry(ours: Set(ours), status: FileStatus(line.dropFirst(2)))
        }
    }

    func save(paths: ProjectPaths, stage: StageIdentity, disk: Disk, sync: Bool = false) throws {
        var text = SealedLine.encode(Self.header)
        for (path, entry) in entries.sorted(by: { $0.key < $1.key }) {
            let ours = entry.ours.sorted().map(\.hex).joined(separator: ",")
            text += SealedLine.encode([path, ours] + (entry.status?.fields ?? []))
        }
        try disk.makeDirectories(paths.layouts)
        try disk.makeDirectories(paths.scratch)
        try disk.replace(Self.path(paths, stage), Array(text.utf8), sync: sync, scratch: paths.scratch)
    }

    static func path(_ paths: ProjectPaths, _ stage: StageIdentity) -> String {
        paths.layouts + "/" + (stage.point.map { $0 + separator } ?? "") + stage.name
    }

    /// Between point and name: no legal name has one, and no folder of a point gets in the way of a stage's file.
    private static let separator = "%"

    /// The stage whose manifest is called so; nil if none can be.
    static func stage(ofFile name: String) -> StageIdentity? {
        let parts = name.parts(at: "%")
        guard let last = parts.last, parts.count <= 2 else { return nil }
        let stage = StageIdentity(point: parts.count == 2 ? parts[0] : nil, last)
        return stage.isLegal ? stage : nil
    }
}
