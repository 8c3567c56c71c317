import Basics
import Glibc
import Testing
import TestSupport

/// Names that somebody else chose: of layers, files and folders.
@Suite struct HostileNameTests {
    private let folder: Scratch
    private let program: Program

    init() throws {
        folder = try Scratch()
        program = try Program(in: folder)
    }

    /// Names that mean something to a file system, a terminal, a shell, Tcl, YAML or C++.
    private static let odd = [
        "../\u{301}evil", "..", "a/b", "a_b", "\u{1B}[2J\u{1B}]0;x\u{7}", "line\nerror: forged", "rtl \u{202E}txt",
        "zero\u{200B}width",
        "'\u{301};touch PWNED;'", "$(touch PWNED)", "[exec touch PWNED]", "{%}", "a\\b", "-rf", "#pragma", "*/", "\"",
        "%s%n",
        String(repeating: "long", count: 100), "size_t", "AP_RND", "P_TOP_H", "main", "i",
    ]

    /// All that a build, a report and a release do with them.
    @Test func layersOfAnyName() async throws {
        try Network.write(["k"] + Self.odd, to: folder)
        let built = try await program("csim")
        #expect(built.status == 0, "\(built.errors)")
        for arguments in [["report"], ["status"], ["release"], ["verify", "p.tar"], ["report", "--json"]] {
            let run = try await Program.run(program.path, arguments, in: folder.path)
            #expect(run.status == 0, "\(arguments): \(run.errors)")
            for text in [run.output, run.errors] {
                #expect(!text.utf8.contains { $0 < 32 && $0 != 10 || $0 == 127 }, "\(arguments)")
                #expect(!text.unicodeScalars.contains("\u{202E}") || arguments.contains("--json"))
                #expect(!text.split(separator: "\n").contains { $0.hasPrefix("error: forged") })
            }
        }
        let rebuilt = try await program("verify", "p.tar", "--rebuild")
        #expect(!rebuilt.errors.contains("error:") && rebuilt.status == 0, "\(rebuilt.output)")
        #expect(!folder.exists("PWNED"))
    }

    /// Every tensor has a file, each its own, all in the folder that was named.
    @Test func tracesStayInTheirFolder() async throws {
        try Network.write(["k"] + Self.odd, to: folder)
        let run = try await program(
            "predict", "--input", "x.npy", "--output", "y.npy", "--trace", "t/trace", environment: [:])
        #expect(run.status == 0, "\(run.errors)")
        #expect(try Files.list(folder.absolute("t")) == ["trace"])
        #expect(try Files.list(folder.absolute("t/trace")).count == Self.odd.count + 1)
    }

    /// Two names that Unicode calls equal are two names: no tensor of one is taken for one of the other.
    @Test func spellingsOfOneNameAreRefused() async throws {
        try Network.write(["x", "caf\u{E9}", "cafe\u{301}"], to: folder)
        let run = try await program("check")
        #expect(run.status == 2 && run.errors.contains("several layers are called"))
    }

    @Test func pathsWithControlCharacters() async throws {
        try Network.write(["x", "y"], to: folder)
        for (setting, status) in [
            ("data.input=\"x\\ty.npy\"", 2), ("tools.cxx=\"g\\e++\"", 2), ("data.input=x.npy", 0),
        ] {
            let run = try await program("check", "--set", setting)
            #expect(Int(run.status) == status, "\(setting): \(run.errors)")
            #expect(status == 0 || run.errors.contains("has a control character in it"))
        }
        let file = try await program("check", "-f", "a\nb.yml")
        #expect(file.status == 2 && !file.errors.contains("a\nb"))
    }

    /// Both spellings of a file's name may stand in one folder; a release holds both.
    @Test func filesWhoseNamesAreEquivalent() async throws {
        let names = ["caf\u{E9}.npy", "cafe\u{301}.npy"]
        try Network.write(["x", "y"], settings: "", to: folder)
        let input = try folder.bytes("x.npy")
        var other = input
        other[other.count - 1] = 0x40
        try folder.write(names[0], input)
        try folder.write(names[1], other)
        let text = folder.text("hlsbuild.yml").replacing(
            "{input: x.npy}", with: "{input: \(names[0]), expected: \(names[1]), tolerance: 1000}")
        try folder.write("hlsbuild.yml", text)
        #expect(try await program("csim").status == 0)
        #expect(try await program("release").status == 0)
        let run = try await program("verify", "p.tar", "--rebuild")
        #expect(!run.errors.contains("error:") && run.status == 0, "\(run.errors)")
        let listing = try await shell("tar -xOf '\(folder.path)/p.tar' p/project/hlsbuild.yml")
        #expect(listing.output.contains("files/"), "\(listing.output)")
    }

    /// As many bytes as a file system gives a name.
    @Test func longestFileNames() async throws {
        try Network.write(["x", "y"], to: folder)
        let name = String(repeating: "n", count: 250) + ".json"
        try folder.write(name, try folder.bytes("m.json"))
        let data = String(repeating: "d", count: 251) + ".npy"
        try folder.write(data, try folder.bytes("x.npy"))
        let text = folder.text("hlsbuild.yml").replacing("m.json", with: name).replacing("x.npy", with: data)
        try folder.write("hlsbuild.yml", text)
        #expect(try await program("csim").status == 0)
        #expect(try await program("release").status == 0)
        let run = try await program("verify", "p.tar", "--rebuild")
        #expect(run.status == 0, "\(run.errors)")
        let output = String(repeating: "o", count: 251) + ".npy"
        let predicted = try await program("predict", "--input", data, "--output", output)
        #expect(predicted.status == 0 && folder.exists(output), "\(predicted.errors)")
    }

    /// A folder whose name no text can hold: nothing is written, neither there nor beside it.
    @Test func foldersThatAreNotUTF8() async throws {
        try Network.write(["x", "y"], to: folder, as: "net")
        let before = try await shell("cd '\(folder.path)' && mv net \"$(printf 'n\\377t')\" && ls -A . n* | od -c")
        for line in [
            "cd \"$(printf 'n\\377t')\" && '\(program.path)' csim", "'\(program.path)' -C \"$(printf 'n\\377t')\" csim",
            "'\(program.path)' csim -f \"$(printf 'n\\377t')/hlsbuild.yml\"",
            "cd \"$(printf 'n\\377t')\" && '\(program.path)' init sub",
            "ln -s \"$(printf 'n\\377t')\" l; '\(program.path)' -C l csim; s=$?; rm l; (exit $s)",
        ] {
            let run = try await shell("cd '\(folder.path)' && " + line)
            #expect(run.status == 2, "\(line): \(run.output)")
            #expect(run.output.contains("is not UTF-8"), "\(run.output)")
        }
        let after = try await shell("cd '\(folder.path)' && ls -A . n* | od -c")
        #expect(before.output == after.output)
        _ = try await shell("rm -rf '\(folder.path)'/n*")
    }

    @Test func valuesThatBeginWithACombiningMark() async throws {
        try Network.write(["x", "y"], to: folder)
        let name = "\u{301}o.npy"
        for arguments in [["--output=" + name], ["--output", name]] {
            let run = try await Program.run(
                program.path, ["predict", "--input", "x.npy"] + arguments, in: folder.path)
            #expect(run.status == 0 && folder.exists(name), "\(run.errors)")
            folder.remove(name)
        }
        try folder.write("\u{301}p.yml", folder.text("hlsbuild.yml"))
        #expect(try await program("check", "-f\u{301}p.yml").status == 0)
    }
}
