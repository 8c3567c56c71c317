import Basics
import Config
import TestSupport
import Testing

/// hls4ml's YAML in the shapes that public repositories have it.
@Suite struct HLS4MLVariantTests {
    struct Variant: Sendable, CustomTestStringConvertible {
        var name: String
        var text: String
        /// Each warning or error up to what explains it.
        var said: [String]

        var testDescription: String { name }
    }

    static let all: [Variant] = {
        let file = (try? Files.text(Repository.fixtures + "/hls4ml-configs.txt")) ?? ""
        return file.components(between: "\n===== ").dropFirst().map { piece in
            let (name, rest) = piece.halves(at: "\n")
            let (text, said) = rest.halves(at: "\n-----")
            return Variant(name: name, text: text + "\n", said: said.split(separator: "\n").map(String.init))
        }
    }()

    @Test func thereAreAll() { #expect(Self.all.count == 37) }

    @Test(arguments: all) func isReadAsItIs(_ variant: Variant) {
        let told = said(about: variant.text).split(separator: "\n").filter { $0.hasPrefix("p.yml:") }.map { line in
            let words = line.split(separator: " ", maxSplits: 1)[1]
            let parts = words.components(between: ": ")
            return parts.prefix(2).joined(separator: ": ")
        }
        #expect(told.sorted() == variant.said.sorted())
    }

    /// What a key that is not read does not change.
    @Test func whatHasNoEffectHasNone() throws {
        let plain = "KerasH5: a.h5\nBackend: Vitis\nHLSConfig: {Model: {ReuseFactor: 2}}\n"
        let full = """
            KerasH5: a.h5
            Backend: Vitis
            StreamDepth: 3
            HLSConfig: {Model: {ReuseFactor: 2, IOType: io_stream, Reuse: 9}, SkipOptimizers: [x], Optimisers: [y]}
            """
        let (one, other) = (try project(plain), try project(full))
        #expect(one.options == other.options && one.io == other.io)
        #expect(one.warnings.isEmpty && other.warnings.count == 5)
    }

    /// A program that writes every key for every layer is told once.
    @Test func whatIsRepeatedIsSaidOnce() throws {
        let layers = (0..<300).map { "    layer_\($0): {StreamDepth: \($0), ReuseFactor: 1}\n" }.joined()
        let told = try project("KerasH5: a.h5\nBackend: Vitis\nHLSConfig:\n  LayerName:\n" + layers).warnings
        #expect(told.map(\.message) == ["'StreamDepth' has no effect: a layer has no such key"])
        let keys = (0..<300).map { "Key\($0): 1\n" }.joined()
        let many = try project("KerasH5: a.h5\nBackend: Vitis\nHLSConfig: {}\nPart: xcu250-figd2104-2L-e\n" + keys)
        #expect(many.warnings.count == 101)
        #expect(many.warnings.last?.message == "more keys like these have no effect")
    }

    /// A setting of the command line is meant.
    @Test func settingsOfTheCommandLineAreErrors() {
        let text = "KerasH5: a.h5\nBackend: Vitis\nHLSConfig: {Model: {ReuseFactor: 2}}\n"
        #expect(said(about: text, set: ["rouse=3"]).contains("error: an hls4ml file has no key 'rouse'"))
    }
}

extension StringProtocol {
    fileprivate func components(between mark: String) -> [String] {
        split(separator: mark, omittingEmptySubsequences: false).map { String($0) }
    }

    fileprivate func halves(at mark: String) -> (String, String) {
        let parts = split(separator: mark, maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
    }
}
