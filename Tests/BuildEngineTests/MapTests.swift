import Basics
import Glibc
import TestSupport
import Testing

@testable import BuildEngine

/// Files that a program writes to through a memory map: while a page of such a file is changed and not yet written
/// back, further writes to it do not touch the file's times; in a file system in memory they never do.
@Suite struct MapTests {
    /// A file mapped into memory, shared with all who read it.
    private final class Map {
        private let start: UnsafeMutableRawPointer
        private let count: Int

        init(_ path: String) throws {
            let file = open(path, O_RDWR | O_CLOEXEC)
            guard file >= 0 else { throw FileError.last("open", path) }
            defer { close(file) }
            count = Int(Files.status(path)?.size ?? 0)
            guard let start = mmap(nil, count, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0),
                start != UnsafeMutableRawPointer(bitPattern: -1)
            else { throw FileError.last("map", path) }
            self.start = start
        }

        deinit { munmap(start, count) }

        func write(_ text: String) {
            for (offset, byte) in text.utf8.prefix(count).enumerated() {
                start.storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
            }
        }
    }

    let runner = FakeRunner()
    let options = BuildOptions(request: "all")

    /// Until nothing that was written so far looks as if it had just been written.
    private func settle() { usleep(60_000) }

    private func holds(_ project: TestProject) -> Bool {
        QuietCheck.holds(request: "all", in: project.folder) { $0 == "PATH" ? "/bin" : nil } != nil
    }

    @Test(arguments: [Scratch.Place.disk, .memory])
    func aSourceIsHashedWhenItChanges(in place: Scratch.Place) async throws {
        let project = try TestProject(realIn: place)
        try project.write("source.txt", "one\n")
        let map = try Map(project.folder + "/source.txt")
        for text in ["two\n", "abc\n", "xyz\n"] {
            map.write(text)
            settle()
            #expect(try await project.build(TestFlow(), runner, options).ok)
            #expect(project.text("build/parse/model") == text)
        }
        withExtendedLifetime(map) {}
    }

    /// The record of a build with nothing to do holds as long as the file says the same, and no longer.
    @Test(arguments: [Scratch.Place.disk, .memory])
    func theQuietRecordEndsWithTheChange(in place: Scratch.Place) async throws {
        let project = try TestProject(realIn: place)
        try project.write("source.txt", "one\n")
        let map = try Map(project.folder + "/source.txt")
        map.write("two\n")
        for _ in 0..<3 {
            settle()
            #expect(try await project.build(TestFlow(), runner, options).ok)
        }
        #expect(holds(project))
        map.write("abc\n")
        settle()
        #expect(!holds(project))
        withExtendedLifetime(map) {}
    }

    /// What a stage reads itself, as the project file is read, counts like what it hashes.
    @Test(arguments: [Scratch.Place.disk, .memory])
    func whatIsReadCountsToo(in place: Scratch.Place) async throws {
        let project = try TestProject(realIn: place)
        try project.write("settings.txt", "one\n")
        let flow = try Flow([StageNode("a") { context in _ = try context.world.read("settings.txt") }])
        let map = try Map(project.folder + "/settings.txt")
        map.write("two\n")
        for _ in 0..<2 {
            settle()
            #expect(try await project.build(flow, runner, options).ok)
        }
        #expect(holds(project))
        map.write("abc\n")
        settle()
        #expect(!holds(project))
        withExtendedLifetime(map) {}
    }

    @Test func whatCannotBeWrittenBackIsNotBelieved() throws {
        let scratch = try Scratch()
        #expect(mkfifo(scratch.absolute("pipe"), 0o600) == 0)
        for path in [scratch.absolute("pipe"), scratch.absolute("absent"), "/proc/self/status", "/dev/null"] {
            #expect(!StatusTrust.machine.holds(path), "\(path)")
        }
    }

    /// What is known of a file that was taken for an installed one is not known of it as a source.
    @Test func aSourceIsNotTakenForATool() throws {
        let scratch = try Scratch()
        try scratch.write("file", "one\n")
        let later = WallClock { Files.now() + 60_000_000 }
        let paths = ProjectPaths(folder: scratch.path)
        let first = StatCache(paths: paths, clock: later, trust: StatusTrust { _ in true })
        #expect(try first.digest("file", .kept).nature == .kept)
        try first.save(Disk())
        let second = StatCache(paths: paths, clock: later, trust: StatusTrust { _ in false })
        #expect(try second.digest("file", .kept).nature == .kept)
        let source = try second.digest("file", .edited)
        #expect(source.nature == .edited && !source.isTold)
        #expect(source.digest == Digest(of: "one\n"))
    }
}
