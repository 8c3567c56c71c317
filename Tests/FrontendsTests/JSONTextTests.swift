import Basics
import LayerKit
import Testing

@testable import Frontends

struct JSONTextTests {
    private func parse(_ text: String) throws -> AttributeValue { try JSONText.parse(Array(text.utf8), name: "m.json") }

    @Test func everyKindOfValueIsRead() throws {
        #expect(
            try parse(#"{"a": [1, 2.5, true, null, "x\u00e9\"["], "b": {}}"#)
                == .object([
                    "a": .list([.number(1), .number(2.5), .flag(true), .null, .text("xé\"[")]), "b": .object([:]),
                ]))
        #expect(try parse("[0, 1, false, -1e-3]") == .list([.number(0), .number(1), .flag(false), .number(-0.001)]))
    }

    @Test func pythonsLiteralsAreNumbers() throws {
        #expect(try parse("[Infinity, -Infinity]") == .list([.number(.infinity), .number(-.infinity)]))
        guard case .list(let items) = try parse("[NaN, 1]"), case .number(let value) = items[0] else {
            throw LayerError("no list")
        }
        #expect(value.isNaN)
        #expect(items[0].integer == nil)
    }

    @Test func escapesAreCharacters() throws {
        #expect(try parse(#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00\ud83dx""#) == .text("\"\\/\u{8}\u{C}\n\r\té😀\u{FFFD}x"))
    }

    @Test func ofTwoEqualKeysTheLastCounts() throws {
        #expect(try parse(#"{"a": 1, "a": 2}"#) == .object(["a": .number(2)]))
    }

    @Test(arguments: [
        ("", "m.json:1:1: error: not valid JSON: the text ends early"),
        ("[1,", "m.json:1:4: error: not valid JSON: the text ends early"),
        ("[1 2]", "m.json:1:4: error: not valid JSON: expected ',' or ']'"),
        ("{\n  1: 2}", "m.json:2:3: error: not valid JSON: expected a key in quotes"),
        (#"{"a" 2}"#, "m.json:1:6: error: not valid JSON: expected ':' behind the key"),
        (#"{"a": 2"#, "m.json:1:8: error: not valid JSON: expected ',' or '}'"),
        ("nul", "m.json:1:1: error: not valid JSON: expected a value"),
        (#""é\x""#, "m.json:1:4: error: not valid JSON: '\\' before a character that needs none"),
        (#""\u12g4""#, "m.json:1:4: error: not valid JSON: expected four hexadecimal digits"),
        (#""abc"#, "m.json:1:5: error: not valid JSON: the string does not end"),
        (#""abc\"#, "m.json:1:6: error: not valid JSON: the string does not end"),
        ("\"a\nb\"", "m.json:1:3: error: not valid JSON: a control character inside a string"),
        ("[1]]", "m.json:1:4: error: not valid JSON: something follows the value"),
        ("[1.]", "m.json:1:2: error: not valid JSON: expected a number"),
        ("-", "m.json:1:1: error: not valid JSON: expected a number"),
        ("-NaN", "m.json:1:1: error: not valid JSON: expected a number"),
    ])
    func whatIsNoJSONIsRefusedWhereItIs(text: String, message: String) throws {
        let error = try #require(throws: DiagnosticError.self) { try parse(text) }
        #expect(error.description == message + "\n")
    }

    @Test func textThatIsNotUTF8IsRefused() throws {
        let error = try #require(throws: DiagnosticError.self) {
            try JSONText.parse([0x22, 0xC3, 0x28, 0x22], name: "m.json")
        }
        #expect(error.description.contains("not UTF-8"))
    }

    @Test func nestingHasALimit() throws {
        let open = String(repeating: "[", count: 101), close = String(repeating: "]", count: 101)
        #expect(try parse(open + close) != .null)
        #expect(throws: DiagnosticError.self) { try parse("[" + open + close + "]") }
        #expect(throws: DiagnosticError.self) { try parse(String(repeating: "[", count: 1_000_000)) }
    }
}
