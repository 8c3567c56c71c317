import Basics
import Testing
import TestSupport

/// `init`, `report` and `doctor` on real projects.
@Suite struct ProjectTests {
    /// How it is built, `TourTests` see.
    @Test func anExampleIsWritten() async throws {
        let hlsbuild = try Program(in: Scratch())
        let made = try await hlsbuild("init", "p")
        #expect(
            made.output == """
                wrote expected.npy, hlsbuild.yml, input.npy, model.h5, .gitignore in p
                next: hlsbuild -C p csim

                """)
        let before = try await hlsbuild("-C", "p", "report")
        #expect(before.status == 0)
        #expect(before.output.contains("layers: not built yet, 'hlsbuild optimize' builds it\n"))
        #expect(before.output.contains("C simulation: not built yet, 'hlsbuild csim' builds it\n"))
    }

    /// What the firmware cannot be called is told before anything is built, at its line.
    @Test(arguments: ["check", "csim"])
    func aNameThatTheFirmwareCannotHaveIsRefused(command: String) async throws {
        let hlsbuild = try Program(in: Scratch())
        _ = try await hlsbuild("init")
        let run = try await hlsbuild(command, "--set", "project=signal")
        #expect(run.status == 2)
        #expect(run.errors.contains("error: 'signal' cannot name the firmware"))
        let file = hlsbuild.folder.path + "/hlsbuild.yml"
        let text = try Files.text(file).split(separator: "\n", omittingEmptySubsequences: false)
        let at = try #require(text.firstIndex { $0.hasPrefix("project:") })
        var lines = text.map(String.init)
        lines[at] = "project: signal"
        try Files.write(Array(lines.joined(separator: "\n").utf8), to: file)
        #expect(try await hlsbuild(command).errors.hasPrefix("hlsbuild.yml:\(at + 1):10: error: 'signal' cannot name"))
    }

    /// With channels last in the model file, both layouts are one.
    @Test func aLayoutMayBeStated() async throws {
        let hlsbuild = try Program(in: Scratch())
        _ = try await hlsbuild("init")
        var answers: [[UInt8]] = []
        for layout in ["model", "firmware"] {
            for engine in ["emulator", "float"] {
                let run = try await hlsbuild(
                    "predict", "--engine", engine, "--layout", layout, "--input", "input.npy", "--output", "y.npy")
                #expect(run.status == 0)
                answers.append(try Files.read(hlsbuild.folder.path + "/y.npy"))
            }
        }
        #expect(answers[0] == answers[2] && answers[1] == answers[3] && answers[0] != answers[1])
        #expect(try await hlsbuild("predict", "--layout", "other").status == 2)
    }

    /// Percentages of what nobody has read from a report of the part are marked.
    @Test func whatAPartHasMayBeUnverified() async throws {
        let hlsbuild = try Program(in: Scratch())
        _ = try await hlsbuild("init")
        #expect(try await hlsbuild("optimize").status == 0)
        let known = try await hlsbuild("report").output
        #expect(known.contains("of xcu250  estimate") && !known.contains("* what this part has"))
        let other = try await hlsbuild("report", "--set", "part=xcvu19p-fsva3824-2-e").output
        #expect(other.contains("of xcvu19p *  estimate"))
        #expect(other.contains("\n* what this part has was not read from a tool's report\n"))
    }

    @Test func theReportListsTheFIFOs() async throws {
        let hlsbuild = try Program(in: Scratch())
        _ = try await hlsbuild("init")
        #expect(try await hlsbuild("optimize").status == 0)
        #expect(!(try await hlsbuild("report").output.contains("fifo")))
        let stated = ["--set", "io=stream", "--set", "layers.relu.fifo_depth=3"]
        #expect(try await hlsbuild("optimize", stated[0], stated[1], stated[2], stated[3]).status == 0)
        let report = try await hlsbuild("report", stated[0], stated[1], stated[2], stated[3])
        #expect(
            report.output.contains(
                """
                fifo            from        to          elements  depth
                hidden_out      hidden      relu_layer  1         2
                relu_layer_out  relu_layer  score       1         3 (stated)
                """), "\(report.output)")
    }

    @Test func theReportSaysWhatIsOfAnEarlierBuild() async throws {
        let hlsbuild = try Program(in: Scratch())
        _ = try await hlsbuild("init")
        #expect(try await hlsbuild("optimize").status == 0)
        let report = try await hlsbuild("report", "--set", "precision=fixed<18,8>")
        #expect(report.output.contains("(of an earlier build: optimize is stale now)"))
        let json = try await hlsbuild("report", "--json").output
        #expect(json.hasPrefix(#"{"event": "report", "project": "minimal", "part": "xcu250-figd2104-2L-e""#))
        #expect(json.contains(#""csim": null"#))
        #expect(json.contains(#"{"name": "score", "operation": "dense", "shape": [1]"#))
    }

    @Test func nothingIsOverwritten() async throws {
        let hlsbuild = try Program(in: Scratch())
        try hlsbuild.folder.write("hlsbuild.yml", "mine")
        let run = try await hlsbuild("init")
        #expect(run.status == 2)
        #expect(run.errors.contains("/hlsbuild.yml' is there already\nhelp: name another folder"))
        #expect(hlsbuild.folder.text("hlsbuild.yml") == "mine")
        #expect(!hlsbuild.folder.exists("model.h5"))
    }

    @Test func aModelGetsAFileThatNamesItsLayers() async throws {
        let hlsbuild = try Program(in: Scratch())
        _ = try await hlsbuild("init", "example")
        #expect(try await hlsbuild("init", "--model", "example/model.h5", "mine").status == 0)
        let text = hlsbuild.folder.text("mine/hlsbuild.yml")
        #expect(text.contains("model: '../example/model.h5'\n"))
        #expect(text.contains(##"#  hidden: {precision: {weight: "fixed<16,6>"}, reuse: 1}  # Dense, gives 4"##))
        #expect(try await hlsbuild("-C", "mine", "check").output.hasSuffix("\nhlsbuild.yml: no errors\n"))
        // Every comment that is a setting is a legal one.
        let settings = text.replacing("\n#layers:", with: "\nlayers:").replacing("\n#  ", with: "\n  ")
        try hlsbuild.folder.write("mine/all.yml", settings)
        let check = try await hlsbuild("-C", "mine", "-f", "all.yml", "check")
        #expect(check.status == 0 && check.errors == "" && check.output.hasSuffix("\nall.yml: no errors\n"))
        let junk = try await hlsbuild("init", "--model", "example/input.npy", "other")
        #expect(junk.status == 2)
        #expect(junk.errors.hasPrefix("error: 'example/input.npy': a NumPy array, not a model\n"))
    }

    /// The numbers of a converted hls4ml file are those of the file itself, to the last bit.
    @Test func anHLS4MLFileKeepsItsNumbers() async throws {
        let hlsbuild = try Program(in: Scratch())
        _ = try await hlsbuild("init", "example")
        try hlsbuild.folder.write("example/theirs.yml", Self.hls4ml)
        // Between the corners, where the sigmoid is not flat.
        try hlsbuild.folder.write("x.dat", "0.3 0.4\n0.55 0.1\n0.2 0.45\n0.61 0.37\n0.48 0.52\n")
        #expect(try await hlsbuild("init", "--from", "example/theirs.yml", "ours").status == 0)
        let text = hlsbuild.folder.text("ours/hlsbuild.yml")
        #expect(text.contains("compat: hls4ml\n"))
        #expect(text.contains("uncertainty: 12.5%\n"))
        for (project, name) in [("example/theirs.yml", "a.npy"), ("ours/hlsbuild.yml", "b.npy")] {
            let run = try await hlsbuild(
                "-f", project, "predict", "--raw", "--input", "x.dat", "--output", name)
            #expect(run.status == 0)
        }
        let theirs = try #require(contents(hlsbuild.folder.path + "/a.npy"))
        #expect(theirs == contents(hlsbuild.folder.path + "/b.npy"))
        // The settings matter: without them other numbers come out.
        _ = try await hlsbuild(
            "-f", "ours/hlsbuild.yml", "predict", "--raw", "--input", "x.dat", "--output", "c.npy",
            "--set", "layers.hidden.precision=fixed<6,3>")
        #expect(theirs != contents(hlsbuild.folder.path + "/c.npy"))
        let again = try await hlsbuild("init", "--from", "ours/hlsbuild.yml", "third")
        #expect(again.status == 2)
        #expect(again.errors.contains("is hlsbuild's own form already"))
    }

    private static let hls4ml = """
        # A file of several years ago.
        KerasH5: model.h5
        OutputDir: out
        ProjectName: parity
        XilinxPart: xcku115-flvb2104-2-i
        ClockPeriod: 6.5
        ClockUncertainty: 12.5%
        IOType: io_parallel
        Backend: Vitis
        InputData: input.npy
        OutputPredictions: expected.npy
        HLSConfig:
          Model:
            Precision: ap_fixed<14,5,AP_RND,AP_SAT>
            ReuseFactor: 2
            Strategy: Resource
          LayerType:
            Activation: {TableSize: 512}
          LayerName:
            hidden:
              Precision: {weight: 'ap_fixed<9,3>', accum: 'ap_fixed<22,9>'}
              ReuseFactor: 1
            xor: {table_t: 'ap_fixed<12,4>'}
        """

    @Test func theDoctorFindsWhatIsThere() async throws {
        let hlsbuild = try Program(in: Scratch())
        try hlsbuild.folder.write("yosys", "#!/bin/sh\necho Yosys 9.87\n")
        _ = try await Program.run("/bin/chmod", ["+x", "yosys"], in: hlsbuild.folder.path)
        try hlsbuild.folder.write("verilator", "#!/bin/sh\nexit 1\n")
        _ = try await Program.run("/bin/chmod", ["+x", "verilator"], in: hlsbuild.folder.path)
        let run = try await hlsbuild("doctor", environment: ["PATH": hlsbuild.folder.path])
        #expect(run.status == 0)
        #expect(run.errors.isEmpty)
        #expect(run.output.contains("Yosys           found    \(hlsbuild.folder.path)/yosys  (Yosys 9.87)\n"))
        #expect(run.output.contains("Verilator       broken   \(hlsbuild.folder.path)/verilator\n"))
        #expect(run.output.contains("C++ compiler    missing  g++, clang++\n"))
        #expect(run.output.contains("to get it: apt-get install g++\n"))
        #expect(!hlsbuild.folder.exists(".hlsbuild"))
        let json = try await hlsbuild("doctor", "--json", environment: ["PATH": hlsbuild.folder.path])
        #expect(json.output.hasPrefix(#"{"event": "doctor", "version": "0.1.0", "tools": [{"name": "C++ compiler""#))
    }
}
