import Testing
import TestSupport

@testable import Basics

/// Text as bytes: what a combining mark hides from Swift's Characters it does not hide here.
@Suite struct ByteTextTests {
    private let composed = "caf\u{E9}", decomposed = "cafe\u{301}"

    @Test func spellingsAreNotEqual() {
        #expect(composed == decomposed, "to Swift they are")
        #expect(!composed.isExactly(decomposed) && composed.isExactly("caf\u{E9}"))
        #expect(ExactText(composed) != ExactText(decomposed))
        #expect(Set([ExactText(composed), ExactText(decomposed), ExactText(composed)]).count == 2)
        #expect(ExactText(decomposed) < ExactText(composed), "by bytes")
        // The kelvin sign is a K to Unicode.
        #expect("\u{212A}" == "K" && !"\u{212A}".isExactly("K"))
    }

    @Test func marksAreFoundBeforeACombiningMark() {
        #expect("/\u{301}x".begins(with: "/") && !"x/".begins(with: "/"))
        #expect("a/\u{301}".has("/") && "a'\u{301}".has("'"))
        #expect("\u{301}.npy".ends(with: ".npy") && !"e\u{301}".ends(with: "e"))
        #expect("a/\u{301}b/c".parts(at: "/") == ["a", "\u{301}b", "c"])
        #expect("a//b".parts(at: "/") == ["a", "", "b"] && "".parts(at: "/") == [""])
        #expect("--set=\u{301}x".rest(behind: "--set=")?.isExactly("\u{301}x") == true)
        #expect("a/\u{301}".rest(before: "\u{301}")?.isExactly("a/") == true && "a".rest(before: "b") == nil)
        #expect("a/\u{301}b".substituting("/", with: "_").isExactly("a_\u{301}b"))
    }

    @Test(arguments: [
        ("plain", "'plain'"), ("it's", #"'it'\''s'"#),
        ("'\u{301};touch x;'\u{301}", "''\\''\u{301};touch x;'\\''\u{301}'"),
        ("$(x) `y` \\ \"z\"\n", "'$(x) `y` \\ \"z\"\n'"), ("", "''"), ("-rf", "'-rf'"),
    ])
    func wordsOfAShell(_ text: String, _ word: String) {
        #expect(text.shellWord.isExactly(word))
    }
}

@Suite struct PathNameTests {
    private func fault(_ text: String) -> PathName.Fault? {
        do throws(PathName.Fault) {
            _ = try PathName(text)
            return nil
        } catch { return error }
    }

    @Test func plainNames() throws {
        for text in ["a", "a/b", "..a/b..", "a b", "\u{301}", "...", "a/\u{301}b", "-rf", "$x[{%", "日本", "\u{202E}x"] {
            #expect(fault(text) == nil)
            #expect(try PathName(text).text.isExactly(text))
        }
        #expect(try PathName("caf\u{E9}") != PathName("cafe\u{301}"))
    }

    @Test(arguments: [
        ("", PathName.Fault.isEmpty), ("/a", .isAbsolute), ("/\u{301}a", .isAbsolute), ("a/", .isNotPlain),
        ("a//b", .isNotPlain), (".", .isNotPlain), ("../\u{301}x", .isNotPlain), ("a/\u{301}b/..", .isNotPlain),
        ("../../\u{301}x", .isNotPlain), ("./\u{301}", .isNotPlain), ("a\0b", .hasNUL), ("a\nb", .isOdd),
        ("a\\b", .isOdd), ("a\\\u{301}b", .isOdd), ("a\u{7F}", .isOdd),
        (String(repeating: "n", count: 256), .isTooLong), ("a/" + String(repeating: "é", count: 128), .isTooLong),
    ])
    func faults(_ text: String, _ expected: PathName.Fault) {
        #expect(fault(text) == expected)
    }

    @Test func bytesThatAreNoText() {
        do throws(PathName.Fault) {
            _ = try PathName([0x61, 0xFF])
            Issue.record("it is a name")
        } catch {
            #expect(error == .isNotUTF8)
        }
    }

    /// Any text has a file: one that stays where it is put, and is told from every other.
    @Test func partsForTexts() throws {
        #expect(PathName.part(for: "fc1") == "fc1" && PathName.part(for: "block/fc1") == "block_fc1")
        let long = String(repeating: "long", count: 100)
        let texts = [
            "a/b", "a_b", "A_B", "..", "../\u{301}evil", ".", "", "\n", "\u{1B}[2J", "a\\b", long + "1", long + "2",
            "a\0b",
            "\u{1B}]", "e\u{301}", "fc1", "/",
        ]
        let parts = PathName.parts(for: texts, room: 4)
        #expect(Set(parts.map { $0.lowercased() }).count == texts.count)
        for part in parts {
            #expect(fault(part + ".npy") == nil, "\(part)")
            #expect(!part.has("/") && part.utf8.count <= 251)
        }
        #expect(parts[0] == "a_b" && parts[3] != ".." && parts[15] == "fc1")
        #expect(PathName.path(for: "a/b", ending: ".npy") == "a/b.npy")
        #expect(fault(PathName.path(for: "a/../../\u{301}b", ending: ".npy")) == nil)
        #expect(!PathName.path(for: "a/../../\u{301}b", ending: ".npy").has("/"))
    }
}

@Suite struct PathTextTests {
    @Test func partsOfPaths() {
        #expect(PathText.split("a") == (".", "a") && PathText.split("/a") == ("/", "a"))
        #expect(PathText.split("x/\u{301}y").folder == "x")
        #expect(PathText.split("x/\u{301}y").name.isExactly("\u{301}y"))
        #expect(PathText.parts(of: "/a//\u{301}b/.") == ["a", "\u{301}b", "."])
        #expect(PathText.plain("./a//b/.") == "a/b")
        #expect(PathText.ending(of: "a.b/\u{301}c.RPT") == "rpt" && PathText.ending(of: "log") == "log")
    }

