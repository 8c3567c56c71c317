import Basics
import Testing

@testable import BuildEngine

@Suite struct KeyTests {
    struct Inner: Encodable {
        var reuse = 4
        var label: String?
    }

    enum Choice: String, Encodable { case latency, resource }

    struct Outer: Encodable {
        var clock = 5.0
        var name = "a\"b"
        var choice = Choice.latency
        var isOn = true
        var layers = ["fc1": Inner(), "fc.2": Inner(reuse: 1, label: "x")]
        var trace = [1, 2]
        var nested = [Inner()]
        var nothing: [Int] = []
        var maybe: Int?
        var flags: Set<String> = ["b", "a", "c"]
    }

    private func lines(_ settings: some Encodable) throws -> [String] {
        ActionKey(try SettingsEncoder.components(of: settings)).components.map { "\($0.name)=\($0.value)" }
    }

    @Test func everyFieldIsAComponent() throws {
        #expect(
            try lines(Outer()) == [
                "choice=\"latency\"", "clock=5.0", "flags=[\"a\", \"b\", \"c\"]", "isOn=true",
                "layers.\"fc.2\".label=\"x\"", "layers.\"fc.2\".reuse=1", "layers.fc1.reuse=4", "name=\"a\\\"b\"",
                "nested[0].reuse=4", "nothing=[]", "trace=[1, 2]",
            ])
    }

    private func key(_ settings: some Encodable) throws -> Digest {
        ActionKey(try SettingsEncoder.components(of: settings)).digest
    }

    @Test func differentValuesHaveDifferentKeys() throws {
        let values: [any Encodable & Sendable] = [
            1, 1.5, "1", "nil", true, "true", [1], ["1"], [[1]], [[Int]](), [[Int]([])], ["a": 1], ["a": "1"],
            ["a": ["b": 1]], ["a.b": 1], ["a": [1]], ["a[0]": 1], ["a": [[1, 2], [3]]], ["a": [[1], [2, 3]]], [1, nil],
            [nil, 1], "", [""], ["", ""], ["a, b"], ["a", "b"], ["a\", \"b"], Outer(), Inner(), Inner(label: ""),
            Inner(label: "nil"), -0.0, 0.0, Double.nan, UInt64.max, Float(0.1), 0.1, String(repeating: "x", count: 200),
            String(repeating: "x", count: 201), String(repeating: "x", count: 199) + "y",
        ]
        var keys: Set<Digest> = []
        for value in values { keys.insert(try key(value)) }
        #expect(keys.count == values.count)
    }

    @Test func orderOfUnorderedCollectionsIsOfNoConsequence() throws {
        var left: Set<Int> = []
        var right: Set<Int> = []
        for number in 0..<200 {
            left.insert(number)
            right.insert(199 - number)
        }
        #expect(try key(left) == key(right))
        let pairs = (0..<200).map { (Inner(reuse: $0).reuse, $0) }
        #expect(
            try key(Dictionary(uniqueKeysWithValues: pairs)) == key(Dictionary(uniqueKeysWithValues: pairs.reversed())))
    }

    @Test func partsOfAKeyCannotFlowIntoEachOther() {
        let left = ActionKey([KeyComponent(.setting, "ab", "c"), KeyComponent(.input, "d", "e")])
        let right = ActionKey([KeyComponent(.setting, "a", "bc"), KeyComponent(.input, "d", "e")])
        #expect(left.digest != right.digest)
        let text = String(repeating: "long ", count: 100)
        let long = KeyComponent(.setting, "a", text)
        #expect(ActionKey([long]).digest != ActionKey([KeyComponent(.setting, "a", long.value)]).digest)
    }

    @Test func toolsInSettingsAreToolComponents() throws {
        struct WithTool: Encodable {
            var tool = TestFlow().tool
            var other = 1
        }
        let components = try SettingsEncoder.components(of: WithTool())
        #expect(components.filter { $0.kind == .tool }.count == 3)
        #expect(components.filter { $0.kind == .setting }.map(\.name) == ["other"])
    }

    @Test func differencesNameWhatAUserCanChangeFirst() {
        let old = [
            KeyComponent(.engine, "schema", "1"), KeyComponent(.setting, "clock", "5"),
            KeyComponent(.input, "model", "aa"), KeyComponent(.tool, "g++ version", "12"),
        ]
        var new = old
        new[0].value = "2"
        new[1].value = "4"
        new.remove(at: 2)
        #expect(
            Reason.differences(from: old, to: new) == [
                .settingChanged(name: "clock", old: "5", new: "4"), .inputChanged(name: "model", from: "aa", to: nil),
                .engineChanged(old: "1", new: "2"),
            ])
        #expect(Reason.differences(from: old, to: old).isEmpty)
    }

    @Test func recordsComeBackAsTheyWere() throws {
        var diagnostic = Diagnostic.warning(
            "tab\tand\nline", at: .init(file: "a\\b", line: 1, column: 2), subject: ["x", ""], help: "")
        diagnostic.notes = [.init("first"), .init("second", at: .init(file: "f", line: 3, column: 4))]
        let record = ActionRecord(
            key: Digest(of: "k"), components: [KeyComponent(.setting, "a", "b\nc")],
            outputs: [.init(path: "p q", digest: Digest(of: "o"), size: 3, executable: true)],
            diagnostics: [diagnostic, .error("plain")], log: Digest(of: "log"), seconds: 1.25)
        #expect(ActionRecord(encoded: record.encoded) == record)
        for index in record.encoded.indices {
            var changed = record.encoded
            changed[index] = changed[index] &+ 1
            #expect(ActionRecord(encoded: changed) == nil)
        }
    }
}
