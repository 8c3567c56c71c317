import Basics
import Config
import Testing

/// Texts that are not YAML, or more than a project file may be: what is said, word for word.
@Suite struct YAMLTests {
    @Test(arguments: [
        ("a: 1\n\tb: 2\n", "p.yml:2:1: error: a tab cannot indent\nhelp: use spaces\n"),
        ("a:\n  \t- b\n", "p.yml:2:3: error: a tab cannot indent\nhelp: use spaces\n"),
        (
            "a: b: c\n",
            "p.yml:1:5: error: a ':' that makes no sense here\n"
                + "help: indent the keys of one mapping alike, and quote a text that holds ': '\n"
        ),
        (
            "a: 'x\n",
            "p.yml:2:1: error: the text ends within quotes\nhelp: close the quotes\n"
                + "p.yml:1:4: note: what is not finished begins here\n"
        ),
        (
            "a: [1, 2\nb: 3\n",
            "p.yml:2:2: error: expected ',' or the closing bracket\n"
                + "help: close the bracket, and quote texts that hold any of ',', '[', ']', '{' or '}'\n"
                + "p.yml:1:4: note: what is not finished begins here\n"
        ),
        (
            "project: &a [*a]\n",
            "p.yml:1:14: error: '*a' refers to the very value it stands in\nhelp: refer to a finished value\n"
                + "p.yml:1:10: note: '&a' is here\n"
        ),
        ("a: *b\n", "p.yml:1:4: error: nothing above is marked '&b'\nhelp: quote a text that begins with '*'\n"),
        (
            "base: &base {}\na: *bse\n",
            "p.yml:2:4: error: nothing above is marked '&bse'\nhelp: did you mean '*base'?\n"
        ),
        (
            "? [1]\n: 2\nproject: p\nmodel: m\npart: xc7z020clg400-1\n",
            "p.yml:1:3: error: a list cannot be a key\nhelp: a key is one word or a quoted text\n"
        ),
        (
            "",
            "p.yml:1:1: error: the file is empty\n"
                + "help: a project file has at least 'project:', 'model:' and 'part:'; 'hlsbuild init' writes one\n"
        ),
        (
            "# nothing\n\n",
            "p.yml:1:1: error: the file is empty\n"
                + "help: a project file has at least 'project:', 'model:' and 'part:'; 'hlsbuild init' writes one\n"
        ),
        (
            "- a\n",
            "p.yml:1:1: error: expected keys and values, found a list\n"
                + "help: a project file has at least 'project:', 'model:' and 'part:'; 'hlsbuild init' writes one\n"
        ),
    ])
    func broken(text: String, expected: String) {
        #expect(said(about: text) == expected)
    }

    @Test(arguments: [
        (
            "reuse: 1\nreuse: 2",
            "p.yml:5:1: error: the key 'reuse' is written twice\nhelp: keep one of the two\np.yml:4:1: note: the first is here\n"
        ),
        (
            "---\nproject: q",
            "p.yml:4:1: error: a second document begins here\n"
                + "help: a project file holds one document: remove the '---', or keep the other one in its own file\n"
        ),
        (
            "layers:\n  a: {<<: 3, reuse: 1}",
            "p.yml:5:11: error: '<<' takes in the keys of another mapping, found the number 3\n"
                + "help: write '<<: *name' where '&name' marks a mapping above\n"
        ),
    ])
    func wellFormedButWrong(lines: String, expected: String) {
        #expect(said(about: minimal(lines)) == expected)
    }

    @Test(
        arguments: [
            ([0x61, 0xFF], "p.yml:1:2: error: the byte 0xFF is not UTF-8 text"),
            ([0x61, 0x0A, 0xC3, 0xA4, 0xC3], "p.yml:2:2: error: the byte 0xC3 is not UTF-8 text"),
            ([0xED, 0xA0, 0x80], "p.yml:1:1: error: the byte 0xED is not UTF-8 text"),
            ([0xFF, 0xFE, 0x61, 0x00], "p.yml:1:1: error: the file is UTF-16 text"),
            ([0x61, 0x0A, 0x20, 0x00], "p.yml:2:2: error: the file has a NUL byte here: it is no text"),
            ([0x61, 0x07], "p.yml:1:2: error: the control character 0x07 is not allowed"),
        ] as [([UInt8], String)])
    func noText(bytes: [UInt8], expected: String) {
        #expect(said(about: bytes).split(separator: "\n").first.map(String.init) == expected)
    }

    @Test func aByteOrderMarkIsNoText() throws {
        let project = try ProjectFile.parse([0xEF, 0xBB, 0xBF] + Array(minimal("reuse: 2").utf8), file: "p.yml")
        #expect(project.locate(["project"]).description == "p.yml:1:10")
    }

    @Test func columnsCountCodePoints() throws {
        let node = try YAML.parse(Array("日本: ü  # ö\n\"k\\n\": [é, x]\n".utf8), file: "f")
        #expect(node["日本"]?.location.description == "f:1:5")
        #expect(node["k\n"]?.items?.last?.location.description == "f:2:12")
    }

    @Test func scalarsKeepTheirStyle() throws {
        let node = try YAML.parse(Array("a: 1\nb: '1'\nc: \"1\"\nd: |\n  1\ne: >\n  1\nf: !!str 1\n".utf8), file: "f")
        func style(_ key: String) -> Node.Style? {
            guard case .scalar(let scalar)? = node[key]?.content else { return nil }
            return scalar.style
        }
        #expect(["a", "b", "c", "d", "e"].map(style) == [.plain, .singleQuoted, .doubleQuoted, .literal, .folded])
        #expect(node["a"]?.plainText == "1")
        #expect(node["b"]?.plainText == nil)
        #expect(node["f"]?.plainText == nil)
    }

    @Test func deepNesting() {
        let text = String(repeating: "[", count: 5000)
        #expect(
            said(about: text)
                == "p.yml:1:65: error: nested more than 64 levels deep\nhelp: no key of a project file needs that\n")
        #expect(said(about: String(repeating: "a: {", count: 100_000)).contains("nested more than 64 levels deep"))
    }

    /// Each value is flat enough; only one within the other are they too deep.
    @Test func aliasesThatNest() {
        var text = "a0: &a0 [1]\n"
        for level in 1...80 { text += "a\(level): &a\(level) [[*a\(level - 1)]]\n" }
        #expect(
            said(about: text)
                == "p.yml:32:13: error: nested more than 64 levels deep\nhelp: no key of a project file needs that\n")
    }

    @Test func aliasesThatExplode() {
        var text = "a0: &a0 [1,1,1,1,1,1,1,1,1]\n"
        for level in 1...10 {
            let items = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ",")
            text += "a\(level): &a\(level) [\(items)]\n"
        }
        #expect(
            said(about: text) == """
                p.yml:6:14: error: more than 200000 values, aliases expanded
                help: no project file needs that many
                p.yml:5:5: note: the alias stands for what begins here

                """)
        let list = "[" + Array(repeating: "1", count: 200_000).joined(separator: ",") + "]"
        #expect(said(about: list).hasPrefix("p.yml:1:400000: error: more than 200000 values\n"))
    }

    @Test func tooLarge() {
        let bytes = [UInt8](repeating: 0x20, count: (8 << 20) + 1)
        #expect(
            said(about: bytes) == """
                p.yml:1:1: error: the file has 8388609 bytes, more than a project file can have
                help: a project file is a text of at most 8 MiB; models and data are named in it by path

                """)
    }
}
