internal import Basics
internal import Release

/// All that a release states and holds, but for what follows from it: the texts that describe it, and the digests.
struct ReleaseContents: Sendable {
    var project: String
    /// The project file, a path in the release.
    var projectFile: String
    var settings: [String]
    var stages: [Manifest.Stage]
    var leftOut: [Manifest.LeftOut]
    var tools: [Manifest.Tool]
    /// Contents by their paths in the release.
    var files: [String: [UInt8]]

    /// The whole release.
    /// - Parameter hlsbuild: the version of the program that makes it.
    func archive(hlsbuild: String) throws -> (archive: ReleaseArchive, manifest: Manifest) {
        let manifest = Manifest(
            project: project, hlsbuild: hlsbuild, projectFile: projectFile, settings: settings, stages: stages,
            leftOut: Self.inOrder(leftOut) { [$0.path, $0.why] },
            tools: Self.inOrder(tools) { [$0.stage, $0.name, $0.sha256, $0.version] })
        var archive = ReleaseArchive(root: project, files: files)
        archive.files[ReleaseReadme.path] = Array(ReleaseReadme.text(manifest).utf8)
        archive.files[Manifest.path] = try manifest.encoded()
        archive.files[Provenance.path] = try Provenance(of: archive, manifest, inputs: ReleaseFiles.inputs).encoded()
        return (archive, manifest)
    }

    /// In the order of the bytes of what tells the items apart, whatever order they were found in.
    private static func inOrder<Item>(_ items: [Item], _ key: (Item) -> [String]) -> [Item] {
        items.sorted { left, right in
            for (one, other) in zip(key(left), key(right)) where !one.isExactly(other) {
                return one.utf8.lexicographicallyPrecedes(other.utf8)
            }
            return false
        }
    }
}
