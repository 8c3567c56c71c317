internal import Basics
internal import Release
internal import Steps

/// What a release states and a rebuild cannot prove, because it differs from machine to machine by its nature: the whole
/// list. Each of them is named in a note where it is not as it is here; anything else that differs is a difference.
///
/// - the version of hlsbuild that made it;
/// - why a stage is not in it, whose why is history;
/// - name, version and digest of a tool, where as many tools were run for the stage here;
/// - all that it states of a stage whose tools are not here;
/// - what was given and not made: settings, and templates that are not this program's own.
struct Claims {
    private(set) var stages: [Manifest.Stage] = []
    private(set) var tools: [Manifest.Tool] = []
    private(set) var notes: [Diagnostic] = []
    /// What cannot be what it is stated to be.
    private(set) var faults: [Diagnostic] = []

    init(_ claimed: Manifest, _ rebuilt: RebuiltRelease, hlsbuild: String) {
        if claimed.hlsbuild != hlsbuild {
            note("the release was made by hlsbuild \(claimed.hlsbuild), this is hlsbuild \(hlsbuild)")
        }
        if !claimed.settings.isEmpty {
            note("the release was made with the settings '\(claimed.settings.joined(separator: "', '"))'")
        }
        for stage in rebuilt.stages {
            takeStage(stage, claimed, rebuilt.contents?.stages.first { $0.name == stage.name })
            takeTools(stage, claimed.tools.filter { $0.stage == stage.name }, rebuilt.contents?.tools ?? [])
        }
        noteTemplates(rebuilt.contents?.files ?? [:])
    }

    private mutating func note(_ message: String) { notes.append(Diagnostic(.note, message)) }

    private mutating func takeStage(_ stage: RebuiltRelease.Stage, _ claimed: Manifest, _ here: Manifest.Stage?) {
        // A stage that is open is one that the release states or holds files of: then it must be stated.
        if stage.isOpen || here?.present == true {
            stages.append(Manifest.Stage(name: stage.name, present: true, why: nil))
            return
        }
        let stated = claimed.stages.first { $0.name == stage.name && !$0.present }?.why
        stages.append(Manifest.Stage(name: stage.name, present: false, why: stated ?? here?.why ?? ""))
        guard let stated else { return }
        note("stage \(stage.name) is not in the release, which says: \(stated)")
        if stated.isEmpty { faults.append(.error("the release does not say why stage \(stage.name) is not in it")) }
    }

    private mutating func takeTools(
        _ stage: RebuiltRelease.Stage, _ stated: [Manifest.Tool], _ all: [Manifest.Tool]
    ) {
        for tool in stated where Digest(hex: tool.sha256) == nil || tool.name.isEmpty || tool.version.isEmpty {
            faults.append(.error("the release does not state the tool '\(tool.name)' of stage \(stage.name) in full"))
        }
        if stage.isOpen {
            tools += stated
            return
        }
        let here = all.filter { $0.stage == stage.name }
        guard here.count == stated.count else {
            // The comparison of the manifests says which.
            tools += here
            return
        }
        tools += stated
        for (old, new) in zip(stated, here) where old != new {
            note(
                "stage \(stage.name) was made with \(old.identity) in the release, and with \(new.identity) here")
        }
    }

    private mutating func noteTemplates(_ files: [String: [UInt8]]) {
        let folder = ReleaseFiles.templates + "/"
        let own = Dictionary(
            EmbeddedTemplates.files.map { (folder + $0.path, $0.bytes) }, uniquingKeysWith: { first, _ in first })
        let others = files.keys.filter { $0.begins(with: folder) && files[$0] != own[$0] }.sorted()
        if !others.isEmpty {
            note("templates of the release are not those of this hlsbuild: \(others.joined(separator: ", "))")
        }
    }
}
