import Basics
import Glibc
import Testing
import TestSupport

/// No option that names a file to be written destroys anything.
@Suite struct OutputTests {
    private func project() async throws -> Program {
        let hlsbuild = try Program(in: Scratch())
        #expect(try await hlsbuild("init").status == 0)
        #expect(try await hlsbuild("write").status == 0)
        return hlsbuild
    }

    private func words(_ option: String, _ name: String) -> [String] {
        switch option {
        case "release": ["release", "-o", name]
        case "trace": ["predict", "--input", "input.npy", "--output", "y.npy", "--trace", name]
        default: ["predict", "--input", "input.npy", "--output", name]
        }
    }

    @Test(arguments: ["release", "output"])
    func nothingButRegularFilesIsReplaced(option: String) async throws {
        let hlsbuild = try await project(), folder = hlsbuild.folder
        #expect(mkfifo(folder.absolute("pipe"), 0o600) == 0)
        try folder.write("build/write/mine", "mine")
        let names = [
            "/dev/null", "/dev/full", "pipe", ".", "no/such", "hlsbuild.yml", "./model.h5", "input.npy",
            "expected.npy", "build/new", "build/write/mine", ".hlsbuild/new",
        ]
        let before = try FileTree.files(below: folder.path)
        for name in names {
            let run = try await Program.run(hlsbuild.path, words(option, name), in: folder.path)
            #expect(run.status == 2, "\(name): \(run.output)\(run.errors)")
            #expect(run.errors.contains("cannot write '\(name)'"), "\(name): \(run.errors)")
        }
        #expect(Files.linkStatus(folder.absolute("pipe"))?.kind == .other)
        #expect(try FileTree.files(below: folder.path) == before)

        try folder.write("out/file", "old")
        try FileLink.make(folder.absolute("link"), to: "out/file")
        #expect(try await Program.run(hlsbuild.path, words(option, "link"), in: folder.path).status == 0)
        #expect(Files.linkStatus(folder.absolute("link"))?.kind == .link)
        #expect(try folder.bytes("out/file").count > 100)
        #expect(try Files.list(folder.absolute("out")) == ["file"])
    }

    /// A trace gives its files the names of layers, and the project's files may have those too.
    @Test func aTraceSparesTheProject() async throws {
        let hlsbuild = try await project(), folder = hlsbuild.folder
        func trace(_ name: String) async throws -> Ended {
            try await Program.run(hlsbuild.path, words("trace", name), in: folder.path)
        }
        for name in ["build", "build/deeper/still", ".hlsbuild", "hlsbuild.yml", "/dev/null"] {
            let run = try await trace(name)
            #expect(run.status == 2 && run.errors.contains("cannot write into '"), "\(name): \(run.errors)")
        }
        #expect(try await trace("t").status == 0)
        let layer = try #require(try Files.list(folder.absolute("t")).first)
        // The data of the project under a layer's name.
        try folder.write(layer, try folder.bytes("input.npy"))
        let data = try folder.bytes(layer)
        let command = ["--set", "data.input=\(layer)"] + words("trace", ".")
        let run = try await Program.run(hlsbuild.path, command, in: folder.path)
        #expect(run.status != 0 && run.errors.contains("it is data of the project"), "\(run.errors)")
        #expect(try folder.bytes(layer) == data)
    }

    @Test func anInputIsNotItsOwnOutput() async throws {
        let hlsbuild = try await project(), folder = hlsbuild.folder
        try folder.write("x.npy", try folder.bytes("input.npy"))
        let same = try await hlsbuild("predict", "--input", "x.npy", "--output", "x.npy")
        #expect(same.status == 2 && same.errors.contains("it is an input"))
        #expect(try folder.bytes("x.npy") == folder.bytes("input.npy"))
        let twice = try await hlsbuild("predict", "--input", "x.npy", "--output", "y.npy", "--output", "./y.npy")
        #expect(twice.status == 2 && twice.errors.contains("are one file"))
        #expect(!folder.exists("y.npy"))
    }
}
