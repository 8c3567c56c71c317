internal import Basics
internal import Release

extension Manifest {
    /// What this manifest of a release states otherwise than the one that was made again.
    func differences(from again: Manifest) -> [Diagnostic] {
        var found: [Diagnostic] = []
        func compare(_ what: String, _ old: String, _ new: String) {
            if !old.isExactly(new) {
                found.append(.error("\(Self.path): \(what) is '\(old)' in the release and '\(new)' made again"))
            }
        }
        /// Lists whose order counts too: what only one of them has, or that they are in another order.
        func compare(_ what: String, _ old: [String], _ new: [String]) {
            if old == new { return }
            let extra = old.filter { !new.contains($0) }, missing = new.filter { !old.contains($0) }
            for item in extra {
                found.append(.error("\(Self.path): \(what) '\(item)' is in the release and was not made again"))
            }
            for item in missing {
                found.append(.error("\(Self.path): \(what) '\(item)' was made and is not in the release"))
            }
            if extra.isEmpty, missing.isEmpty {
                found.append(.error("\(Self.path): each \(what) is there, in another order or number"))
            }
        }
        compare("the project's name", project, again.project)
        compare("the project file", projectFile, again.projectFile)
        compare("setting", settings, again.settings)
        compare("stage", stages.map(\.text), again.stages.map(\.text))
        compare("left out", leftOut.map { "\($0.path): \($0.why)" }, again.leftOut.map { "\($0.path): \($0.why)" })
        compare("tool", tools.map(\.text), again.tools.map(\.text))
        return found
    }
}

extension Manifest.Stage {
    fileprivate var text: String { present ? "\(name), present" : "\(name), missing: \(why ?? "")" }
}

extension Manifest.Tool {
    /// Which program it is, to a person.
    var identity: String { "\(name) (\(version), SHA-256 \(sha256))" }

    fileprivate var text: String { "\(stage): \(identity)" }
}
