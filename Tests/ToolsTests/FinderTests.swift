import Basics
import BuildEngine
import Config
import Testing
import TestSupport
import Tools

@testable import Setup
@testable import Vendor

/// Where tools are looked for, and what is said when they are not there.
@Suite struct FinderTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func look(
        _ role: ToolRole, tools: [ToolName: String] = [:], environment: [String: String] = [:]
    ) async throws -> VendorTools.Answer {
        var variables = ["PATH": "/usr/bin:/bin", "HOME": scratch.path + "/home"]
        variables.merge(environment) { _, new in new }
        try Files.makeDirectories(scratch.path + "/project")
        let world = World(folder: scratch.path + "/project", environment: variables)
        return try await VendorTools(world: world, tools: tools, roots: [scratch.path + "/Xilinx"]).find(role)
    }

    private func found(_ answer: VendorTools.Answer) throws -> VendorTool {
        switch answer {
        case .found(let tool): return tool
        case .missing(let message, _): throw DiagnosticError(.error(message))
        }
    }

    @Test func newestOfTheInstallRoots() async throws {
        try await scratch.install("vitis_hls", "2020.2", at: "Xilinx/Vitis_HLS/2020.2")
        try await scratch.install("vitis_hls", "2023.2", at: "Xilinx/Vitis_HLS/2023.2")
        let old = try found(try await look(.vitis))
        #expect(old.version == ToolVersion(2023, 2) && old.entry.program == "vitis_hls")
        // From 2025.1 on the release comes first.
        try await scratch.install("vitis-run", "2025.1", at: "Xilinx/2025.1/Vitis")
        let new = try found(try await look(.vitis))
        #expect(new.identity.path == scratch.path + "/Xilinx/2025.1/Vitis/bin/vitis-run")
        #expect(new.settingsScript == scratch.path + "/Xilinx/2025.1/Vitis/settings64.sh")
        #expect(new.identity.version == "2025.1 build 4023990")
    }

    @Test func vitisRunBeforeTheProgramThatGoes() async throws {
        try await scratch.install("vitis_hls", "2024.1", at: "Xilinx/Vitis_HLS/2024.1")
        try await scratch.install("vitis-run", "2024.1", at: "Xilinx/Vitis/2024.1")
        #expect(try found(try await look(.vitis)).entry.program == "vitis-run")
    }

    /// Configuration files are for whoever asks for them.
    @Test func configurationsOnRequest() async throws {
        let folder = try await scratch.install("v++", "2024.1", at: "Xilinx/Vitis/2024.1")
        try await scratch.install("vitis_hls", "2023.2", at: "Xilinx/Vitis_HLS/2023.2")
        try await scratch.install("vitis-run", "2024.1", at: "Xilinx/Vitis/2024.1")
        #expect(try found(try await look(.vitis)).entry.program == "vitis-run")
        for words in ["v++", folder + "/bin/v++"] {
            let tool = try found(try await look(.vitis, tools: [.vitis: words]))
            #expect(tool.entry.scripting == .hlsConfig && tool.identity.version == "2024.1 build 4023990")
            #expect(tool.missingSuccessor == nil)
        }
        #expect(try found(try await look(.vitis, tools: [.vitis: folder])).entry.program == "vitis-run")
        #expect(try found(try await look(.vitis, tools: [.vitis: "vitis_hls"])).version == ToolVersion(2023, 2))
    }

    /// Where nothing else is there, they do.
    @Test func configurationsWhereNothingElseIs() async throws {
        let folder = try await scratch.install("v++", "2024.1", at: "Xilinx/Vitis/2024.1")
        let tool = try found(try await look(.vitis))
        #expect(tool.entry.program == "v++" && tool.missingSuccessor == "vitis-run")
        let row = try #require(Tool.all.first { $0.key == .vitis })
        let world = World(folder: scratch.path, environment: ["PATH": "\(folder)/bin:/usr/bin:/bin"])
        let finding = await Examination.vendorFinding(row, .vitis, world: world, project: nil, roots: [])
        #expect(finding.state == .found(path: folder + "/bin/v++", version: "2024.1 build 4023990"))
        #expect(finding.remarks.contains("it is driven by configuration files in place of Tcl"))
        #expect(finding.remarks.contains("no vitis-run beside it: it cannot co-simulate or export"))
    }

    /// Releases differ in how they are asked for their number.
    @Test(arguments: ["-version", "--version"]) func eitherSpelling(understood: String) async throws {
        for (program, role) in [("vitis-run", ToolRole.vitis), ("vivado", .vivado)] {
            let folder = try await scratch.install(program, "2023.2", at: "somewhere/\(program)")
            try scratch.write(
                "somewhere/\(program)/bin/\(program)",
                """
                #!/bin/sh
                [ "$1" = \(understood) ] || { echo "ERROR: unknown option $1"; exit 1; }
                echo "\(program) v2024.1.2 (64-bit)"

                """)
            #expect(try await shell("chmod +x '\(folder)/bin/\(program)'").status == 0)
            let tool = try found(try await look(role, environment: ["PATH": "\(folder)/bin:/usr/bin:/bin"]))
            #expect(tool.version == ToolVersion(2024, 1, 2))
        }
    }

    @Test func pathThenVariablesThenRoots() async throws {
        let root = try await scratch.install("vivado", "2024.1", at: "Xilinx/Vivado/2024.1")
        let stated = try await scratch.install("vivado", "2022.1", at: "elsewhere")
        let path = try await scratch.install("vivado", "2021.1", at: "third")
        #expect(try found(try await look(.vivado)).identity.path == root + "/bin/vivado")
        let variable = ["XILINX_VIVADO": stated]
        #expect(try found(try await look(.vivado, environment: variable)).origin == "XILINX_VIVADO")
        let both = variable.merging(["PATH": "\(path)/bin:/usr/bin:/bin"]) { _, new in new }
        let tool = try found(try await look(.vivado, environment: both))
        #expect(tool.origin == "PATH" && tool.version == ToolVersion(2021, 1))
    }

    @Test func whatTheUserStates() async throws {
        try await scratch.install("vivado", "2024.1", at: "Xilinx/Vivado/2024.1")
        try await scratch.install("vivado", "2022.1", at: "Xilinx/Vivado/2022.1")
        let other = try await scratch.install("vivado", "2023.1", at: "other")
        // A folder, a program, a release.
        #expect(try found(try await look(.vivado, tools: [.vivado: other])).version == ToolVersion(2023, 1))
        #expect(
            try found(try await look(.vivado, tools: [.vivado: other + "/bin/vivado"])).version == ToolVersion(2023, 1))
        #expect(try found(try await look(.vivado, tools: [.vivado: "2022.1"])).version == ToolVersion(2022, 1))
        // The user's own file, which the project's is stronger than.
        try scratch.write("home/.config/hlsbuild/tools.yml", "vivado: 2022.1\n")
        #expect(try found(try await look(.vivado)).version == ToolVersion(2022, 1))
        #expect(try found(try await look(.vivado, tools: [.vivado: other])).version == ToolVersion(2023, 1))
        for wrong in ["vivdo: x\n", "vivado: \"/opt/a\\tb\"\n", "vivado: \"/opt/a\\nb\"\n", "vivado: \"\\e[31m\"\n"] {
            try scratch.write("home/.config/hlsbuild/tools.yml", wrong)
            await #expect(throws: DiagnosticError.self, "\(wrong)") { _ = try await look(.vivado) }
        }
    }

    @Test func oneLineWhenItIsMissing() async throws {
        guard case .missing(let nothing, _) = try await look(.vitis) else {
            Issue.record("nothing is installed")
            return
        }
        #expect(
            nothing
                == "Vitis HLS is not there; synth and export would run it: install AMD Vitis (free of charge), or say "
                + "where it is, 'tools: {vitis: FOLDER}'")
        try await scratch.install("vivado_hls", "2017.4", at: "Xilinx/Vivado/2017.4")
        guard case .missing(let old, _) = try await look(.vivadoHLS) else {
            Issue.record("2017.4 cannot be driven")
            return
        }
        #expect(old.contains("is release 2017.4, which hlsbuild cannot drive") && !old.contains("\n"))
        guard case .missing(let stated, _) = try await look(.vivado, tools: [.vivado: "/no/such/folder"]) else {
            Issue.record("the folder is not there")
            return
        }
        #expect(stated.hasPrefix("tools.vivado asks for Vivado '/no/such/folder', which is not there; vsynth would"))
    }

    /// A program is asked for its release once for every content of it, not once a build.
    @Test func askedOnce() async throws {
        let folder = try await scratch.install("vivado", "2024.1", at: "Xilinx/Vivado/2024.1")
        try Files.makeDirectories(scratch.path + "/project/.hlsbuild")
        let first = try found(try await look(.vivado)).identity
        let second = try found(try await look(.vivado)).identity
        #expect(first == second)
        #expect(try Files.text(folder + "/asked") == "vivado\n")
        _ = try await shell("echo '# patched' >> '\(folder)/bin/vivado'")
        let patched = try found(try await look(.vivado)).identity
        #expect(patched.digest != first.digest)
        #expect(try Files.text(folder + "/asked") == "vivado\nvivado\n")
        // What is sourced decides as well.
        _ = try await shell("echo '# patched' >> '\(folder)/settings64.sh'")
        #expect(try found(try await look(.vivado)).identity.digest != patched.digest)
    }

    @Test func doctor() async throws {
        try await scratch.install("vitis_hls", "2024.2", at: "XilinxHome/Vitis/2024.2")
        let world = World(
            folder: scratch.path,
            environment: ["PATH": "/usr/bin:/bin", "XILINX_HLS": scratch.path + "/XilinxHome/Vitis/2024.2"])
        let tool = try #require(Tool.all.first { $0.key == .vitis })
        let finding = await Examination.vendorFinding(tool, .vitis, world: world, project: nil, roots: [])
        let program = scratch.path + "/XilinxHome/Vitis/2024.2/bin/vitis_hls"
        #expect(finding.state == .found(path: program, version: "2024.2 build 4023990"))
        #expect(finding.remarks.first == "from XILINX_HLS")
        #expect(finding.remarks.contains("the vendor replaces this program by vitis-run"))
        let missing = await Examination.vendorFinding(tool, .vivado, world: world, project: nil, roots: [])
        #expect(missing.state == .missing && missing.remarks.isEmpty)
    }
}
