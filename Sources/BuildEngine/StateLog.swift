internal import Basics
internal import Glibc
internal import Synchronization

/// What the last builds did: for every step its key, for every stage how it ended. Kept in `.hlsbuild/state`.
///
/// A log of sealed lines, appended to as things happen; a later line about the same step or stage replaces an earlier
/// one. Damaged lines are as if they had never been written. A log with too much that is replaced is written anew.
final class StateLog: Sendable {
    struct StepState: Hashable, Sendable {
        var key: Digest
        /// The key before, and why they differ: what `why` tells after the fact.
        var previous: Digest?
        var why: String
    }

    struct StageState: Hashable, Sendable {
        enum Ending: String, Hashable, Sendable { case done, failed, unavailable }
        var ending: Ending
        var why: String
    }

    /// A step's place in the flow.
    struct Place: Hashable, Sendable {
        var stage: String
        var label: String
    }

    struct Contents: Hashable, Sendable {
        var steps: [Place: StepState] = [:]
        var stages: [String: StageState] = [:]
    }

    private struct Log {
        var contents = Contents()
        var file: Int32 = -1
        /// The last write may have ended within a line.
        var isTorn = false
    }

    private static let header = "hlsbuild-state"

    private let paths: ProjectPaths
    private let disk: Disk
    private let isWritable: Bool
    private let log: Mutex<Log>

    /// Reads the log. Throws if a newer version of hlsbuild wrote it: it may mean things that this one does not know.
    init(paths: ProjectPaths, disk: Disk, writable: Bool) throws {
        self.paths = paths
        self.disk = disk
        isWritable = writable
        let (contents, isClean) = try Self.load(paths)
        log = Mutex(Log(contents: contents))
        if writable, !isClean { try rewrite() }
    }

    deinit { log.withLock { if $0.file >= 0 { close($0.file) } } }

    var contents: Contents { log.withLock { $0.contents } }

    func step(_ place: Place) -> StepState? { log.withLock { $0.contents.steps[place] } }

    func set(_ place: Place, _ state: StepState, sync: Bool) throws {
        try append(sync: sync, ["step", place.stage, place.label, state.key.hex, state.previous?.hex ?? "", state.why])
    }

    /// Notes how a stage ended. If it is done, steps that it no longer has are forgotten.
    func set(stage: String, _ state: StageState, labels: [String]) throws {
        let known = log.withLock { log in
            log.contents.stages[stage] == state
                && Set(log.contents.steps.keys.filter { $0.stage == stage }.map(\.label)) == Set(labels)
        }
        if known { return }
        try append(sync: false, ["stage", stage, state.ending.rawValue, state.why] + labels)
    }

    private func append(sync: Bool, _ fields: [String]) throws {
        try log.withLock { log in
            Self.apply(fields, to: &log.contents)
            guard isWritable else { return }
            if log.file < 0 { log.file = try disk.openForAppending(paths.stateLog) }
            let line = (log.isTorn ? "\n" : "") + SealedLine.encode(fields)
            log.isTorn = true
            try disk.write(Array(line.utf8), to: log.file, paths.stateLog)
            log.isTorn = false
            if sync { try disk.sync(log.file, paths.stateLog) }
        }
    }

    private static func load(_ paths: ProjectPaths) throws -> (contents: Contents, isClean: Bool) {
        guard let bytes = try Files.readIfPresent(paths.stateLog) else { return (Contents(), false) }
        let (lines, damaged) = SealedLine.decodeAll(bytes)
        var contents = Contents()
        for line in lines {
            if line.count == 2, line[0] == header {
                if let version = Int(line[1]), version > ProjectPaths.formatVersion { throw newer(version) }
            } else {
                apply(line, to: &contents)
            }
        }
        let needed = contents.steps.count + contents.stages.count + 1
        return (contents, !damaged && lines.first?.first == header && lines.count < 3 * needed + 100)
    }

    private static func newer(_ version: Int) -> DiagnosticError {
        DiagnosticError(
            .error(
                "`\(ProjectPaths.stateFolder)` was written by a newer hlsbuild (its format is \(version), "
                    + "this one knows \(ProjectPaths.formatVersion))",
                help: "use the newer hlsbuild, or delete `\(ProjectPaths.stateFolder)` to build everything anew"))
    }

    private static func apply(_ fields: [String], to contents: inout Contents) {
        switch fields.first {
        case "step" where fields.count == 6:
            guard let key = Digest(hex: fields[3]) else { return }
            contents.steps[Place(stage: fields[1], label: fields[2])] =
                StepState(key: key, previous: Digest(hex: fields[4]), why: fields[5])
        case "stage" where fields.count >= 4:
            guard let ending = StageState.Ending(rawValue: fields[2]) else { return }
            contents.stages[fields[1]] = StageState(ending: ending, why: fields[3])
            if ending == .done {
                let labels = Set(fields[4...])
                contents.steps = contents.steps.filter { $0.key.stage != fields[1] || labels.contains($0.key.label) }
            }
        default: break
        }
    }

    /// Writes the log anew with only what still holds.
    private func rewrite() throws {
        let contents = contents
        var text = SealedLine.encode([Self.header, String(ProjectPaths.formatVersion)])
        for (place, state) in contents.steps.sorted(by: { ($0.key.stage, $0.key.label) < ($1.key.stage, $1.key.label) })
        {
            text += SealedLine.encode([
                "step", place.stage, place.label, state.key.hex, state.previous?.hex ?? "", state.why,
            ])
        }
        for (stage, state) in contents.stages.sorted(by: { $0.key < $1.key }) {
            let labels = contents.steps.keys.filter { $0.stage == stage }.map(\.label).sorted()
            text += SealedLine.encode(["stage", stage, state.ending.rawValue, state.why] + labels)
        }
        try disk.makeDirectories(paths.scratch)
        try disk.replace(paths.stateLog, Array(text.utf8), sync: true, scratch: paths.scratch)
    }
}
