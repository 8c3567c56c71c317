import Basics
import TestSupport
import Testing

@testable import BuildEngine

/// Files of the engine's own that are cut or changed: at worst work is done again, never is anything wrong.
@Suite struct StateDamageTests {
    let source = "one\ntwo\n"
    let runner = FakeRunner()
    let project: TestProject

    init() async throws {
        project = try TestProject()
        try project.write("source.txt", source)
        for _ in 0..<2 {
            #expect(try await project.build(runner: runner).ok)
            project.tick()
        }
        runner.forget()
    }

    private func check(_ file: String, _ bytes: [UInt8], _ comment: Comment) async throws {
        try project.overwrite(file, bytes)
        let summary = try await project.build(runner: runner)
        #expect(summary.ok, comment)
        #expect(try project.tree("build") == TestFlow().expected(source), comment)
        #expect(runner.runs.isEmpty, comment)
    }

    @Test(arguments: [".hlsbuild/state", ".hlsbuild/stats", ".hlsbuild/layout/write"])
    func cutAnywhere(_ file: String) async throws {
        let bytes = try Files.read(project.folder + "/" + file)
        for length in stride(from: 0, to: bytes.count, by: file == ".hlsbuild/state" ? 1 : 7) {
            try await check(file, Array(bytes.prefix(length)), "cut at \(length)")
        }
    }

    @Test(arguments: [".hlsbuild/state", ".hlsbuild/stats", ".hlsbuild/layout/write"])
    func changedAnywhere(_ file: String) async throws {
        let bytes = try Files.read(project.folder + "/" + file)
        for position in stride(from: 0, to: bytes.count, by: 5) {
            var flipped = bytes
            flipped[position] ^= 1 << UInt8(position % 8)
            try await check(file, flipped, "flipped at \(position)")
        }
        try await check(file, bytes + [UInt8](repeating: 0, count: 4096), "zeros at the end")
        try await check(file, bytes + bytes.suffix(100), "the end twice")
        try await check(file, bytes.flatMap { $0 == 10 ? [13, 10] : [$0] }, "line ends of two bytes")
        try project.remove(file)
        #expect(try await project.build(runner: runner).ok)
        #expect(runner.runs.isEmpty)
    }

    @Test func tornLineDoesNotSwallowTheNext() async throws {
        let paths = project.paths
        let before = try StateLog(paths: paths, disk: Disk(), writable: true)
        let place = StateLog.Place(stage: "parse", label: "strip")
        let key = Digest(of: "a key")
        let faulty = FaultyDisk(.fullOnce, at: 2)
        let log = try StateLog(paths: paths, disk: faulty.disk(project.disk.medium), writable: true)
        #expect(throws: (any Error).self) {
            try log.set(.init(stage: "x", label: "y"), .init(key: key, previous: nil, why: ""), sync: false)
        }
        try log.set(place, .init(key: key, previous: nil, why: "tabs\tand\nlines"), sync: false)
        let after = try StateLog(paths: paths, disk: Disk(), writable: false)
        #expect(after.step(place) == .init(key: key, previous: nil, why: "tabs\tand\nlines"))
        #expect(before.step(place)?.key != key)
    }

    @Test func logIsRewrittenBeforeItGrowsTooLong() async throws {
        for number in 0..<150 {
            let log = try StateLog(paths: project.paths, disk: Disk(), writable: true)
            let state = StateLog.StepState(key: Digest(of: "\(number)"), previous: nil, why: "")
            try log.set(.init(stage: "parse", label: "strip"), state, sync: false)
        }
        let lines = try #require(project.text(".hlsbuild/state")).split(separator: "\n").count
        #expect(lines < 140)
        let log = try StateLog(paths: project.paths, disk: Disk(), writable: false)
        #expect(log.step(.init(stage: "parse", label: "strip"))?.key == Digest(of: "149"))
        #expect(log.contents.stages.count == 4)
    }

    /// Whoever cannot tell what the folder is for is told that nothing in it is the last of its kind.
    @Test(arguments: ["mkfifo", "mkdir", "ln -s /dev/zero", "truncate -s 3G"]) func whatIsNoStateIsRefused(
        _ command: String
    ) async throws {
        _ = try await project.build(runner: runner)
        let made = try await shell("rm '\(project.paths.stateLog)' && \(command) '\(project.paths.stateLog)'")
        #expect(made.status == 0)
        let error = await #expect(throws: DiagnosticError.self) { try await project.build(runner: runner) }
        #expect(error?.description.contains("can be deleted at any time") == true)
    }

    @Test func stateOfANewerProgramIsLeftAlone() async throws {
        let text = SealedLine.encode(["hlsbuild-state", "2"]) + SealedLine.encode(["something", "new"])
        try project.overwrite(".hlsbuild/state", Array(text.utf8))
        let error = await #expect(throws: DiagnosticError.self) { try await project.build(runner: runner) }
        #expect(error?.description.contains("written by a newer hlsbuild") == true)
        #expect(project.text(".hlsbuild/state") == text)
    }
}
