internal import Basics
internal import Release

/// Holds a release against the same release made again.
///
/// The archive has no say in what is compared. What it must hold is put together from the rebuilt files alone, with two
/// exceptions, which stand here and nowhere else: what a manifest states that differs by its nature from machine to
/// machine (`Claims`), and the files of a stage whose tools are not here. Both are named in the outcome.
struct ReleaseComparison: Sendable {
    let archive: ReleaseArchive
    let claimed: Manifest
    let rebuilt: RebuiltRelease
    /// The version of this program.
    let hlsbuild: String

    func outcome() throws -> Rebuild.Outcome {
        var outcome = Rebuild.Outcome()
        for stage in rebuilt.stages {
            switch stage.outcome {
            case .built, .notInRelease: break
            case .failed(let why):
                outcome.differences.append(.error("stage \(stage.name) was not built again: \(why)"))
            case .unavailable(let why):
                let files = files(of: stage.name)
                outcome.unchecked.append(.init(stage: stage.name, why: why, files: files))
                if files.isEmpty, leftOut(of: stage.name).isEmpty {
                    outcome.differences.append(.error("stage \(stage.name) is stated to be there, and has no file"))
                }
            }
        }
        guard var wanted = rebuilt.contents else {
            outcome.differences.append(.error("nothing of the release could be made again"))
            return outcome
        }
        for stage in rebuilt.stages where stage.isOpen {
            for path in files(of: stage.name) { wanted.files[path] = archive.files[path] }
            wanted.leftOut += leftOut(of: stage.name)
        }
        let claims = Claims(claimed, rebuilt, hlsbuild: hlsbuild)
        wanted.stages = claims.stages
        wanted.tools = claims.tools
        outcome.notes = claims.notes
        outcome.differences += claims.faults
        let whole = try wanted.archive(hlsbuild: claimed.hlsbuild)
        outcome.differences += claimed.differences(from: whole.manifest)
        compare(whole.archive, &outcome)
        return outcome
    }

    /// File by file, all that are in one of the two.
    private func compare(_ again: ReleaseArchive, _ outcome: inout Rebuild.Outcome) {
        if !archive.root.isExactly(again.root) {
            outcome.differences.append(
                .error("the release lies in a folder '\(archive.root)', made again it is '\(again.root)'"))
        }
        let open = Set(rebuilt.stages.filter(\.isOpen).flatMap { files(of: $0.name) })
        let all = ReleaseArchive(root: "", files: archive.files.merging(again.files) { old, _ in old })
        for path in all.paths where !open.contains(path) {
            switch (archive.files[path], again.files[path]) {
            case (let old?, let new?) where old == new: outcome.equal += 1
            case (let old?, let new?): outcome.differences.append(Self.difference(path, old, new))
            case (_?, nil): outcome.differences.append(.error("'\(path)' is in the release and was not made again"))
            case (nil, _): outcome.differences.append(.error("'\(path)' was made and is not in the release"))
            }
        }
    }

    private func files(of stage: String) -> [String] {
        archive.paths.filter { $0.begins(with: RebuiltRelease.folder(of: stage)) }
    }

    private func leftOut(of stage: String) -> [Manifest.LeftOut] {
        claimed.leftOut.filter { $0.path.begins(with: RebuiltRelease.folder(of: stage)) }
    }

    private static func difference(_ path: String, _ old: [UInt8], _ new: [UInt8]) -> Diagnostic {
        let at = zip(old, new).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(old.count, new.count)
        let line = old.prefix(at).reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
        let isText = !old.prefix(4096).contains(0)
        return .error(
            "'\(path)' was made differently: \(old.count) bytes in the release, \(new.count) now, first difference at "
                + (isText ? "line \(line)" : "byte \(at)"))
    }
}

extension RebuiltRelease.Stage {
    /// Whether it is in the release and was not made again: what the release holds of it stays open.
    var isOpen: Bool {
        switch outcome {
        case .unavailable, .failed: true
        case .built, .notInRelease: false
        }
    }
}
