import Basics
import Glibc
import TestSupport
import Testing

@testable import BuildEngine

/// What the engine reads of files that are larger than they should be.
@Suite struct ReadLimitTests {
    private func sparse(_ scratch: Scratch, _ name: String, _ size: Int) throws -> String {
        try scratch.write(name, [])
        #expect(truncate(scratch.absolute(name), off_t(size)) == 0)
        return scratch.absolute(name)
    }

    /// Of a log of ten gigabytes the ends are read, and nothing between.
    @Test func ofALongLogTheEndsAreRead() throws {
        let scratch = try Scratch()
        let path = try sparse(scratch, "log", 10_000_000_000)
        #expect(try Disk().ends(of: path, 4) == [0, 0, 0, 0] + Array("\n...\n".utf8) + [0, 0, 0, 0])
        try scratch.write("short", Array("12345678".utf8))
        #expect(try Disk().ends(of: scratch.absolute("short"), 4) == Array("12345678".utf8))
        try scratch.write("long", Array("123456789".utf8))
        #expect(try Disk().ends(of: scratch.absolute("long"), 4) == Array("1234\n...\n6789".utf8))
    }

    @Test func stateThatIsTooLargeIsNotRead() throws {
        let scratch = try Scratch()
        let path = try sparse(scratch, "state", InputLimit.state.bytes + 1)
        #expect(throws: FileError.self) { try Disk().readIfPresent(path, within: .state) }
        #expect(throws: FileError.self) { try Disk().read(sparse(scratch, "other", InputLimit.other.bytes + 1)) }
    }

    /// A content that cannot be read for want of memory is not damaged, and stays where it is.
    @Test func whatIsTooLargeStaysInTheStore() async throws {
        let project = try TestProject()
        try project.write("source.txt", "one\n")
        #expect(try await project.build(runner: FakeRunner()).ok)
        let world = World(folder: project.folder, environment: [:])
        let store = ContentStore(
            paths: world.paths, disk: Disk(), digests: world.digests, inMemory: false, warn: { _ in })
        let digest = try store.put(Array("content".utf8), sync: false)
        let path = world.paths.absolute(ContentStore.path(of: digest))
        #expect(chmod(path, 0o644) == 0 && truncate(path, off_t(InputLimit.other.bytes + 1)) == 0)
        #expect { try store.read(digest) } throws: { ($0 as? FileError)?.hasNoRoom == true }
        #expect(Files.status(path) != nil)
    }
}
