import TestSupport

@testable import BuildEngine

/// Everything that a build did to a disk, operation by operation.
struct DiskHistory: Sendable {
    /// The disk as it is found if the build ended so.
    struct Instant: Sendable, CustomStringConvertible {
        /// How many operations were done whole.
        let number: Int
        let lostPower: Bool
        let description: String
        let files: MemoryFiles
    }

    let start: MemoryFiles
    let changes: [MemoryFiles.Change]
    /// How many operations had been done when the command of a label was started.
    let marks: [String: Int]

    /// Records a build of `TestFlow`, or what else is done to the project. What is there before is safe.
    init(
        of start: MemoryFiles,
        _ body: (TestProject, FakeRunner) async throws -> Void = { project, runner in
            _ = try await project.build(runner: runner)
        }
    ) async throws {
        var start = start
        start.syncAll()
        let memory = MemoryDisk(start)
        let project = TestProject(memory)
        let runner = FakeRunner(project.disk)
        let marks = Watched<[String: Int]>([:])
        for label in ["compile", "pack"] {
            runner.set(label) { request in
                marks.change { $0[label] = memory.log.count }
                return try runner.concat(request)
            }
        }
        try await body(project, runner)
        self.start = start
        changes = memory.log
        self.marks = marks.value
    }

    /// The ways in which it can end: killed between two operations or within every second write, without power with all
    /// bytes lost that were not synced, or, at every third such instant, those of every second file.
    ///
    /// Left out is what leaves a disk that another ending leaves as well: a kill right after a sync, and a loss of power
    /// elsewhere than after a rename, which is what gives bytes their name that may be lost.
    var instants: [Instant] {
        var instants: [Instant] = []
        var files = start
        var (renames, writes) = (0, 0)
        for number in 0...changes.count {
            func add(_ how: String, _ files: MemoryFiles, lostPower: Bool = false) {
                let description = "\(how) after \(number) of \(changes.count) operations"
                instants.append(
                    Instant(number: number, lostPower: lostPower, description: description, files: files))
            }
            switch number == 0 ? nil : changes[number - 1] {
            case .sync: break
            case .rename:
                add("killed", files)
                var lost = files
                if lost.losePower({ _ in true }) { add("lost all", lost, lostPower: true) }
                renames += 1
                guard renames % 3 == 0 else { break }
                var half = files
                if half.losePower({ $0 % 2 == UInt64(renames % 2) }) { add("lost half", half, lostPower: true) }
            case nil, .makeFile, .makeFolder, .append, .setMode, .remove: add("killed", files)
            }
            guard number < changes.count else { break }
            if case .append(let file, let bytes) = changes[number], bytes.count > 1 {
                writes += 1
                if writes % 2 == 0 {
                    var torn = files
                    torn.apply(.append(file, Array(bytes.prefix(bytes.count / 2))))
                    add("killed within a write", torn)
                }
            }
            files.apply(changes[number])
        }
        return instants
    }
}
