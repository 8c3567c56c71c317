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

    /// An action that failed, and is its step's last attempt.
    struct Failure: Hashable, Sendable {
        var key: Digest
        var why: String
    }

    /// A step's place in the flow.
    struct Place: Hashable, Sendable {
        var stage: StageIdentity
        var label: String
    }

    /// What is known of a stage.
    struct Entry: Hashable, Sendable {
        /// How it ended; nil if only some of its steps have.
        var ended: StageState?
        /// Its steps by label.
        var steps: [String: StepState] = [:]
        /// Its steps whose last attempt failed, by label, since the stage was done last.
        var failures: [String: Failure] = [:]
    }

    struct Contents: Hashable, Sendable {
        var stages: [StageIdentity: Entry] = [:]

        subscript(place: Place) -> StepState? { stages[place.stage]?.steps[place.label] }
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
        let (contents, isClean) = try Self.load(paths, disk)
        log = Mutex(Log(contents: contents))
        if writable, !isClean { try rewrite() }
    }

    deinit { log.withLock { if $0.file >= 0 { disk.close($0.file) } } }

    var contents: Contents { log.withLock { $0.contents } }

    func step(_ place: Place) -> StepState? { log.withLock { $0.contents[place] } }

    /// How the step's last attempt failed if it was this very action; nil: it was another, or did not fail.
    func failure(_ place: Place, of key: Digest) -> Failure? {
        log.withLock { $0.contents.stages[place.stage]?.failures[place.label] }.flatMap { $0.key == key ? $0 : nil }
    }

    func set(_ place: Place, _ state: StepState, sync: Bool) throws {
        try append(sync: sync, Self.line(place.stage, place.label, state))
    }

    /// Notes that a step failed.
    func set(_ place: Place, _ failure: Failure) throws {
        if self.failure(place, of: failure.key) == failure { return }
        try append(sync: false, Self.line(place.stage, place.label, failure))
    }

    /// Notes how a stage ended. If it is done, steps that it no longer has are forgotten, and all failures.
    func set(stage: StageIdentity, _ state: StageState, labels: [String]) throws {
        let known = log.withLock { log in
            guard let entry = log.contents.stages[stage] else { return false }
            return entry.ended == state && entry.steps.count == labels.count
                && labels.allSatisfy { entry.steps[$0] != nil }
                && (state.ending != .done || entry.failures.isEmpty)
        }
        if known { return }
        try append(sync: false, Self.line(stage, state, labels))
    }

    private static func line(_ stage: StageIdentity, _ label: String, _ state: StepState) -> [String] {
        ["step", stage.text, label, state.key.hex, state.previous?.hex ?? "", state.why]
    }

    private static func line(_ stage: StageIdentity, _ label: String, _ failure: Failure) -> [String] {
        ["failure", stage.text, label, failure.key.hex, failure.why]
    }

    private static func line(_ stage: StageIdentity, _ state: StageState, _ labels: [String]) -> [String] {
        ["stage", stage.text, state.ending.rawValue, state.why] + labels
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

    private static func load(_ paths: ProjectPaths, _ disk: Disk) throws -> (contents: Contents, isClean: Bool) {
        guard let bytes = try read(paths, disk) else { return (Contents(), false) }
        var contents = Contents()
        var count = 0
        var beginsWell = false
        let isWhole = try SealedLine.forEach(in: bytes) { line in
            count += 1
            if count == 1 { beginsWell = line.first == header }
            if line.count == 2, line[0] == header {
                if let version = Int(line[1]), version > ProjectPaths.formatVersion { throw newer(version) }
            } else {
                apply(line, to: &contents)
            }
        }
        let needed = contents.stages.values.reduce(1) {
            $0 + $1.steps.count + $1.failures.count + ($1.ended == nil ? 0 : 1)
        }
        return (contents, isWhole && beginsWell && count < 3 * needed + 100)
    }

    private static func read(_ paths: ProjectPaths, _ disk: Disk) throws -> [UInt8]? {
        do {
            return try disk.readIfPresent(paths.stateLog, within: .state)
        } catch {
            throw DiagnosticError(
                .error(
                    "\(error)",
                    help: "'\(ProjectPaths.stateFolder)' can be deleted at any time: all that is built is built anew"))
        }
    }

    private static func newer(_ version: Int) -> DiagnosticError {
        DiagnosticError(
            .error(
                "'\(ProjectPaths.stateFolder)' was written by a newer hlsbuild (its format is \(version), "
                    + "this one knows \(ProjectPaths.formatVersion))",
                help: "use the newer hlsbuild, or delete '\(ProjectPaths.stateFolder)' to build everything anew"))
    }

    private static func apply(_ fields: [String], to contents: inout Contents) {
        switch fields.first {
        case "step" where fields.count == 6:
            guard let key = Digest(hex: fields[3]) else { return }
            contents.stages[StageIdentity(fields[1]), default: Entry()].steps[fields[2]] =
                StepState(key: key, previous: Digest(hex: fields[4]), why: fields[5])
        case "failure" where fields.count == 5:
            guard let key = Digest(hex: fields[3]) else { return }
            contents.stages[StageIdentity(fields[1]), default: Entry()].failures[fields[2]] =
                Failure(key: key, why: fields[4])
        case "stage" where fields.count >= 4:
            guard let ending = StageState.Ending(rawValue: fields[2]) else { return }
            let stage = StageIdentity(fields[1])
            let entry = contents.stages.removeValue(forKey: stage) ?? Entry()
            var steps = entry.steps
            if ending == .done {
                let labels = Set(fields[4...])
                if steps.keys.contains(where: { !labels.contains($0) }) {
                    steps = steps.filter { labels.contains($0.key) }
                }
            }
            contents.stages[stage] = Entry(
                ended: StageState(ending: ending, why: fields[3]), steps: steps,
                failures: ending == .done ? [:] : entry.failures)
        default: break
        }
    }

    /// Writes the log anew with only what still holds.
    private func rewrite() throws {
        let contents = contents
        var text = SealedLine.encode([Self.header, String(ProjectPaths.formatVersion)])
        let stages = contents.stages.sorted { $0.key < $1.key }
        for (stage, entry) in stages {
            for (label, state) in entry.steps.sorted(by: { $0.key < $1.key }) {
                text += SealedLine.encode(Self.line(stage, label, state))
            }
            for (label, failure) in entry.failures.sorted(by: { $0.key < $1.key }) {
                text += SealedLine.encode(Self.line(stage, label, failure))
            }
        }
        for (stage, entry) in stages {
            guard let ended = entry.ended else { continue }
            text += SealedLine.encode(Self.line(stage, ended, entry.steps.keys.sorted()))
        }
        try disk.makeDirectories(paths.scratch)
        try disk.replace(paths.stateLog, Array(text.utf8), sync: true, scratch: paths.scratch)
    }
}
