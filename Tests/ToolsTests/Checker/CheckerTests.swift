import HLSWriter
import Options
import Testing

@testable import HLSChecker

/// Written projects keep the rules, and the rules find what breaks them.
@Suite struct CheckerTests {
    @Test(arguments: PragmaTable.Target.allCases) func everyWrittenProjectKeepsTheRules(_ target: PragmaTable.Target)
        async throws
    {
        var memory = Checker.Memory()
        // The same fault in the same file of many projects is one.
        var found: [Checker.Finding: String] = [:]
        for (name, design) in try Corpus.all.get() {
            let files = try Corpus.written(design, target)
            for finding in Checker(files, target).findings(&memory) { found[finding] = name }
        }
        #expect(found.map { "\($0): \($1)" }.sorted() == [])
    }

    /// The checker reads what it is said to read: pragmas, functions and loops of a project are all there.
    @Test func nothingIsOverlooked() throws {
        let files = try Corpus.written(try Corpus.tagger(.stream, .resource, reuse: 16), .vitis)
        var pragmas = 0
        for (path, text) in files
        where path.hasPrefix("firmware/") && !path.contains("ap_types") && !path.contains("weights") {
            let source = CheckedSource(path, text, .vitis)
            let kept = source.lines.count { $0.contains("#pragma HLS") }
            #expect(source.root.all.reduce(0) { $0 + $1.pragmas.count } == kept, "\(path)")
            let loops = source.lines.count { $0.contains("for (unsigned") && $0.contains("{") }
            #expect(source.root.all.count { $0.kind == .loop } >= loops, "\(path)")
            pragmas += kept
        }
        #expect(pragmas > 100)
        let sources = files.filter { $0.key.hasPrefix("firmware/") && !$0.key.contains("weights") }
            .map { CheckedSource($0.key, $0.value, .vitis) }
        let project = CheckedProject(files, .vitis, sources)
        #expect(project.topFunction?.pragma("dataflow") != nil)
        #expect(project.calls.count == 8)
        #expect(project.calls.allSatisfy { project.config(of: $0)?.numbers["n_in"] != nil })
        #expect(project.types["net_fc1_t"]?.bits == 1024)
        #expect(project.types.count == 9)
    }

    @Test(arguments: Mistake.all) func mistakesAreFound(_ mistake: Mistake) throws {
        var files = try #require(Mistake.bases[mistake.base]?[mistake.target])
        let file = try #require(files[mistake.file])
        let changed = file.replacing(mistake.right, with: mistake.wrong)
        try #require(changed != file)
        files[mistake.file] = changed
        var memory = Mistake.memory
        let findings = Checker(files, mistake.target).findings(&memory)
        #expect(findings.contains { $0.rule == mistake.rule }, "\(findings.prefix(5).map(\.description))")
    }

    @Test(arguments: Rule.allCases) func everyRuleFindsAMistake(_ rule: Rule) {
        #expect(Mistake.all.contains { $0.rule == rule })
    }

    /// 1 to 44, but for the one that is not about the C++, and those about what surrounds it.
    @Test func rulesAreComplete() {
        #expect(Rule.allCases.map(\.rawValue).sorted() == Array(1...28) + Array(30...44))
    }

    /// What is allowed is not reported: the other side of a mistake.
    @Test(arguments: Mistake.allowed) func whatIsAllowedIsNotFound(_ change: Mistake) throws {
        var files = try #require(Mistake.bases[change.base]?[change.target])
        let file = try #require(files[change.file])
        let changed = file.replacing(change.right, with: change.wrong)
        try #require(changed != file)
        files[change.file] = changed
        var memory = Mistake.memory
        #expect(Checker(files, change.target).findings(&memory).map(\.description) == [])
    }

    /// A network of layers with these names gives each a name of its own that is no word of a hardware language.
    private func expectRenamed(_ words: [String], _ io: IOType) throws {
        let design = Corpus.chain(io, 2, words.map { ($0, 2, Corpus.relu()) })
        let files = try Corpus.written(design, .vitis)
        let top = CheckedSource(Mistake.top, try #require(files[Mistake.top]), .vitis)
        // Variables and files are called so, too, without the project's name.
        let names = Set(top.functions.map { String($0.name.lowercased().trimmingPrefix("net_")) })
        #expect(names.count == words.count + 1)
        #expect(names.intersection(Keywords.hardware).sorted() == [])
    }

    /// Layers may be called as they like: what is written is no word of Verilog or VHDL.
    @Test func everyKeywordIsRenamed() throws {
        let words = Keywords.hardware.sorted()
        try expectRenamed(words, .parallel)
        // The depths of the streams of one long chain take long to find.
        for start in stride(from: 0, to: words.count, by: 25) {
            try expectRenamed(Array(words[start...].prefix(25)), .stream)
        }
    }
}
