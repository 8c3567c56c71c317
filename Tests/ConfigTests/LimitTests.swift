import Basics
import Config
import Testing

/// Files and settings beyond what anybody writes: a short message, whatever they hold.
@Suite struct LimitTests {
    private let long = String(repeating: "strategy", count: 100_000)

    @Test func aTypeOfTheSmallestNumberIsAnError() {
        #expect(
            said(about: minimal("precision: \"fixed<16,-9223372036854775808>\""))
                == """
                p.yml:4:12: error: 'fixed<16,-9223372036854775808>': an integer part of -9223372036854775808 bits is not possible
                help: write fixed<W,I>, ufixed<W,I>, fixed<W,I,Q,O> or int<W>; the ap_ in front is optional

                """)
    }

    @Test(arguments: ["9223372036854775807", "-9223372036854775808", "1e18", "99999999999999999999", "1073741825"])
    func wholeNumbersHaveAnEnd(_ number: String) {
        for key in ["reuse", "parallelization", "fifo_depth", "table_size"] {
            let text = said(about: minimal("\(key): \(number)"))
            #expect(text.hasPrefix("p.yml:4:"), "\(key): \(text)")
            #expect(text.contains(": error: "), "\(key): \(text)")
        }
    }

    @Test func aSettingHasAsManyKeysAsAFileHasLevels() {
        let keys = Array(repeating: "a", count: 20_000).joined(separator: ".")
        let text = said(about: minimal(""), set: [keys + "=1"])
        #expect(
            text.contains("20000 keys, one within the other, are more than the 16 that a project file has"), "\(text)")
        #expect(text.utf8.count < 1000)
        let sixteen = Array(repeating: "a", count: 16).joined(separator: ".")
        #expect(said(about: minimal(""), set: [sixteen + "=1"]).contains("the project file has no key 'a'"))
    }

    @Test func settingsAreCountedAndMeasured() {
        let text = said(about: minimal(""), set: Array(repeating: "reuse=1", count: 1001))
        #expect(text.hasPrefix("error: 1001 settings (--set) of 7007 bytes are more than are taken: 1000 of 1 MiB"))
        #expect(said(about: minimal(""), set: ["part=\(long)"]).contains("64 KiB"))
    }

    /// A key, a word of a choice, a type, a number, a path, a unit.
    @Test func longWordsAreNotRepeated() {
        for lines in [
            "\(long): 1", "strategy: \(long)", "precision: fixed<\(long)>", "reuse: \(long)", "reuse: 1\(long)",
            "expect: {lut: 1\(long)}", "layers: {a: {\(long): 1}}", "clock: 5 \(long)", "compat: [\(long)]",
            "precision: fixed<16,6,\(long)>", "project: \(long)", "part: \(long)",
        ] {
            let text = said(about: minimal(lines))
            #expect(text.contains("error: "), "\(lines.prefix(40))")
            #expect(text.utf8.count < 4000, "\(lines.prefix(40)): \(text.utf8.count) bytes")
        }
    }

    @Test func ofManyErrorsTheFirstAreHelpedWith() {
        let lines = (0..<5000).map { "strateg\($0): 1" }.joined(separator: "\n")
        let text = said(about: minimal(lines))
        #expect(text.contains("4900 more like these"))
        #expect(text.utf8.count < 40_000)
    }

    /// Braces split types at their commas; what is no type is not put together.
    @Test func aListBehindABracketIsNoType() {
        let pieces = (0..<50_000).map { "k\($0)" }.joined(separator: ", ")
        let text = said(about: minimal("precision: {weight: fixed<1, \(pieces)}"))
        #expect(text.contains("error: "))
        #expect(text.utf8.count < 100_000)
    }
}
