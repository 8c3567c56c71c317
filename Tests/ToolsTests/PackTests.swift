import Basics
import BuildEngine
import Config
import Testing
import Tools
import Zip

@testable import Vendor

/// What is taken out of the files of IPs and kernels, and what is left.
@Suite struct PackTests {
    private func timeless(_ text: String) -> String {
        String(decoding: Timeless.text(Array(text.utf8)), as: UTF8.self)
    }

    @Test(arguments: [
        "2024-11-14T10:00:00Z", "2024-11-14 10:00:00", "2024-11-14T10:00:00.123456+01:00", "2024/11/14 10:00:00",
        "2022-11-02 17:37:00 +0800",
    ])
    func shortDates(_ date: String) {
        #expect(timeless("<a b=\"\(date)\">\(date)</a>") == "<a b=\"\(Timeless.date)\">\(Timeless.date)</a>")
    }

    @Test(arguments: [
        "Thu Nov 14 10:00:00 2024", "Thu Nov  4 10:00:00 CET 2024", "Thu Nov 4 10:00:00 +0100 2024",
        "Sun May 07 15:04:56 CEST 2023",
    ])
    func longDates(_ date: String) {
        #expect(timeless("* at \(date), done") == "* at Tue Jan  1 00:00:00 UTC 1980, done")
    }

    /// Folders may have blanks; what comes before them stays.
    @Test(arguments: ["/home/me/net", "/net", "", "/home/some body/a net"]) func foldersOfRuns(_ project: String) {
        let folder = project + "/.hlsbuild/work/export/export the/run"
        #expect(timeless("a=\"\(folder)/firmware/net.cpp\" b='\(folder)'") == "a=\"firmware/net.cpp\" b='.'")
        #expect(timeless("In file \(folder)/a b.h: bad\n\(folder)\n") == "In file a b.h: bad\n.\n")
        #expect(timeless("\(folder)") == "." && timeless("<a>\(folder)/x</a>") == "<a>x</a>")
        for other in [
            "/.hlsbuild/work/a", "/.hlsbuild/work/a/b", "/.hlsbuild/work/a/b/runs", "/.hlsbuild/work/<a>/b/run",
        ] {
            #expect(timeless(project + other) == project + other)
        }
    }

