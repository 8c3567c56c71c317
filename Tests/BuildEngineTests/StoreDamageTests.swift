import Basics
import Glibc
import Testing

@testable import BuildEngine

@Suite struct StoreDamageTests {
    enum Damage: CaseIterable, Sendable {
        case flipped, truncated, emptied, swapped, folder, removed, link
    }

    let source = "one\ntwo\n"

    private func prepared(_ runner: FakeRunner) async throws -> TestProject {
        let project = try TestProject()
        try project.write("source.txt", source)
        #expect(try await project.build(runner: runner).ok)
        runner.forget()
        return project
    }

    private func damage(_ project: TestProject, _ path: String, _ damage: Damage) throws {
        let bytes = try Files.read(project.folder + "/" + path)
        switch damage {
        case .flipped:
            var flipped = bytes
            flipped[flipped.count / 2] ^= 1
            try project.overwrite(path, flipped)
        case .truncated: try project.overwrite(path, Array(bytes.dropLast()))
        case .emptied: try project.overwrite(path, [])
        case .swapped: try project.overwrite(path, Array("something else entirely\n".utf8))
        case .folder:
            try project.remove(path)
            try project.write(path + "/file", "in a folder")
        case .removed: try project.remove(path)
        case .link:
            try project.remove(path)
            try project.link(path, to: "/etc/hostname")
        }
    }

    @Test(arguments: Damage.allCases)
    func damagedContentIsMadeAnew(_ kind: Damage) async throws {
        let count = try await prepared(FakeRunner()).tree(".hlsbuild/store").count
        for index in 0..<count {
            let runner = FakeRunner()
            let project = try await prepared(runner)
            let blobs = try project.tree(".hlsbuild/store").keys.sorted()
            try damage(project, blobs[index], kind)
            try project.remove("build")
            let reporter = RecordingReporter()
            let summary = try await project.build(TestFlow(), runner, reporter: reporter)
            #expect(summary.ok)
            #expect(try project.tree("build") == TestFlow().expected(source))
            let isLog = !runner.runs.isEmpty || summary.stages.contains { $0.outcome == .built }
            if kind != .removed, isLog {
                #expect(reporter.messages.contains { $0.contains("is damaged and is not used") })
            }
            #expect(try await project.build(runner: runner).isQuiet)
        }
    }

    /// Bytes that change without any sign of it, as on a failing disk.
    @Test func silentDamageIsFoundWhenTheContentIsUsed() async throws {
        let runner = FakeRunner()
        let project = try await prepared(runner)
        let digest = Digest(of: "one\ntwo\n")
        let path = ContentStore.path(of: digest)
        try project.overwrite(path, Array("one\nbad\n".utf8))
        let status = try #require(Files.status(project.folder + "/" + path))
        try project.write(".hlsbuild/stats", SealedLine.encode([path] + status.fields + [digest.hex]))
        try project.remove("build")
        let reporter = RecordingReporter()
        #expect(try await project.build(TestFlow(), runner, reporter: reporter).ok)
        #expect(try project.tree("build") == TestFlow().expected(source))
        #expect(reporter.messages.contains { $0.contains("is damaged and is not used") })
        #expect(project.exists(".hlsbuild/quarantine"))
    }

    @Test func recordsThatAreDamagedAreMisses() async throws {
        let runner = FakeRunner()
        let project = try await prepared(runner)
        for path in try project.tree(".hlsbuild/actions").keys.sorted() {
            let bytes = try Files.read(project.folder + "/" + path)
            for length in stride(from: 0, to: bytes.count, by: 37) {
                try project.overwrite(path, Array(bytes.prefix(length)))
                #expect(try await project.build(runner: runner).ok)
                #expect(try project.tree("build") == TestFlow().expected(source))
                #expect(try Files.read(project.folder + "/" + path).count >= bytes.count - 20)
            }
            for position in stride(from: 0, to: bytes.count, by: 41) {
                var flipped = bytes
                flipped[position] ^= 0x20
                #expect(ActionRecord(encoded: flipped) == nil)
            }
        }
    }

    @Test func recordPointingToAnAbsentContentIsAMiss() async throws {
        let runner = FakeRunner()
        let project = try await prepared(runner)
        try project.remove(".hlsbuild/store")
        try project.remove("build")
        let summary = try await project.build(runner: runner)
        #expect(summary.ok)
        #expect(runner.runs == ["compile", "pack"])
        #expect(try project.tree("build") == TestFlow().expected(source))
    }

    @Test func storedFilesCannotBeWrittenThrough() async throws {
        let project = try await prepared(FakeRunner())
        for path in try project.tree(".hlsbuild/store").keys {
            let status = try #require(Files.linkStatus(project.folder + "/" + path))
            #expect(status.mode == 0o444)
        }
        for path in try project.tree("build").keys {
            let output = try #require(Files.linkStatus(project.folder + "/" + path))
            #expect(output.kind == .file)
            let text = try #require(project.text(path))
            let stored = Files.linkStatus(project.folder + "/" + ContentStore.path(of: Digest(of: text)))
            #expect(stored?.inode != output.inode)
        }
    }
}
