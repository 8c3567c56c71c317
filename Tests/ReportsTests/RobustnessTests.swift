import Basics
import Glibc
import Testing
import TestSupport

@testable import Reports

/// No input may end the program, and half a report is never taken for a whole one.
@Suite struct RobustnessTests {
    static func survives(_ bytes: [UInt8]) {
        guard let report = try? ReportReader.read(bytes) else { return }
        #expect(!report.json.text.isEmpty)
    }

    static func small(_ paths: [String], _ limit: Int) throws -> [(path: String, bytes: [UInt8])] {
        try paths.map { ($0, try ReportBytes.unpacked(Fixtures.bytes($0))) }.filter { $0.1.count <= limit }
    }

    @Test func truncatedAnywhere() throws {
        var dice = Dice(state: 1)
        for (_, bytes) in try Self.small(Fixtures.paths(), 16_000) {
            for _ in 0..<6 { Self.survives(Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &dice)))) }
        }
    }

    @Test func damagedAnywhere() throws {
        var dice = Dice(state: 2)
        for (_, bytes) in try Self.small(Fixtures.paths(), 16_000) where !bytes.isEmpty {
            var damaged = bytes
            for _ in 0..<3 {
                for _ in 0..<8 {
                    let start = Int.random(in: 0..<damaged.count, using: &dice)
                    switch Int.random(in: 0..<4, using: &dice) {
                    case 0: damaged[start] = UInt8.random(in: 0...255, using: &dice)
                    case 1: damaged[start] = "|+-:[]()<>/0 \n\r".utf8.randomElement(using: &dice) ?? 0
                    case 2: damaged.removeSubrange(start..<min(damaged.count, start + 40))
                    default: damaged.insert(contentsOf: damaged[start..<min(damaged.count, start + 60)], at: start)
                    }
                    if damaged.isEmpty { damaged = [0x20] }
                }
                Self.survives(damaged)
            }
        }
    }

    @Test func anXMLReportThatIsCutOffIsRefused() throws {
        let paths = (Fixtures.paths("csynth/") + Fixtures.paths("export/")).filter { $0.hasSuffix(".xml.gz") }
        #expect(!paths.isEmpty)
        for (path, bytes) in try Self.small(paths, 40_000) {
            let end = bytes.lastIndex(of: UInt8(ascii: ">")) ?? 0
            for length in stride(from: 0, to: end, by: max(1, end / 12)) {
                #expect(throws: ReportRefusal.self, "\(path) cut at \(length)") {
                    try ReportReader.read(Array(bytes[..<length]))
                }
            }
        }
    }

    @Test func lineEndsAndEncodingsDoNotMatter() throws {
        for path in Fixtures.paths("timing/") + Fixtures.paths("cosim/") + Fixtures.paths("utilization/") {
            let bytes = try ReportBytes.unpacked(Fixtures.bytes(path))
            let report = try ReportReader.read(bytes)
            let bare = bytes.filter { $0 != UInt8(ascii: "\r") }
            let windows = bare.flatMap { $0 == UInt8(ascii: "\n") ? [UInt8(ascii: "\r"), $0] : [$0] }
            #expect(try ReportReader.read(windows) == report, "\(path)")
            #expect(try ReportReader.read([0xEF, 0xBB, 0xBF] + bare) == report, "\(path)")
            let wide = String(decoding: bare, as: UTF8.self).utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
            #expect(try ReportReader.read([0xFF, 0xFE] + wide) == report, "\(path)")
        }
    }

    @Test func whatIsNoReportIsRefused() {
        let zip: [UInt8] = [0x50, 0x4B, 3, 4] + (0..<400).map { UInt8($0 & 0x0F) }
        #expect(throws: ReportRefusal.empty) { try ReportReader.read([]) }
        #expect(throws: ReportRefusal.empty) { try ReportReader.read(Array(" \n\r\n\t".utf8)) }
        #expect(throws: ReportRefusal.binary) { try ReportReader.read(zip) }
        #expect(throws: ReportRefusal.damaged("gzip")) { try ReportReader.read([0x1F, 0x8B, 8, 0, 1, 2, 3]) }
        for text in ["hello", "<html><body/></html>", "{\"a\": 1}", "a,b\n1,2\n", "int main() { return 0; }"] {
            #expect(throws: ReportRefusal.self, "\(text)") { try ReportReader.read(Array(text.utf8)) }
        }
    }

    @Test func entitiesDoNotExpand() {
        var text = "<!DOCTYPE profile [<!ENTITY a \"aaaaaaaaaa\">"
        for (outer, inner) in zip("bcdefgh", "abcdefg") {
            text += "<!ENTITY \(outer) \"" + String(repeating: "&\(inner);", count: 10) + "\">"
        }
        text += "]><profile>&h;</profile>"
        #expect(throws: ReportRefusal.self) { try ReportReader.read(Array(text.utf8)) }
    }

    /// Texts that would take a reader that looks back hours.
    @Test(arguments: [
        "+-", "|", "+-+\n", "+-+\n|a|\n", "2.", "* a\n", "ERROR: [HLS 200-70] x\n", "ERROR: [A 1-1] x(a.c:1)\n",
        "<a>", "<!-- ", "transaction 0: 1 1\n", "Slack : 1\n", "synth_design completed successfully\nCommand: x\n",
        "INFO: [HLS 200-1510] Running: csim_design\nsynth_design completed successfully\nERROR: [A 1-1] x\n",
    ])
    func repetitionEnds(piece: String) {
        let heads = [
            "", "INFO: [a 1-1] b\n", "== Vitis HLS Report for 'a'\n", "<profile>", "| Tool Version : Vivado v.2024.1\n",
        ]
        for head in heads {
            Self.survives(Array((head + String(repeating: piece, count: 60_000 / piece.utf8.count)).utf8))
        }
    }

    @Test func deepNestingEnds() {
        let deep = "<profile>" + String(repeating: "<a>", count: 50_000)
        #expect(throws: ReportRefusal.self) { try ReportReader.read(Array(deep.utf8)) }
    }

    /// Longer, over a collection: `HLSBUILD_SAMPLES` names its folder.
    @Test(.enabled(if: getenv("HLSBUILD_SAMPLES") != nil))
    func aWholeCollectionCutAndDamaged() throws {
        let folder = try #require(getenv("HLSBUILD_SAMPLES").map { String(cString: $0) })
        var dice = Dice(state: 3)
        for path in ReportCensus.files(below: folder) {
            guard let packed = ReportCensus.bytes(of: folder + "/" + path) else { continue }
            guard let bytes = try? ReportBytes.unpacked(packed), bytes.count < 60_000, !bytes.isEmpty else { continue }
            for _ in 0..<3 { Self.survives(Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &dice)))) }
            var damaged = bytes
            for _ in 0..<20 {
                damaged[Int.random(in: 0..<damaged.count, using: &dice)] = UInt8.random(
                    in: 0...255, using: &dice)
            }
            Self.survives(damaged)
        }
    }
}