    @Test(arguments: [
        "", "1980", "12345-11-14T10:00:00Z", "v2024-11-14", "10:00:00", "Thu", "Thu Nov", "/", "/a/b", "</a>",
        "Mon Cal 1000", "0.2024-11-14T10:00:00Z", "version 2024.2", "/.hlsbuild/work/a", "ünïcode Thursday",
    ])
    func whatIsNoDate(_ text: String) { #expect(timeless(text) == text) }

    @Test func sourcesStayAsTheyAre() {
        let text = Array("// 2024-11-14T10:00:00Z\n".utf8)
        for path in ["a.v", "a.vhd", "b/c.cpp", "d.h", "xgui/a.tcl", "Makefile", ""] {
            #expect(Timeless.file(path, text) == text)
        }
        #expect(Timeless.file("a.xml", text) != text)
    }

    @Test func checksumsFollowTheirFiles() throws {
        let old = Array("on 2024-11-14T10:00:00Z".utf8), new = Array("on \(Timeless.date)".utf8)
        func hex(_ bytes: [UInt8]) -> String {
            let digits = String(ZipChecksum.of(bytes), radix: 16)
            return String(repeating: "0", count: 8 - digits.utf8.count) + digits
        }
        func component(_ sum: String) -> [UInt8] {
            Array(
                """
                <spirit:file><spirit:name>a.txt</spirit:name><spirit:userFileType>CHECKSUM_\(sum)</spirit:userFileType>
                </spirit:file><spirit:file><spirit:name>b.v</spirit:name><spirit:userFileType>CHECKSUM_\(hex(old))\
                </spirit:userFileType></spirit:file>
                """.utf8)
        }
        let entries = [
            ZipEntry("ip/component.xml", component(hex(old))), ZipEntry("ip/a.txt", old), ZipEntry("ip/b.v", old),
        ]
        let packed = try PackedFiles(entries, revision: "0").files
        #expect(packed["ip/a.txt"] == new && packed["ip/b.v"] == old)
        // That of the file which stayed as it was stays, though it was the same.
        #expect(packed["ip/component.xml"] == component(hex(new)))
        // A checksum that was none is not made one.
        let odd = try PackedFiles(
            [ZipEntry("component.xml", component("12345678")), ZipEntry("a.txt", old)], revision: "")
        #expect(odd.files["component.xml"] == component("12345678"))
    }

    /// What a run says that ended well and left these files in its solution.
    private func judged(_ format: ExportFormat, _ files: [String: [UInt8]]) throws -> Judgement {
        let entry = try #require(ToolTable.newest(.vitis))
        let tool = VendorTool(
            entry: entry, identity: ToolIdentity(name: "vitis-run", path: "/x", version: "", digest: Digest(of: "x")),
            version: ToolVersion(2025, 2), settingsScript: nil, origin: "", missingSuccessor: nil)
        let target = HardwareTarget(top: "net", part: "", clockPeriod: "", clockUncertainty: nil, flow: nil)
        let settings = ExportStep.Settings(
            run: VendorRun(tool, VendorRun.Surroundings()), target: target, format: format, version: "1.0.0")
        let placed = Dictionary(
            uniqueKeysWithValues: files.map { name, bytes in
                (format == .xo ? ExportStep.kernel(settings) : ExportStep.folder(settings) + "/" + name, bytes)
            })
        let log = ExportStep.task(format).marker(entry.scripting) + "\n"
        let run = CommandRun(termination: .exited(0), seconds: 0, log: log, produced: placed.keys.sorted()) { path in
            guard let bytes = placed[path] else { throw CancellationError() }
            return bytes
        }
        return ExportStep.judge(run, settings)
    }

    private func fault(_ judgement: Judgement) -> String {
        guard case .transient(let told) = judgement else { return "\(judgement)" }
        return told.map(\.message).joined()
    }

    /// A tool that ends well and leaves half an archive has failed: it would be packed anew in every build after.
    @Test func whatIsCutIsNotKept() throws {
        let archive = try ZipArchive.stored([ZipEntry("a.txt", Array("text".utf8)), ZipEntry("b.txt", [1, 2, 3])])
        let half = Array(archive.prefix(archive.count / 2))
        let component = Array("<spirit:file><spirit:name>a.v</spirit:name></spirit:file>".utf8)
        for (format, files) in [
            (ExportFormat.xo, ["kernel": archive]),
            (.ipCatalog, ["component.xml": component, "a.v": [1], "net.zip": archive]),
        ] {
            guard case .success(let told) = try judged(format, files) else {
                Issue.record("whole files of \(format) are refused")
                continue
            }
            #expect(told.isEmpty)
        }
        #expect(
            try fault(judged(.xo, ["kernel": half]))
                == "the tool ended well and left a broken 'net.xo': this is no whole zip archive")
        #expect(
            try fault(judged(.ipCatalog, ["component.xml": component, "a.v": [1], "net.zip": half]))
                .contains("left a broken 'net.zip'"))
        #expect(try fault(judged(.ipCatalog, ["component.xml": component])).contains("that are not there: a.v"))
    }

    @Test func nestedToAnyDepth() throws {
        var archive = Array("no archive".utf8)
        #expect(throws: DiagnosticError.self) { try PackedFiles.archive(archive, revision: "0") }
        archive = try ZipArchive.stored([ZipEntry("a.xml", Array("<a t=\"2024-11-14T10:00:00Z\"/>".utf8))])
        for _ in 0..<40 { archive = try ZipArchive.stored([ZipEntry("n.zip", archive)]) }
        #expect(try PackedFiles.archive(archive, revision: "0").count == archive.count)
    }
}
