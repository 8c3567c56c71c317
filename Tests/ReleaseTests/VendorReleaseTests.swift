import Basics
import Glibc
@testable import Release
import Testing
import TestSupport

/// Releases of projects that were built with the vendor's tools: stand-ins, which write dates, hosts and paths as the
/// real ones do.
@Suite(.serialized) struct VendorReleaseTests {
    private let stages = "csim vsynth export"

    /// Two machines as far as one can be two: other folders, also of the tools, another user, umask, zone, language, day.
    @Test(arguments: ["ip_catalog", "xo"]) func twoReleasesAreEqual(format: String) async throws {
        let ground = try Playground()
        let export = "export: {format: \(format), version: 2.1.7}\n"
        try await ground.vendorProject(as: "first", root: "opt/Xilinx", product: Playground.old, lines: export)
        try await ground.vendorProject(
            as: "elsewhere/deeper/second one", root: "elsewhere/tools/AMD", product: Playground.new, lines: export)
        try await ground.works(
            "umask 022; TZ=UTC LANG=C \"$hlsbuild\" -C first -q \(stages) && \"$hlsbuild\" -C first release -o a.tar")
        let isRoot = geteuid() == 0
        if isRoot { try await ground.works("chown -R 65534:65534 elsewhere && chmod 755 elsewhere") }
        let user = isRoot ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : ""
        try await ground.works(
            """
            sleep 1.1; umask 077; export TZ=Asia/Kathmandu LANG=tr_TR.UTF-8 USER=somebody HOSTNAME=elsewhere
            cp "$hlsbuild" program && chmod 755 program && cd 'elsewhere/deeper/second one'
            \(user)../../../program -q \(stages) -j 1 && \(user)../../../program release -o ../b.tar
            """)
        try await ground.works("cmp first/a.tar elsewhere/deeper/b.tar && tar xf first/a.tar")
        let traces = try await ground.sh(
            "grep -rlaF -e '\(ground.path)' -e \"$(hostname) running\" -e '/.hlsbuild/' minimal")
        #expect(traces.output == "", "files name this machine: \(traces.output)")
        // The other machine's release is built again by this one, whose tools lie elsewhere.
        let roots =
            "XILINX_VITIS='\(ground.path)/opt/Xilinx/Vitis/2024.2' XILINX_VIVADO='\(ground.path)/opt/Xilinx/Vivado/2024.2'"
        let again = try await ground.works(
            "rm -rf elsewhere/tools && \(roots) $hlsbuild verify elsewhere/deeper/b.tar --rebuild")
        #expect(again.output.contains(" 0 differences") && !again.output.contains("not built again"))
        #expect(again.errors == "", "no note: even the tools are the same")
    }

    @Test func whatTheToolsMadeIsInIt() async throws {
        let ground = try Playground()
        try await ground.vendorProject(as: "net", root: "opt/Xilinx", product: Playground.old)
        try await ground.works("$hlsbuild -C net -q \(stages) && $hlsbuild -C net release -o ../r.tar")
        let archive = try ReleaseArchive(verifying: ground.bytes("r.tar"))
        let manifest = try Manifest(archive)
        #expect(manifest.stages.allSatisfy { $0.present })
        for path in [
            "build/export/xilinx_com_hls_minimal_1_0.zip", "build/export/ip/component.xml",
            "build/synth/verilog/minimal.v",
            "build/synth/report/csynth.xml", "build/vsynth/report/timing.rpt", "build/vsynth/report/power.rpt",
            "build/write/synth.tcl", "build/csim/outputs/xor.npy", "emulator/minimal_emulator.h",
        ] { #expect(archive.files[path]?.isEmpty == false, "\(path)") }
        // Each tool with what it says of itself and a digest; a shell that only starts a tool is none.
        let tools = manifest.tools.filter { $0.stage != "csim" }
        #expect(
            tools.map { "\($0.stage) \($0.name)" }.sorted() == [
                "export vitis-run", "export vivado", "synth vitis-run", "vsynth vivado",
            ])
        #expect(tools.allSatisfy { $0.version.hasPrefix("2024.2 build ") && Digest(hex: $0.sha256) != nil })
        #expect(!manifest.leftOut.contains { $0.path.hasPrefix("build/export") })
        // The project file asks for the release and not for a folder.
        let project = String(decoding: try #require(archive.files["project/hlsbuild.yml"]), as: UTF8.self)
        #expect(project.contains("  vitis: 2024.2\n  vivado: '2024.2'\n"))

        // Where the tools are not, that is said, and all else is built and compared.
        let bare = try await ground.sh("rm -rf opt && $hlsbuild verify r.tar --rebuild")
        #expect(bare.status == 4)
        #expect(bare.output.contains("not built again, for want of their tools: synth, vsynth, export\n"))
        #expect(
            bare.output.contains(" 0 differences") && bare.errors.contains("Vitis HLS '2024.2', which is not there"))
        try await ground.works("$hlsbuild verify r.tar --rebuild --allow-missing-tools")
        try everyChangeIsFound(ground)
    }

    /// One byte of the release changed, anywhere.
    private func everyChangeIsFound(_ ground: Playground) throws {
        let sound = try ground.bytes("r.tar")
        var random = SystemRandomNumberGenerator()
        var places = (0..<150).map { _ in Int.random(in: 0..<sound.count, using: &random) }
        // The first header, its checksum and padding, the end blocks, the last byte.
        places +=
            [0, 99, 100, 148, 155, 156, 257, 345, 511, 512] + [1024, 1023, 513, 512, 2, 1].map { sound.count - $0 }
        for place in places {
            var changed = sound
            changed[place] ^= UInt8.random(in: 1...255, using: &random)
            #expect(throws: DiagnosticError.self, "byte \(place)") { try ReleaseArchive(verifying: changed) }
        }
        for count in [0, 1, 511, 512, sound.count / 2, sound.count - 1024, sound.count - 512, sound.count - 1] {
            #expect(throws: DiagnosticError.self, "\(count) bytes") {
                try ReleaseArchive(verifying: Array(sound.prefix(count)))
            }
        }
        for tail in [[0], [UInt8](repeating: 0, count: 512), [UInt8](repeating: 0, count: 9216), sound] {
            #expect(throws: DiagnosticError.self) { try ReleaseArchive(verifying: sound + tail) }
        }
    }

    /// Killed at any instant, the file is the old one or the new one.
    @Test func aKillLeavesNoHalfRelease() async throws {
        let ground = try Playground()
        try await ground.vendorProject(as: "net", root: "opt/Xilinx", product: Playground.old)
        try await ground.works("$hlsbuild -C net -q \(stages) && $hlsbuild -C net release -o ../whole.tar")
        try await ground.works("echo old > r.tar")
        var random = SystemRandomNumberGenerator()
        for _ in 0..<15 {
            let pause = Double.random(in: 0...1.2, using: &random)
            try await ground.works("timeout -s KILL \(pause) $hlsbuild -C net -q release -o ../r.tar; true")
            try await ground.works("test \"$(cat r.tar)\" = old || cmp r.tar whole.tar")
        }
        // What killed releases left beside it is gone after the next whole one.
        try await ground.works(
            "touch r.tar.part999999999 && $hlsbuild -C net -q release -o ../r.tar && cmp r.tar whole.tar")
        #expect(try await ground.works("ls r.tar*").output == "r.tar\n")
    }
}
