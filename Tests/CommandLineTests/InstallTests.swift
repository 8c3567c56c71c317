import Testing

/// What `make install` copies, and that it works where it was copied to.
@Suite struct InstallTests {
    private func install(_ scratch: Scratch) throws {
        let run = try Program.run(
            "/bin/sh", ["-eu", repository + "/Sources/hlsbuild/Install/install.sh"], in: scratch.path,
            environment: ["DESTDIR": scratch.path + "/stage", "PREFIX": "/opt/x", "BINARY": try Program.built()])
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.errors.isEmpty)
    }

    @Test func everythingHasItsPlace() throws {
        let scratch = try Scratch()
        try install(scratch)
        let root = "stage/opt/x/"
        for file in [
            "bin/hlsbuild", "share/man/man1/hlsbuild.1", "share/bash-completion/completions/hlsbuild",
            "share/zsh/site-functions/_hlsbuild", "share/fish/vendor_completions.d/hlsbuild.fish",
        ] {
            #expect(scratch.exists(root + file), "\(file)")
        }
        #expect(scratch.text(root + "share/bash-completion/completions/hlsbuild").contains("complete"))
        let same = try Program.run(
            "/usr/bin/diff", ["-r", "-x", "embedded", repository + "/Templates", root + "share/hlsbuild/Templates"],
            in: scratch.path)
        #expect(same == Program.Run(status: 0, output: "", errors: ""))
        let bash = try Program.run(
            "/bin/bash", ["-n", root + "share/bash-completion/completions/hlsbuild"], in: scratch.path)
        #expect(bash.status == 0)
        // Twice: what is there is replaced.
        try install(scratch)
    }

    /// Beside its templates it uses those; alone it uses the ones within: the firmware is the same.
    @Test func aCopyWorksAnywhere() throws {
        let scratch = try Scratch()
        try install(scratch)
        let installed = scratch.path + "/stage/opt/x/bin/hlsbuild"
        _ = try Program.run("/bin/mkdir", ["alone"], in: scratch.path)
        _ = try Program.run("/bin/cp", [installed, "alone/hlsbuild"], in: scratch.path)
        for (program, project) in [(installed, "beside"), (scratch.path + "/alone/hlsbuild", "within")] {
            #expect(try Program.run(program, ["init", project], in: scratch.path).status == 0)
            let run = try Program.run(program, ["-C", project, "csim"], in: scratch.path)
            #expect(run.status == 0, "\(run.errors)")
        }
        let same = try Program.run(
            "/usr/bin/diff", ["-r", "beside/build/write", "within/build/write"], in: scratch.path)
        #expect(same == Program.Run(status: 0, output: "", errors: ""))
        // Templates beside the executable are the user's to edit.
        let kernel = "stage/opt/x/share/hlsbuild/Templates/tcl/project.tcl"
        try scratch.write(kernel, scratch.text(kernel) + "# mine\n")
        let edited = try Program.run(installed, ["-C", "beside", "csim"], in: scratch.path)
        #expect(edited.output.contains("project.tcl changed"))
        #expect(scratch.text("beside/build/write/project.tcl").hasSuffix("# mine\n"))
    }

    @Test func theListOfEmbeddedTemplatesIsUpToDate() throws {
        let scratch = try Scratch()
        let run = try Program.run(
            "/bin/sh", [repository + "/Templates/embedded/list.sh", scratch.path + "/files.S"], in: scratch.path)
        #expect(run.status == 0)
        #expect(
            Scratch.bytes(scratch.path + "/files.S") == Scratch.bytes(repository + "/Templates/embedded/files.S"),
            "run `sh Templates/embedded/list.sh`")
    }
}
