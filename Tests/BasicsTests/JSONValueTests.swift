import Basics
import Testing

struct JSONValueTests {
    private func parse(_ text: String) throws -> JSONValue { try JSONValue(parsing: Array(text.utf8), name: "m.json") }

    @Test func everyKindOfValueIsRead() throws {
        #expect(
            try parse(#"{"a": [1, 2.5, true, null, "x\u00e9\"["], "b": {}}"#)
                == .object([
                    "a": .array([.int(1), .double(2.5), .bool(true), .null, .string("xé\"[")]), "b": .object([:]),
                ]))
        #expect(try parse("[0, 1, false, -1e-3]") == .array([.int(0), .int(1), .bool(false), .double(-0.001)]))
    }

    @Test func pythonsLiteralsAreNumbers() throws {
        #expect(try parse("[Infinity, -Infinity]") == .array([.double(.infinity), .double(-.infinity)]))
        let items = try #require(try parse("[NaN, 1]").arrayValue)
        #expect(items[0].numberValue?.isNaN == true)
        #expect(items[0].integerValue == nil)
    }

    @Test func wholeNumbersAreExact() throws {
        #expect(
            try parse("[9223372036854775807, -9223372036854775808, 9007199254740993]")
                == .array([.int(.max), .int(.min), .int(9_007_199_254_740_993)]))
        #expect(try parse("9223372036854775808") == .double(0x1p63))
        #expect(try parse("[3.0, 3.5, 1e300]").arrayValue?.map(\.integerValue) == [3, nil, nil])
        #expect(try parse("[3, 3.5, true]").arrayValue?.map(\.numberValue) == [3, 3.5, nil])
    }

    @Test func membersAreFoundByName() throws {
        let value = try parse(#"{"b": {"c": "x"}, "a": [1]}"#)
        #expect(value["b"]?["c"]?.stringValue == "x")
        #expect(value["a"]?["c"] == nil)
        #expect(value.members?.map(\.name) == ["b", "a"])
        #expect(value.fields?["a"] == .array([.int(1)]))
    }

    @Test func summariesSayWhatAValueIs() throws {
        let values = try #require(
            try parse(#"[null, true, 3, 3.0, 2.5, "x", [1, "y"], [1,2,3,4,5,6,7,8,9], {"class_name": "P"}, {"a": 1}]"#)
                .arrayValue)
        #expect(
            values.map(\.summary) == [
                "null", "true", "3", "3", "2.5", "'x'", "[1, 'y']", "a list of 9 values", "an object 'P'", "an object",
            ])
    }

    @Test func prettyTextIsReadAgain() throws {
        let value = JSONValue.object([
            "a": .array([.int(1), .double(2.5)]), "b": .object([:]), "c": .array([.object(["d\n": .string("\u{1}")])]),
        ])
        let text = """
            {
              "a": [1, 2.5],
              "b": {},
              "c": [
                {
                  "d\\n": "\\u0001"
                }
              ]
            }
            """
        #expect(value.pretty == text)
        #expect(try parse(value.pretty) == value)
        #expect(try parse(value.text) == value)
    }

    @Test func escapesAreCharacters() throws {
        #expect(
            try parse(#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00\ud83dx""#) == .string("\"\\/\u{8}\u{C}\n\r\té😀\u{FFFD}x"))
    }

    @Test func ofTwoEqualKeysTheLastCounts() throws {
        #expect(try parse(#"{"a": 1, "a": 2}"#) == .object(["a": .int(2)]))
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
            try JSONValue(parsing: [0x22, 0xC3, 0x28, 0x22], name: "m.json")
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
