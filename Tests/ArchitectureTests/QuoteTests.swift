import Basics
import Testing
import TestSupport

/// What a message quotes stands in '...', whoever writes the message and whatever is quoted.
@Suite struct QuoteTests {
    /// The files whose strings are no messages, and why they have backticks.
    private static let exempt: Set<String> = [
        // The README.md of a release: Markdown.
        "Releasing/ReleaseReadme.swift",
        // Knows Markdown that quotes a log from a log, by its fences.
        "Reports/Log/LogShape.swift",
        // The comments of a project file that `init` writes.
        "Setup/Init/ModelProjectText.swift",
    ]

    @Test func noMessageQuotesWithBackticks() throws {
        let folder = Repository.root + "/Sources"
        let paths = try FileTree.paths(below: folder).filter { $0.hasSuffix(".swift") }
        var count = 0, found: Set<String> = []
        for path in paths {
            let texts = StringLiterals(in: try Files.text(folder + "/" + path)).texts
            count += texts.count
            let quoting = texts.filter { $0.text.contains("`") }
            if !quoting.isEmpty { found.insert(path) }
            guard !Self.exempt.contains(path) else { continue }
            for text in quoting { Issue.record("\(path):\(text.line) quotes with backticks: \(text.text)") }
        }
        #expect(count > 3000, "the sources are not where this test looks: \(folder)")
        #expect(Self.exempt.isSubset(of: found), "an exemption that nothing needs")
    }

    @Test func literalsAreFoundWhereverTheyStand() {
        let source = #####"""
            let `default` = "a \(b ? "c" : f("d)", (e))) f" // "no"
            /* "no" /* "no" */ "no" */ let g = "\"h\\"
            #if i
            let j = #"k "\l" \#(m("n"))"#
            #endif
            let o = """
                p "q"
                \(r)s
                """ + "" + "t"
            """#####
        let expected = [
            (1, "a "), (1, "c"), (1, "d)"), (1, " f"), (2, #"\"h\\"#), (4, #"k "\l" "#), (4, "n"),
            (6, "\n    p \"q\"\n    "),
            (8, "s\n    "), (9, "t"),
        ]
        // A literal is kept when its text ends, behind those of its interpolations' code.
        #expect(StringLiterals(in: source).texts == expected.map { StringLiterals.Text(line: $0.0, text: $0.1) })
    }
}
