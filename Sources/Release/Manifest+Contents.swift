public import Basics

extension Manifest {
    /// What the manifest states of stages and the files of its release do not bear out: a stage is there if the release
    /// holds a file of it, or states one that was left out. Whether those are the right files, only a rebuild tells.
    public func contradictions(in archive: ReleaseArchive) -> [Diagnostic] {
        let held = Set(archive.paths.compactMap(Self.stage))
        let there = held.union(leftOut.map(\.path).compactMap(Self.stage))
        var stated: Set<ExactText> = []
        var faults: [Diagnostic] = []
        for stage in stages {
            let name = ExactText(stage.name)
            if !stated.insert(name).inserted {
                faults.append(.error("\(Self.path) states the stage '\(stage.name)' twice"))
            } else if stage.present, !there.contains(name) {
                faults.append(.error("\(Self.path) states that stage '\(stage.name)' is present, and nothing of it is"))
            } else if !stage.present, there.contains(name) {
                faults.append(
                    .error("\(Self.path) states that stage '\(stage.name)' is missing, and files of it are there"))
            }
        }
        for name in held.subtracting(stated).sorted() {
            faults.append(.error("'build/\(name.text)' is there, and \(Self.path) states no such stage"))
        }
        return faults
    }

    /// The stage that a path of the release belongs to; nil for what no stage made.
    private static func stage(_ path: String) -> ExactText? {
        let parts = path.parts(at: "/")
        return parts.count > 1 && parts[0].isExactly("build") ? ExactText(parts[1]) : nil
    }
}
