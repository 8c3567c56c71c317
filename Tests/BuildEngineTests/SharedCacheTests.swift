import Basics
import Synchronization
import Testing

@testable import BuildEngine

@Suite struct SharedCacheTests {
    struct Broken: ResultCache {
        struct Down: Error {}
        func records(for keys: Set<Digest>) async throws -> [Digest: [UInt8]] { throw Down() }
        func missing(_ contents: Set<Content>) async throws -> Set<Content> { throw Down() }
        func read(_ content: Content, _ onPiece: (ArraySlice<UInt8>) throws -> Void) async throws -> Bool {
            throw Down()
        }
        func write(_ content: Content, _ next: () throws -> [UInt8]?) async throws { throw Down() }
        func put(record: [UInt8], key: Digest, contents: [Content]) async throws { throw Down() }
    }

    let shared: TestProject
    let source = "one\ntwo\n"

    init() throws { shared = try TestProject() }

    private func project() throws -> TestProject {
        let project = try TestProject()
        try project.write("source.txt", source)
        return project
    }

    @Test func anotherProjectTakesTheResults() async throws {
        let cache = FolderCache(folder: shared.folder)
        let runner = FakeRunner()
        #expect(try await project().build(TestFlow(), runner, shared: cache).ok)
        #expect(runner.runs == ["compile", "pack"])
        let second = try project()
        let summary = try await second.build(TestFlow(), runner, shared: cache)
        #expect(summary.stages.allSatisfy { $0.outcome == .cached })
        #expect(runner.runs == ["compile", "pack"])
        #expect(try second.tree("build") == TestFlow().expected(source))
    }

    @Test func cacheThatLiesOrFailsOnlyCostsTime() async throws {
        let cache = FolderCache(folder: shared.folder)
        #expect(try await project().build(TestFlow(), FakeRunner(), shared: cache).ok)
        for path in try shared.tree("cas").keys { try shared.overwrite(path, Array("lies\n".utf8)) }
        for cache in [cache, Broken()] as [any ResultCache] {
            let runner = FakeRunner()
            let reporter = RecordingReporter()
            let second = try project()
            #expect(try await second.build(TestFlow(), runner, reporter: reporter, shared: cache).ok)
            #expect(runner.runs == ["compile", "pack"])
            #expect(try second.tree("build") == TestFlow().expected(source))
            #expect(reporter.messages.count == 1)
            #expect(reporter.messages.first?.contains("the shared cache is not used in this build") == true)
        }
    }

    /// A tool that is installed in a folder of its own, whose plan names that folder.
    struct Installed: CommandStep {
        struct Settings: Encodable, Sendable {
            var tool: ToolIdentity
            var script: String
        }
        static let name = "installed"
        static let version = 1

        static func plan(_ settings: Settings, _ inputs: StepInputs) throws -> CommandPlan {
            let folder = String(settings.tool.path.split(separator: "/").dropLast(2).map { "/" + $0 }.joined())
            var plan = CommandPlan(
                tool: settings.tool,
                arguments: [". \(settings.script) && " + String(repeating: "x", count: 200) + " \(folder)/lib", "out"],
                outputs: [.init("out")], environment: ["ROOT": folder])
            plan.places = [folder]
            return plan
        }
    }

    private func build(
        _ folder: String, script: String = "settings.sh", digest: String = "1", _ runner: FakeRunner,
        _ cache: any ResultCache
    ) async throws -> BuildSummary {
        let tool = ToolIdentity(
            name: folder + "/bin/concat", path: folder + "/bin/concat", version: "1.0", digest: Digest(of: digest))
        let flow = try Flow([
            StageNode("a") { context in
                let made = try await context.run(
                    Installed.self, "i", settings: .init(tool: tool, script: folder + "/" + script))
                context.layOut(made.outputs)
            }
        ])
        return try await project().build(flow, runner, shared: cache)
    }

