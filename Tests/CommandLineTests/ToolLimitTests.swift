import Basics
import TestSupport
import Testing

/// What the tools or the part do not hold is told before anything is synthesised.
@Suite struct ToolLimitTests {
    private func tagger() throws -> Program {
        let folder = try Scratch()
        for name in ["hlsbuild.yml", "model.h5", "input.npy", "expected.npy", "labels.npy"] {
            try folder.write(name, try Files.read(Repository.root + "/Projects/jet-tagger/" + name))
        }
        return try Program(in: folder)
    }

    /// A part that is too small is a warning of `check` and of `write`, about the layer that takes most; it is no error,
    /// and no stage before `write` has to do with it.
    @Test func aPartThatIsTooSmall() async throws {
        let hlsbuild = try tagger()
        let good = try await hlsbuild("check")
        #expect(good.status == 0 && good.errors == "" && good.output.hasSuffix("\nhlsbuild.yml: no errors\n"))
        let small = "part=xc7z020clg400-1"
        let check = try await hlsbuild("check", "--set", small)
        #expect(check.status == 0 && check.output.hasSuffix("\nhlsbuild.yml: no errors\n"))
        #expect(check.errors.contains(" DSP, "))
        #expect(check.errors.contains(" % of the 220 of xc7z020; layer 'fc2' takes "))
        #expect(check.errors.contains("help: 'layers: {"))
        #expect(try await hlsbuild("write").status == 0)
        let status = try await hlsbuild("status", "--set", small)
        let lines = status.output.split(separator: "\n").map {
            $0.split(separator: " ").prefix(2).joined(separator: " ")
        }
        #expect(lines.prefix(3) == ["parse up", "optimize up", "write stale"])
        let write = try await hlsbuild("write", "--set", small)
        #expect(write.status == 0)
        #expect(write.errors.contains(" % of the 220 of xc7z020; layer 'fc2' takes "))
        #expect(write.output.contains("parse     up to date") && write.output.contains("optimize  up to date"))
    }

    /// What only synthesis can judge is said to be open, with what is estimated of it.
    @Test func aBudgetThatIsNotJudgedYet() async throws {
        let check = try await tagger()("check", "--set", "expect.dsp=<= 9000")
        #expect(check.status == 0)
        let words = /note: dsp <= 9000: not judged yet, [0-9]+ estimated, synth measures it/
        #expect(check.errors.contains(words), "\(check.errors)")
    }

    /// What the tool would refuse is an error of both.
    @Test func moreThanTheToolTakes() async throws {
        let folder = try Scratch()
        try Network.write(["x", "a"], elements: 5000, to: folder)
        let hlsbuild = try Program(in: folder)
        for command in ["check", "write"] {
            let run = try await hlsbuild(command, "--set", "backend=vivado")
            #expect(run.status == (command == "check" ? 2 : 1))
            #expect(run.errors.contains("error: layer 'a': 5000 elements are registers, Vivado HLS takes 4096 at most"))
        }
    }
}
