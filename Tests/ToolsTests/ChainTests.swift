import Basics
import BuildEngine

import Testing
import TestSupport
import Zip

@testable import Vendor

/// synth, vsynth and export through the engine, with tools that behave and misbehave like the real ones.
@Suite(.serialized) struct ChainTests {
    private let all = ["vsynth", "export"]

    /// A tool may be installed anywhere: no name of a folder is a word of the shell that sources its settings.
    @Test func toolsInFoldersOfAnyName() async throws {
        let chain = try await Chain()
        let folder = "it's'\u{301};touch PWNED;'\u{301} & {[%"
        let hls = try await chain.scratch.install("vitis-run", "2024.2", at: folder + "/Vitis/2024.2")
        let (summary, events) = try await chain.build(["synth"], "tools: {vitis: \"\(hls)\"}", roots: [])
        #expect(summary.ok, "\(events.diagnostics.map(\.rendered))")
        #expect(try Files.text(hls + "/environment").contains("STANDIN_SETTINGS=VITIS_RUN"))
        #expect(try await shell("find '\(chain.scratch.path)' -name 'PWNED*' -o -name '*.failed'").output == "")
    }

    @Test(arguments: [("vitis", "2024.2"), ("vitis", "2023.1"), ("vivado", "2019.2")])
    func wholeChain(backend: String, release: String) async throws {
        let chain = try await Chain(backend, release: release)
        let (summary, events) = try await chain.build(all, backend: backend)
        #expect(summary.ok, "\(events.diagnostics.map(\.rendered))")
        let hls = backend == "vivado" ? "vivado_hls" : "vitis-run"
        #expect(Set(chain.runs) == ["\(hls) synth.tcl", "\(hls) export.tcl", "vivado vsynth.tcl"])
        #expect(chain.built("synth/verilog/net.v").contains("module net;"))
        #expect(chain.built("synth/vhdl/net.vhd").contains("module net;"))
        let csynth = chain.built("synth/report/csynth.xml")
        #expect(csynth.contains("<TargetClockPeriod>5</TargetClockPeriod>"))
        // Paths of this run and of the installation are gone, what they name is there.
        #expect(csynth.contains("SOURCE=\"firmware/layers/fc1.cpp:12\" TOOL=\"ap_fixed.h:3\""))
        #expect(chain.built("synth/report/net_csynth.rpt").contains("\n* Date:\n\n* Version:        \(release)\n"))
        let utilization = chain.built("vsynth/report/utilization.rpt")
        #expect(utilization.contains("| Date         :\n| Host         :\n") && utilization.contains("| 8565 |"))
        let component = chain.built("export/ip/component.xml")
        #expect(component.contains("<xilinx:coreRevision>0</xilinx:coreRevision>"))
        #expect(component.contains("<xilinx:coreCreationDateTime>1980-01-01T00:00:00Z</xilinx:coreCreationDateTime>"))
        let listing = try await shell("cd '\(chain.folder)/build/export' && ls ip").output
        #expect(!listing.contains("run_ippack") && listing.contains("component.xml"))
        let zip = try Files.read(chain.folder + "/build/export/xilinx_com_hls_net_1_0.zip")
        #expect(try Zip.read(zip)["component.xml"] == Array(component.utf8))
        // Nothing of the tool's own project is kept.
        #expect(
            try await shell("cd '\(chain.folder)/build' && find . -name '*_prj' -o -name '*.log' -o -name '*.aps'")
                .output
                == "")
    }

    @Test func nothingRunsTwice() async throws {
        let chain = try await Chain()
        try await chain.build(all)
        let runs = chain.runs.count
        let (again, _) = try await chain.build(all)
        #expect(["synth", "vsynth", "export"].allSatisfy { again.outcome($0) == .current })
        // Deleted outputs come back from the store.
        _ = try await shell("rm -rf '\(chain.folder)/build'")
        let (restored, _) = try await chain.build(all)
        #expect(restored.outcome("export") == .cached && !chain.built("export/ip/component.xml").isEmpty)
        #expect(chain.runs.count == runs)
    }

    /// Two machines, two folders, two times: the same bytes.
    @Test func theSameBytesEverywhere() async throws {
        let one = try await Chain(), two = try await Chain()
        try await one.build(all)
        try await Task.sleep(for: .milliseconds(1100))
        try await two.build(all)
        #expect(try await shell("diff -r '\(one.folder)/build' '\(two.folder)/build'").output == "")
    }

    /// A kernel for the accelerator flow: what the tool packs with dates comes out the same every time.
    @Test func kernels() async throws {
        let one = try await Chain(), two = try await Chain()
        let lines = "io: stream\nexport: {format: xo}"
        let (summary, events) = try await one.build(["export"], lines)
        #expect(summary.ok, "\(events.diagnostics.map(\.rendered))")
        try await Task.sleep(for: .milliseconds(1100))
        try await two.build(["export"], lines)
        let kernel = try Files.read(one.folder + "/build/export/net.xo")
        #expect(try Files.read(two.folder + "/build/export/net.xo") == kernel)
        let files = try Zip.read(kernel)
        #expect(files.keys.filter { !$0.hasPrefix("ip_repo/") }.sorted() == ["net/kernel.xml", "xo.xml"])
        let text = String(decoding: files["net/kernel.xml"] ?? [], as: UTF8.self)
        #expect(
            text == "<kernel name=\"net\" timestamp=\"1980-01-01T00:00:00Z\" source=\"firmware/net.cpp\"/>\n")
        #expect(one.runs.contains("vitis-run kernel.tcl"))
        // The IP in it, also in an archive of its own: its revision, its notes and their checksum.
        let inner = try Zip.read(try #require(files["ip_repo/net.zip"]))
        let component = String(decoding: try #require(inner["component.xml"]), as: UTF8.self)
        #expect(component.contains("<xilinx:coreRevision>0</xilinx:coreRevision>"))
        let notes = try #require(inner["doc/ReleaseNotes.txt"])
        #expect(String(decoding: notes, as: UTF8.self) == "made on Tue Jan  1 00:00:00 UTC 1980\n")
        #expect(component.contains("CHECKSUM_" + String(ZipChecksum.of(notes), radix: 16)))
        #expect(files["ip_repo/net/component.xml"] == inner["component.xml"])
        // An archive that is cut anywhere is refused and never crashes.
        for count in stride(from: 0, to: kernel.count, by: 37) {
            #expect(throws: DiagnosticError.self) { try ZipArchive.entries(Array(kernel.prefix(count))) }
        }
    }

    @Test func aClockRunsSynthesisAndNoCompiler() async throws {
        let chain = try await Chain()
        try await chain.build(["csim"] + all, "clock: 5 ns")
        let (summary, _) = try await chain.build(["csim"] + all, "clock: 4 ns")
        #expect(summary.outcome("csim") == .current)
        #expect(summary.outcome("synth") == .built && summary.why("synth").contains("clockPeriod"))
        #expect(summary.outcome("vsynth") == .built && summary.outcome("export") == .built)
        // Back again: all of it is known.
        let (back, _) = try await chain.build(["csim"] + all, "clock: 5 ns")
        #expect(back.outcome("synth") == .cached && back.outcome("vsynth") == .cached)
        #expect(chain.runs.count == 6)
    }

    @Test func eachSettingRunsItsOwnStage() async throws {
        let chain = try await Chain()
        try await chain.build(all)
        let (effort, _) = try await chain.build(all, "vsynth: {effort: route}")
        #expect(effort.outcome("synth") == .current && effort.outcome("export") == .current)
        #expect(effort.outcome("vsynth") == .built)
        let (version, _) = try await chain.build(all, "vsynth: {effort: route}\nexport: {version: 1.2.3}")
        #expect(version.outcome("synth") == .current && version.outcome("vsynth") == .current)
        #expect(chain.built("export/ip/component.xml").contains("<xilinx:coreRevision>3</xilinx:coreRevision>"))
        let (budget, _) = try await chain.build(
            all,
            "vsynth: {effort: route}\nexport: {version: 1.2.3}\nlicence: {seats: 3, wait: 1 s}\nexpect: {power: '<= 9 W'}"
        )
        #expect(["synth", "export"].allSatisfy { budget.outcome($0) == .current })
        // The budget is looked at, and the tool is not run for it.
        #expect(budget.outcome("vsynth") == .built)
        #expect(chain.runs.filter { $0.hasPrefix("vivado") } == ["vivado vsynth.tcl", "vivado vsynth.tcl route"])
    }

    /// What the IP is called is nobody's affair but the export's, and reaches it through Tcl and configuration files.
    @Test(arguments: ["vitis-run", "v++"]) func whatTheIPIsCalled(route: String) async throws {
        let chain = try await Chain()
        if route == "v++" { try await chain.scratch.install("v++", "2024.2", at: "Xilinx/Vitis/2024.2") }
        let tools = "tools: {vitis: \(route)}\n"
        try await chain.build(all, tools)
        let plain = chain.built("export/ip/component.xml")
        #expect(plain.contains("<spirit:vendor>xilinx.com</spirit:vendor>"))
        let texts = "display_name: 'Jet tagger', description: '5 (of 16)'"
        let ip = "ip: {vendor: cern.ch, library: l1t, version: 1.2.3, \(texts)}"
        let (summary, events) = try await chain.build(all, tools + ip)
        #expect(summary.ok, "\(events.diagnostics.map(\.rendered))")
        #expect(["synth", "vsynth"].allSatisfy { summary.outcome($0) == .current })
        #expect(summary.outcome("export") == .built && chain.syntheses == 1)
        let component = chain.built("export/ip/component.xml")
        for text in [
            "<spirit:vendor>cern.ch<", "<spirit:library>l1t<", "<spirit:version>1.2<", "coreRevision>3<",
            "<spirit:description>5 (of 16)<", "displayName>Jet tagger<",
        ] { #expect(component.contains(text), "\(text)") }
        #expect(try await shell("ls '\(chain.folder)/build/export'").output.contains("cern_ch_l1t_net_1_2.zip"))
    }

    /// Another interface is other hardware.
    @Test func anotherInterface() async throws {
        let chain = try await Chain()
        try await chain.build(["synth"])
        let (summary, _) = try await chain.build(["synth"], "interface: {control: none, data: none}")
        #expect(summary.ok && summary.outcome("synth") == .built && chain.syntheses == 2)
        let (refused, events) = try await chain.build(["synth"], "interface: {control: none}\nreuse: 4")
        #expect(refused.outcome("write") == .failed && refused.outcome("synth") == .blocked)
        #expect(events.diagnostics.contains { $0.subject == ["interface", "control"] && $0.help != nil })
    }

    /// Other data are simulated, and nothing is synthesised for them.
    @Test func otherData() async throws {
        let chain = try await Chain()
        let input = try Files.read(Repository.tagger + "/input.npy")
        try chain.scratch.write("project/input.npy", input)
        let lines = "data: {input: input.npy}\nsynth: {cosim: 2}"
        try await chain.build(["synth"], lines)
        #expect(chain.runs == ["vitis-run synth.tcl", "vitis-run cosim.tcl"])
        let integers = chain.built("write/tb_data/tb_output_integers.dat")
        #expect(integers.count { $0 == "\n" } == 1000)
        // The first number of the first sample.
        var other = input
        let first = 128
        other.replaceSubrange(first..<first + 4, with: [0, 0, 192, 63])
        try chain.scratch.write("project/input.npy", other)
        let (summary, _) = try await chain.build(["synth"], lines)
        #expect(summary.ok && chain.syntheses == 1)
        #expect(chain.runs == ["vitis-run synth.tcl", "vitis-run cosim.tcl", "vitis-run cosim.tcl"])
        #expect(chain.built("write/tb_data/tb_input_features.dat").hasPrefix("1.5 "))
        #expect(chain.built("write/tb_data/tb_output_integers.dat") != integers)
    }

    @Test func anotherToolIsAnotherResult() async throws {
        let chain = try await Chain()
        try await chain.build(["vsynth"])
        _ = try await shell("echo '# patched' >> '\(chain.vivado)/bin/vivado'")
        let (summary, _) = try await chain.build(["vsynth"])
        #expect(summary.outcome("synth") == .current && summary.outcome("vsynth") == .built)
        // A new release of the HLS tool that gives the same RTL but for its name: all of it runs again.
        try await chain.scratch.install("vitis-run", "2025.1", at: "Xilinx/2025.1/Vitis")
        let (newer, _) = try await chain.build(["vsynth"])
        #expect(newer.outcome("synth") == .built && newer.outcome("vsynth") == .built)
    }

    /// The environment of the tool is the script's and not this process's.
    @Test func settingsAreSourcedForTheChild() async throws {
        let chain = try await Chain()
        let (_, events) = try await chain.build(all, environment: ["SECRET": "x", "STANDIN_SETTINGS": "outside "])
        let settings = events.lines.filter { $0.hasPrefix("INFO: settings: ") }
        // The HLS tool starts Vivado for the export, so both are set up there.
        #expect(
            Set(settings) == [
                "INFO: settings: VITIS_RUN ", "INFO: settings: VIVADO ", "INFO: settings: VITIS_RUN VIVADO ",
            ])
    }

    @Test func aDryRunRunsNothing() async throws {
        let chain = try await Chain()
        let (before, _) = try await chain.build(all, dryRun: true)
        #expect(all.allSatisfy { before.outcome($0) == .wouldRun || before.outcome($0) == .mayRun })
        #expect(chain.runs.isEmpty)
        try await chain.build(all)
        let (after, _) = try await chain.build(all, dryRun: true)
        #expect(all.allSatisfy { after.outcome($0) == .current })
        let (clock, _) = try await chain.build(all, "clock: 4 ns", dryRun: true)
        #expect(clock.outcome("synth") == .wouldRun && clock.outcome("vsynth") != .current)
        #expect(chain.runs.count == 3)
    }

    /// The licences of the user's home are found by a tool that has another home.
    @Test func licencesOfTheHome() async throws {
        let chain = try await Chain()
        try chain.scratch.write("home/.Xilinx/node.lic", "")
        _ = try await chain.build(["synth"])
        let folder = chain.scratch.path + "/home"
        #expect(chain.environment(of: "synth").contains("XILINXD_LICENSE_FILE=\(folder)/.Xilinx/node.lic"))
        #expect(!chain.environment(of: "synth").contains("HOME=\(folder)\n"))
        // Stated licences are handed on as they are, and change no key.
        let (again, _) = try await chain.build(["synth"], environment: ["XILINXD_LICENSE_FILE": "2100@server"])
        #expect(again.outcome("synth") == .current)
        _ = try await shell("rm -rf '\(chain.folder)/.hlsbuild'")
        _ = try await chain.build(["synth"], environment: ["XILINXD_LICENSE_FILE": "2100@server"])
        #expect(chain.environment(of: "synth").contains("XILINXD_LICENSE_FILE=2100@server\n"))
    }

    @Test func missingTools() async throws {
        let chain = try await Chain()
        let (summary, events) = try await chain.build(all, roots: [])
        #expect(summary.outcome("synth") == .unavailable && summary.outcome("vsynth") == .blocked)
        #expect(summary.outcome("write") == .built)
        #expect(summary.why("synth").hasPrefix("Vitis HLS is not there; synth and export would run it: install "))
        #expect(events.diagnostics.allSatisfy { $0.severity != .error || $0.help == nil })
    }
}