    @Test func placeOfAToolIsNotInTheSharedKey() async throws {
        let cache = FolderCache(folder: shared.folder)
        let runner = FakeRunner()
        #expect(try await build("/opt/one", runner, cache)["a"]?.outcome == .built)
        #expect(try await build("/home/two/tools", runner, cache)["a"]?.outcome == .cached)
        #expect(runner.runs == ["i"])
        for record in try shared.tree("ac").values { #expect(!record.contains("/opt/one")) }
        #expect(try await build("/opt/one", script: "other.sh", runner, cache)["a"]?.outcome == .built)
        #expect(try await build("/opt/one", digest: "2", runner, cache)["a"]?.outcome == .built)
    }

    @Test func foldersAreFoundAsWholeNames() {
        func shared(_ text: String) -> String { PathText.replacing(["/opt/a", "/opt"], in: text) }
        #expect(shared("'/opt/a/b' /opt/a") == "'\0folder 0\0/b' \0folder 0\0")
        #expect(shared("/opt/ab /opt /x/opt/a") == "\0folder 1\0/ab \0folder 1\0 /x/opt/a")
        #expect(shared("-I/opt/a:/opt") == "-I/opt/a:\0folder 1\0")
        #expect(PathText.replacing([""], in: "/é") == "/é")
    }

    /// More than one piece, there and back.
    @Test func largeContentsComeInPieces() async throws {
        let project = try project()
        let bytes = (0..<2_500_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
        func store(_ project: TestProject) -> ContentStore {
            ContentStore(
                paths: project.paths, disk: Disk(), digests: StatCache(paths: project.paths), inMemory: false,
                warn: { _ in })
        }
        let digest = try store(project).put(bytes, sync: false)
        let content = Content(digest, size: bytes.count)
        let cache = FolderCache(folder: shared.folder)
        #expect(try await cache.missing([content]) == [content])
        try await cache.write(content, store(project).pieces(digest))
        #expect(try await cache.missing([content]) == [])
        let other = store(try self.project())
        var pieces = 0
        let isThere = try await other.put(content) { onPiece in
            try await cache.read(content) {
                pieces += 1
                try onPiece($0)
            }
        }
        #expect(isThere && pieces == 3)
        #expect(try other.read(digest) == bytes)
        await #expect(throws: ContentStore.WrongContent.self) {
            _ = try await other.put(Content(Digest(of: "x"), size: 1)) { try await cache.read(content, $0) }
        }
        #expect(try project.tree(".hlsbuild/tmp").isEmpty)
    }

    @Test func damagedContentIsNotHandedOn() async throws {
        let project = try project()
        let store = ContentStore(
            paths: project.paths, disk: Disk(), digests: StatCache(paths: project.paths), inMemory: false,
            warn: { _ in })
        let digest = try store.put(Array("right\n".utf8), sync: false)
        try project.overwrite(ContentStore.path(of: digest), Array("wrong\n".utf8))
        let cache = FolderCache(folder: shared.folder)
        let content = Content(digest, size: 6)
        await #expect(throws: StoreDamage.self) { try await cache.write(content, store.pieces(digest)) }
        #expect(try await cache.missing([content]) == [content])
        #expect(try shared.tree("tmp").isEmpty)
    }

    /// Answers when it is told to, and counts the questions.
    final class Slow: ResultCache {
        let questions = Mutex<[Int]>([])
        let gate = AsyncStream<Void>.makeStream()

        func records(for keys: Set<Digest>) async throws -> [Digest: [UInt8]] {
            questions.withLock { $0.append(keys.count) }
            for await _ in gate.stream { break }
            return Dictionary(uniqueKeysWithValues: keys.map { ($0, Array($0.hex.utf8)) })
        }
        func missing(_ contents: Set<Content>) async throws -> Set<Content> { [] }
        func read(_ content: Content, _ onPiece: (ArraySlice<UInt8>) throws -> Void) async throws -> Bool { false }
        func write(_ content: Content, _ next: () throws -> [UInt8]?) async throws {}
        func put(record: [UInt8], key: Digest, contents: [Content]) async throws {}
    }

    @Test func keysAreAskedForTogether() async throws {
        let cache = Slow()
        let batch = KeyBatch(cache)
        let keys = (0..<50).map { Digest(of: "\($0)") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (number, key) in keys.enumerated() {
                if number == 1 {
                    while cache.questions.withLock({ $0.isEmpty }) { await Task.yield() }
                }
                group.addTask {
                    let record = try await batch.record(for: key)
                    #expect(record == Array(key.hex.utf8))
                }
            }
            while await batch.next < 49 { await Task.yield() }
            for _ in 0..<2 { cache.gate.continuation.yield() }
            try await group.waitForAll()
        }
        #expect(cache.questions.withLock { $0 } == [1, 49])
    }
}
