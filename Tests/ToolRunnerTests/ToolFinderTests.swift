import Basics
import BuildEngine
import Glibc
import Testing
import TestSupport

@testable import ToolRunner

@Suite struct ToolFinderTests {
    let folder: Scratch

    init() throws {
        folder = try Scratch()
        for name in ["first", "second", ".hlsbuild"] { mkdir(folder.path + "/" + name, 0o755) }
    }

    private func finder() -> ToolFinder {
        ToolFinder(
            world: World(folder: folder.path, environment: ["PATH": "\(folder.path)/first:\(folder.path)/second:/bin"]))
    }

    private func tool(_ name: String, _ version: String, mode: mode_t = 0o755) throws {
        try folder.write(
            name, "#!/bin/sh\necho x >>\(folder.path)/asked\necho\necho tool \(version)\necho more\n", mode: mode)
    }

    @Test func firstProgramInThePathCounts() async throws {
        #expect(try await finder().find("mytool") == nil)
        try tool("second/mytool", "2.0")
        let second = try #require(try await finder().find("mytool"))
        #expect(second.path == "\(folder.path)/second/mytool")
        #expect(second.version == "tool 2.0")
        try tool("first/mytool", "1.0", mode: 0o644)
        #expect(try await finder().find("mytool") == second)
        chmod(folder.path + "/first/mytool", 0o755)
        let first = try #require(try await finder().find("mytool"))
        #expect(first.version == "tool 1.0")
        #expect(first.digest != second.digest)
    }

    @Test func versionIsAskedOncePerDigest() async throws {
        try tool("first/mytool", "1.0")
        for _ in 0..<3 { #expect(try await finder().find("mytool")?.version == "tool 1.0") }
        #expect(folder.text("asked") == "x\n")
        try tool("first/mytool", "1.1")
        #expect(try await finder().find("mytool")?.version == "tool 1.1")
        #expect(try await finder().find("mytool", version: .init(["-v"], lines: 2))?.version == "tool 1.1\nmore")
        #expect(folder.text("asked") == "x\nx\nx\n")
        #expect(try await finder().find("mytool", version: nil)?.version == "")
    }

    @Test func companionsBelongToTheIdentity() async throws {
        try tool("first/mytool", "1.0")
        func digest() async throws -> Digest? {
            try await finder().find("mytool", companions: ["../second/data"])?.digest
        }
        let without = try await digest()
        try folder.write("second/data", "data")
        let with = try await digest()
        try folder.write("second/data", "changed")
        let changed = try await digest()
        #expect(Set([without, with, changed]).count == 3)
    }

    @Test func brokenProgramsAreNamed() async throws {
        try folder.write("first/mytool", "#!/nonexistent/interpreter\n", mode: 0o755)
        await #expect(throws: DiagnosticError.self) { try await finder().find("mytool") }
        try folder.write("first/silent", "#!/bin/sh\nexit 4\n", mode: 0o755)
        let error = await #expect(throws: DiagnosticError.self) { try await finder().find("silent") }
        #expect(error?.description.contains("does not tell its version") == true)
    }

    @Test func pathsWithSlashesAreTakenAsTheyAre() async throws {
        try tool("first/mytool", "1.0")
        #expect(try await finder().find("first/mytool")?.path == "\(folder.path)/first/mytool")
        #expect(try await finder().find("./mytool") == nil)
    }
}

/// Tools as the quiet record sees them.
@Suite struct ToolObservationTests {
    @Test func toolThatAppearsEarlierInThePathIsNoticed() async throws {
        let folder = try Scratch()
        for name in ["first", "second"] { mkdir(folder.path + "/" + name, 0o755) }
        try folder.write("second/mytool", "#!/bin/sh\necho 1\n", mode: 0o755)
        let path = "\(folder.path)/first:\(folder.path)/second"
        let flow = try Flow([
            StageNode("tools") { context in
                let finder = ToolFinder(world: context.world)
                _ = try await finder.find("mytool")
                _ = try await finder.find("absent")
            }
        ])
        for _ in 0..<2 {
            let world = World(folder: folder.path, environment: ["PATH": path])
            let builder = Builder(world: world, runner: LocalRunner())
            #expect(try await builder.build(flow, BuildOptions(request: "r")).ok)
            try await Task.sleep(for: .milliseconds(60))
        }
        func holds() -> Bool {
            QuietCheck.holds(request: "r", in: folder.path) { $0 == "PATH" ? path : nil } != nil
        }
        #expect(holds())
        try folder.write("second/unrelated", "")
        #expect(holds())
        try folder.write("first/absent", "")
        #expect(!holds())
        unlink(folder.path + "/first/absent")
        #expect(holds())
        try folder.write("second/mytool", "#!/bin/sh\necho 2\n", mode: 0o755)
        #expect(!holds())
    }
}
