import Basics
import Testing
import TestSupport

/// What `predict` says, and what it leaves alone.
@Suite struct PredictTests {
    private func project() async throws -> Program {
        let hlsbuild = try Program(in: Scratch())
        #expect(try await hlsbuild("init").status == 0)
        return hlsbuild
    }

    /// Nothing appears in the project's folder but the file that is asked for, as in a folder that cannot be written.
    @Test(arguments: ["emulator", "float"]) func aLineAndAFile(engine: String) async throws {
        let hlsbuild = try await project(), folder = hlsbuild.folder
        let before = try FileTree.files(below: folder.path)
        let run = try await hlsbuild(
            "predict", "--engine", engine, "--input", "input.npy", "--output", "y.npy", "--set", "precision=fixed<20,8>"
        )
        #expect(run == Ended(status: 0, output: "4 samples by engine \(engine): xor in y.npy\n", errors: ""))
        #expect(folder.exists("y.npy"))
        folder.remove("y.npy")
        #expect(try FileTree.files(below: folder.path) == before)
        #expect(!folder.exists(".hlsbuild") && !folder.exists("build"))
        #expect(try await hlsbuild("predict", "-q", "--input", "input.npy", "--output", "y.npy").output == "")
        let json = try await hlsbuild("predict", "--json", "--input", "input.npy", "--output", "y.npy")
        #expect(json.output.contains(#""samples": 4, "outputs": [{"name": "xor", "file": "y.npy", "shape": [4, 1]}]"#))
    }

    /// The compiled firmware of other settings is not what is laid out: that is for who builds.
    @Test func aTrialLeavesTheBuildAsItWas() async throws {
        let hlsbuild = try await project(), folder = hlsbuild.folder
        #expect(try await hlsbuild("write").status == 0)
        let before = try FileTree.files(below: folder.absolute("build"))
        let words = ["--input", "input.npy", "--output", "y.npy", "--set", "layers.hidden.precision.weight=fixed<8,4>"]
        let run = try await Program.run(
            hlsbuild.path, ["predict", "--engine", "csim"] + words, in: folder.path,
            environment: ["PATH": try CompilerCache.searchPath])
        #expect(run == Ended(status: 0, output: "4 samples by engine csim: xor in y.npy\n", errors: ""))
        #expect(try FileTree.files(below: folder.absolute("build")) == before)
        #expect(try await hlsbuild("write").output == "nothing to do: parse, optimize, write up to date\n")
        let compiled = try folder.bytes("y.npy")
        _ = try await Program.run(hlsbuild.path, ["predict"] + words, in: folder.path)
        #expect(try folder.bytes("y.npy") == compiled)
    }

    @Test func whatAnInputCannotHoldIsTold() async throws {
        let hlsbuild = try await project()
        try hlsbuild.folder.write("x.dat", "nan 0.5\n1e10 1\n-40 0\n0.5 31.9999\n")
        let run = try await hlsbuild("predict", "--input", "x.dat", "--output", "y.npy")
        #expect(run.status == 0)
        #expect(run.errors.contains("warning: 'x.dat': 1 value is not a number (NaN)\n"))
        #expect(run.errors.contains("warning: 'x.dat': 2 values are outside of fixed<16,6>, the type of input 'bits'"))
        // The model as trained takes all that there is.
        let float = try await hlsbuild("predict", "--engine", "float", "--input", "x.dat", "--output", "y.npy")
        #expect(float.status == 0 && float.errors.isEmpty)
    }

    /// The data are no part of the project file.
    @Test(arguments: ["emulator", "float"]) func whatIsWrongWithAFileNamesTheFile(engine: String) async throws {
        let hlsbuild = try await project()
        try hlsbuild.folder.write("three.dat", "1 2 3\n")
        for (file, message) in [
            ("none.npy", "none.npy': No such file or directory"), ("model.h5", "model.h5"),
            ("three.dat", "error: 'three.dat' has shape [1, 3], but input 'bits' takes samples of shape [2]"),
        ] {
            let run = try await hlsbuild("predict", "--engine", engine, "--input", file, "--output", "y.npy")
            #expect(run.status == 2 && run.errors.contains(message), "\(run.errors)")
            #expect(!run.errors.contains("hlsbuild.yml"), "\(run.errors)")
        }
    }
}
