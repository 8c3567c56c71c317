internal import Basics
internal import Glibc

/// The fresh folder that one command runs in: nothing but its inputs is there when it starts.
///
/// It lies below `.hlsbuild/work` and is removed after a success. After a failure it stays for whoever wants to look,
/// until the next attempt.
struct Sandbox: Sendable {
    let folder: String
    private let home: String
    private let disk: Disk
    /// How the inputs looked when they were placed.
    private var placed: [String: FileStatus] = [:]

    /// Makes the folder; what an earlier attempt left under the name is removed.
    init(paths: ProjectPaths, disk: Disk, stage: StageIdentity, label: String) throws {
        home = paths.work + "/" + stage.text + "/" + LabelName(label: label).text
        folder = home + "/run"
        self.disk = disk
        try Self.clear(home, paths, disk)
        try disk.makeDirectories(folder)
        try disk.makeDirectories(home + "/tmp")
        try disk.makeDirectories(home + "/home")
    }

    /// Makes way for the folder. A command that outlived a killed build may still be writing in the old one: it is
    /// renamed, which takes that command along, and what cannot be removed then is left to `gc`.
    private static func clear(_ home: String, _ paths: ProjectPaths, _ disk: Disk) throws {
        guard disk.linkStatus(home) != nil else { return }
        try disk.makeDirectories(paths.scratch)
        let old = paths.scratch + "/" + disk.uniqueName()
        try disk.rename(home, to: old)
        try? disk.removeTree(old)
    }

    /// The environment that keeps a tool's private files out of the way of others.
    var environment: [String: String] { ["TMPDIR": home + "/tmp", "HOME": home + "/home"] }

    /// Copies the inputs in. They may be changed there: they are copies.
    mutating func place(_ inputs: [StepInput], _ blobs: Blobs) throws {
        for input in inputs {
            let path = folder + "/" + input.name
            if let parent = PathText.parent(of: path) { try disk.makeDirectories(parent) }
            try blobs.export(input.artifact, to: path, mode: input.artifact.isExecutable ? 0o755 : 0o644)
            placed[input.name] = disk.linkStatus(path)
        }
    }

    /// The regular files that are new or not as they were placed, sorted.
    func produced() throws -> [String] {
        var found: [String] = []
        func visit(_ path: String) throws {
            for name in try disk.list(path.isEmpty ? folder : folder + "/" + path) {
                let inner = path.isEmpty ? name : path + "/" + name
                guard let status = disk.linkStatus(folder + "/" + inner) else { continue }
                switch status.kind {
                case .directory: try visit(inner)
                case .file: if status != placed[inner] { found.append(inner) }
                case .link, .other: break
                }
            }
        }
        try visit("")
        return found.sorted()
    }

    /// The files that a declared output stands for. Adds to `faults` what is wrong with them.
    func collect(_ output: CommandPlan.Output, among produced: [String], _ faults: inout [Diagnostic]) -> [String] {
        let found =
            switch output.form {
            case .file: produced.filter { $0 == output.path }
            case .tree: produced.filter { PathText.relative($0, to: output.path) != nil }
            }
        if found.isEmpty {
            if output.required { faults.append(missing(output)) }
            return []
        }
        if output.form == .file, output.required, !output.mayBeEmpty,
            disk.linkStatus(folder + "/" + output.path)?.size == 0
        {
            faults.append(.error("the command wrote an empty '\(output.path)'"))
        }
        return found
    }

    private func missing(_ output: CommandPlan.Output) -> Diagnostic {
        let path = output.path
        switch (disk.linkStatus(folder + "/" + path)?.kind, output.form) {
        case (nil, _): return .error("the command ended well but did not write '\(path)'")
        case (.link, _): return .error("the command made a link of '\(path)'; an output must be a file")
        case (.directory, .file): return .error("the command made a folder of '\(path)'; a file was declared")
        case (.directory, .tree): return .error("the command wrote nothing into '\(path)'")
        case (.file, .tree): return .error("the command made a file of '\(path)'; a folder was declared")
        case (.file, .file): return .error("the command left '\(path)' as it was given to it")
        case (.other, _): return .error("'\(path)' is neither a file nor a folder")
        }
    }

    func remove() { try? disk.removeTree(home) }
}
