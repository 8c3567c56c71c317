internal import Basics

/// The list of everything that a build with nothing to do looked at, for `QuietCheck`.
struct QuietRecord {
    static let header = "hlsbuild-quiet 1"

    let request: String
    let summary: BuildSummary
    let world: World

    /// Writes the record, or nothing if something was seen that its status alone cannot confirm.
    func save(_ paths: ProjectPaths, _ disk: Disk) throws {
        let executable = disk.status(QuietCheck.executable)
        world.note(.target(ExactText(QuietCheck.executable)), executable.map(World.Sight.file) ?? .nothing)
        guard let observations = world.observations else { return }
        var text = Self.header + "\n" + Digest(of: request).hex + "\n"
        for stage in summary.stages {
            text += "s\(stage.actions.current) \(stage.stage)\n"
            for diagnostic in stage.diagnostics { text += "w \(SealedLine.join(diagnostic.fields))\n" }
        }
        for (subject, sight) in observations {
            guard let line = line(subject, sight) else { return }
            text += line
        }
        text += "end \(Digest(of: text).hex)\n"
        try disk.makeDirectories(paths.scratch)
        try disk.replace(paths.quiet, Array(text.utf8), sync: false, scratch: paths.scratch)
    }

    /// The letter says how to look; the path or name stands last. Nil if the sight cannot be confirmed.
    private func line(_ subject: World.Subject, _ sight: World.Sight) -> String? {
        let (letter, name): (String, String) =
            switch subject {
            case .target(let path): ("t", path.text)
            case .entry(let path): ("l", path.text)
            case .variable(let name): ("v", name.text)
            case .content(let path): ("c", path.text)
            }
        guard !name.utf8.contains(10), !name.utf8.contains(0) else { return nil }
        switch sight {
        case .nothing: return "\(letter)- \(name)\n"
        case .text(let text): return "\(letter)\(Digest(of: text).hex) \(name)\n"
        case .digest(let digest): return "\(letter)\(digest.hex) \(name)\n"
        case .file(let status):
            guard status.isSettled(at: world.opened) else { return nil }
            return "\(letter)\(status.fields.joined(separator: ",")) \(name)\n"
        }
    }
}
