import Basics
import Config
import Testing

/// Damaged project files: whatever they hold, the answer is a project or diagnostics that can be rendered and that name
/// a place in the text, in order.
@Suite struct FuzzTests {
    /// xorshift64: the same texts on every machine and in every run.
    private struct Random {
        var state: UInt64

        mutating func below(_ limit: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(max(limit, 1)))
        }
    }

    private static let fragments: [[UInt8]] = [
        "{", "}", "[", "]", ":", ": ", "- ", "&a ", "*a", "<<: *a\n", "!!int ", "!x ", "|\n", "\t", "\n", "'", "\"",
        "#", "%", "---\n", "? ",
        "fixed<", ">", "99999999999999999999", "-9223372036854775808", "1e18", "\u{FEFF}", "\u{2028}", "\\x00", ",",
        "~", "null",
    ].map { Array($0.utf8) }

    private static func mutated(_ text: [UInt8], _ random: inout Random) -> [UInt8] {
        var bytes = text
        for _ in 0...random.below(2) {
            let at = random.below(bytes.count + 1)
            switch random.below(5) {
            case 0 where at < bytes.count: bytes[at] ^= 1 << UInt8(random.below(8))
            case 1: bytes.removeSubrange(at..<min(bytes.count, at + 1 + random.below(12)))
            case 2: bytes.insert(contentsOf: fragments[random.below(fragments.count)], at: at)
            case 3:
                let from = random.below(bytes.count)
                bytes.insert(contentsOf: Array(bytes[from..<min(bytes.count, from + random.below(40))]), at: at)
            default: bytes.insert(UInt8(random.below(256)), at: at)
            }
        }
        return bytes
    }

    @Test(arguments: [(goodProject, UInt64(1)), (HLS4MLTests.generated, UInt64(2))])
    func damagedFilesAreUnderstoodOrRefused(text: String, seed: UInt64) {
        var random = Random(state: 0x9E37_79B9_7F4A_7C15 &* seed)
        var understood = 0
        var refused = 0
        for round in 0..<1000 {
            let bytes = Self.mutated(Array(text.utf8), &random)
            do throws(DiagnosticError) {
                let project = try ProjectFile.parse(
                    bytes, file: "p.yml", overrides: round % 7 == 0 ? ["layers.a.reuse=2"] : [])
                understood += 1
                #expect(!project.name.isEmpty && project.clock.period > .zero)
            } catch {
                refused += 1
                let errors = error.diagnostics
                #expect(errors.contains { $0.severity == .error }, "round \(round)")
                #expect(errors.allSatisfy { $0.help != nil && $0.location != nil }, "round \(round): \(error)")
                let places = errors.compactMap(\.location).filter { $0.file == "p.yml" }.map { ($0.line, $0.column) }
                #expect(zip(places, places.dropFirst()).allSatisfy { $0 <= $1 }, "round \(round): \(error)")
            }
        }
        // Both must happen, or the mutations test nothing.
        #expect(understood > 20, "\(understood) understood")
        #expect(refused > 300, "\(refused) refused")
    }

    @Test func damagedSettings() {
        var random = Random(state: 77)
        for _ in 0..<500 {
            let bytes = Self.mutated(Array("layers.fc1.precision.weight=fixed<8,2>".utf8), &random)
            _ = said(about: goodProject, set: [String(decoding: bytes, as: UTF8.self)])
        }
    }
}
