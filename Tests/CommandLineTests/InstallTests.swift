import Testing
import TestSupport

/// What `make install` copies, and that it works where it was copied to.
@Suite struct InstallTests {
    private func install(_ scratch: Scratch) async throws {
        let run = try await Program.run(
            "/bin/sh", ["-eu", Repository.root + "/Sources/hlsbuild/Install/install.sh"], in: scratch.path,
            environment: [
                "DESTDIR": scratch.path + "/stage", "PREFIX": "/opt/x", "BINARY": try Repository.program("hlsbuild"),
            ])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.errors.isEmpty)
    }

    @Test func everythingHasItsPlace() async throws {
        let scratch = try Scratch()
        try await install(scratch)
        let root = "stage/opt/x/"
        for file in [
            "bin/hlsbuild", "share/man/man1/hlsbuild.1", "share/bash-completion/completions/hlsbuild",
            "share/zsh/site-functions/_hlsbuild", "share/fish/vendor_completions.d/hlsbuild.fish",
        ] {
            #expect(scratch.exists(root + file), "\(file)")
        }
        #expect(scratch.text(root + "share/bash-completion/completions/hlsbuild").contains("complete"))
        let same = try await Program.run(
            "/usr/bin/diff", ["-r", "-x", "embedded", Repository.templates, root + "share/hlsbuild/Templates"],
            in: scratch.path)
        #expect(same == Ended(status: 0, output: "", errors: ""))
        #expect(scratch.text(root + "share/man/man1/hlsbuild.1").hasPrefix(".Dd "))
        // Twice: what is there is replaced.
        try await install(scratch)
    }

    /// Beside its templates it uses those; alone it uses the ones within: the firmware is the same.
    @Test func aCopyWorksAnywhere() async throws {
        let scratch = try Scratch()
        try await install(scratch)
        let installed = scratch.path + "/stage/opt/x/bin/hlsbuild"
        _ = try await Program.run("/bin/mkdir", ["alone"], in: scratch.path)
        _ = try await Program.run("/bin/cp", [installed, "alone/hlsbuild"], in: scratch.path)
        for (program, project) in [(installed, "beside"), (scratch.path + "/alone/hlsbuild", "within")] {
            #expect(try await Program.run(program, ["init", project], in: scratch.path).status == 0)
            let run = try await Program.run(program, ["-C", project, "csim"], in: scratch.path)
            #expect(run.status == 0, "\(run.errors)")
        }
        let same = try await Program.run(
            "/usr/bin/diff", ["-r", "beside/build/write", "within/build/write"], in: scratch.path)
        #expect(same == Ended(status: 0, output: "", errors: ""))
        // Templates beside the executable are the user's to edit.
        let kernel = "stage/opt/x/share/hlsbuild/Templates/tcl/project.tcl"
        try scratch.write(kernel, scratch.text(kernel) + "# mine\n")
        let edited = try await Program.run(installed, ["-C", "beside", "csim"], in: scratch.path)
        #expect(edited.output.contains("project.tcl changed"))
        #expect(scratch.text("beside/build/write/project.tcl").hasSuffix("# mine\n"))
    }
}