    @Test func pathsThatLeave() {
        for path in ["/a", "/\u{301}", "..", "../\u{301}x", "a/../..", "a/\u{301}/../../../b"] {
            #expect(PathText.leaves(path), "\(path)")
        }
        for path in ["a", "a/..", "./a/\u{301}b", "..a", ""] { #expect(!PathText.leaves(path), "\(path)") }
        #expect(!PathText.leaves("../x", depth: 1) && PathText.leaves("../../x", depth: 1))
    }
}

@Suite struct VisibleTextTests {
    @Test(arguments: [
        ("plain é 日本 🙂", "plain é 日本 🙂"), ("a\nb\tc\r", #"a\nb\tc\r"#), ("\u{1B}[31m", #"\u{1B}[31m"#),
        ("\u{7F}\u{9B}", #"\u{7F}\u{9B}"#), ("a\u{202E}b", #"a\u{202E}b"#),
        ("a\u{200B}\u{FEFF}b", #"a\u{200B}\u{FEFF}b"#),
        ("\u{2028}\u{2029}", #"\u{2028}\u{2029}"#), ("e\u{301}", "e\u{301}"), ("\u{E0041}", #"\u{E0041}"#), ("", ""),
    ])
    func lines(_ text: String, _ shown: String) {
        #expect(text.visible.isExactly(shown))
    }

    @Test func blocks() {
        #expect(VisibleText.text("a\n\tb\r\nc\rd\u{1B}", .block).isExactly("a\n\tb\r\nc\\rd\\u{1B}"))
        // A tool's bytes that are no UTF-8 stay, whatever stands around them.
        let bytes: [UInt8] = [0xFF, 0x1B, 0xE2, 0x80, 0xC3]
        #expect(VisibleText.bytes(bytes, .block) == [0xFF] + Array(#"\u{1B}"#.utf8) + [0xE2, 0x80, 0xC3])
    }

    @Test func unfinishedCharacters() {
        for text in ["é", "日", "🙂"] {
            let bytes = Array("a".utf8) + Array(text.utf8)
            for count in 1...bytes.count {
                let expected = count == bytes.count ? 0 : count - 1
                #expect(VisibleText.unfinished(Array(bytes.prefix(count))) == expected)
            }
        }
    }

    /// A message is one line whatever it quotes, so that no name can put words into the program's mouth.
    @Test func diagnostics() {
        let diagnostic = Diagnostic.error(
            "no layer 'a\nerror: b\u{1B}[2J'", at: SourceLocation(file: "p\n.yml", line: 1, column: 2),
            help: "x\ny", notes: [.init("\u{202E}n")])
        #expect(
            diagnostic.rendered == #"""
                p\n.yml:1:2: error: no layer 'a\nerror: b\u{1B}[2J'
                help: x\ny
                note: \u{202E}n

                """#)
    }
}

@Suite struct NamedFileTests {
    /// A file whose name fills all the room that a file system gives is written like any other.
    @Test func longNames() throws {
        for count in [200, 240, 255] {
            let name = String(repeating: "n", count: count)
            let unfinished = Files.unfinishedName(of: name)
            #expect(unfinished.utf8.count <= 245 && unfinished.ends(with: ".part"))
        }
        #expect(Files.unfinishedName(of: "r.tar") == "r.tar.part")
    }

    /// What has a name that no text can hold is in no list, and is removed with the folder that it lies in.
    @Test func namesThatAreNoText() async throws {
        let scratch = try Scratch()
        let odd = "\"$(printf 'n\\377')\""
        let made = try await shell(
            "cd '\(scratch.path)' && mkdir -p a/\(odd)/b && touch a/x a/\(odd)/y a/\(odd)/b/\(odd)")
        #expect(made.status == 0)
        #expect(try Files.list(scratch.path + "/a") == ["x"])
        #expect(Files.removeAll(scratch.path + "/a") && !scratch.exists("a"))
        #expect(Files.removeAll(scratch.path + "/nothing"))
    }

    /// Two keys of an object that Unicode calls one are two.
    @Test func keysOfObjects() throws {
        let text = "{\"caf\u{E9}\": 1, \"cafe\u{301}\": 2, \"caf\u{E9}\": 3}"
        let value = try JSONValue(parsing: Array(text.utf8), name: "t")
        #expect(value.members?.count == 2)
        #expect(value["caf\u{E9}"]?.integerValue == 3 && value["cafe\u{301}"]?.integerValue == 2)
    }
}
