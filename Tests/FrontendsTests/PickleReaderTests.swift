import Basics
import Testing

@testable import Frontends

/// Pickles written by hand, instruction by instruction.
struct PickleReaderTests {
    private func read(_ bytes: [UInt8]) throws -> PickleDocument { try PickleReader.read(bytes, file: "p") }

    private func text(_ text: String) -> [UInt8] { [0x8C, UInt8(text.utf8.count)] + Array(text.utf8) }

    @Test func valuesAreRead() throws {
        // {"a": (1, -2, 2.5), "b": [None, True, b"xy"]}
        let bytes: [UInt8] =
            [0x80, 4, 0x7D, 0x28] + text("a") + [
                0x4B, 1, 0x4A, 0xFE, 0xFF, 0xFF, 0xFF, 0x47, 0x40, 4, 0, 0, 0, 0, 0, 0,
            ]
            + [0x87] + text("b") + [0x5D, 0x28, 0x4E, 0x88, 0x43, 2, 0x78, 0x79, 0x65, 0x75, 0x2E]
        let document = try read(bytes)
        let first = try #require(document.member("a", of: document.root))
        #expect(document.items(first) == [.int(1), .int(-2), .double(2.5)])
        let second = try #require(document.member("b", of: document.root))
        #expect(document.items(second) == [.none, .bool(true), .bytes(Array("xy".utf8))])
    }

    @Test func whatIsRememberedIsTheSameObject() throws {
        // x = []; (x, x) with an item appended to x afterwards.
        let document = try read([0x80, 2, 0x5D, 0x71, 0, 0x68, 0, 0x4B, 7, 0x61, 0x86, 0x2E])
        let parts = try #require(document.items(document.root))
        #expect(parts[0] == parts[1])
        #expect(document.items(parts[0]) == [.int(7)])
    }

    /// `os.system("touch FILE")`, as a pickle that runs it when Python reads it: here it is data.
    @Test func callsAreNotMade() throws {
        let file = "/tmp/hlsbuild-pickle-was-run"
        let bytes =
            [0x80, 2] + Array("cposix\nsystem\n".utf8) + text("touch \(file)") + [0x85, 0x52, 0x2E]
        let document = try read(bytes)
        guard case .call(let call)? = document.object(document.root) else {
            Issue.record("no call")
            return
        }
        #expect(call.function == .global("posix.system"))
        #expect(document.items(call.arguments) == [.text("touch \(file)")])
        #expect(contents(file) == nil)
    }

    @Test func objectsAreNotMade() throws {
        // A class, NEWOBJ with no arguments, BUILD with a state.
        let bytes: [UInt8] = [0x80, 2] + Array("csubprocess\nPopen\n".utf8) + [0x29, 0x81, 0x7D, 0x62, 0x2E]
        let document = try read(bytes)
        guard case .call(let call)? = document.object(document.root) else {
            Issue.record("no call")
            return
        }
        #expect(document.name(call.function) == "subprocess.Popen")
        #expect(call.state != nil)
    }

    @Test(arguments: [
        ([0x80, 2], "ends early"), ([0x4E], "ends early"), ([0x2E], "takes more values than it has"),
        ([0x69, 0x2E], "has the instruction 0x69"), ([0x52, 0x2E], "takes more values than it has"),
        ([0x28, 0x85, 0x2E], "takes more values than it has"), ([0x74, 0x2E], "goes back to a mark"),
        ([0x68, 3, 0x2E], "recalls value 3"), ([0x4E, 0x4E, 0x61, 0x2E], "appends to what is no list"),
        ([0x5D, 0x4E, 0x4E, 0x73, 0x2E], "sets items of what is no dictionary"),
        ([0x4E, 0x4E, 0x62, 0x2E], "sets the state of what has none"),
        ([0x58, 0xFF, 0xFF, 0xFF, 0x7F, 0x2E], "ends early"),
        ([0x8D, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], "states a length beyond any file"),
        ([0x8C, 1, 0xFF, 0x2E], "not UTF-8"), ([0x4E, 0x4E, 0x93], "names a class by what is no text"),
        ([0x7D, 0x28, 0x4E, 0x75, 0x2E], "a key without a value"),
    ])
    func brokenPicklesAreRefused(bytes: [Int], message: String) throws {
        let error = try #require(throws: DiagnosticError.self) { try read(bytes.map { UInt8($0) }) }
        #expect(error.description.contains(message), "\(error)")
    }

    /// A few bytes that would unfold to 2^60 items, and a list that holds itself.
    @Test func sharedValuesAreNotUnfolded() throws {
        var bytes: [UInt8] = [0x80, 2, 0x4E]
        for _ in 0..<60 { bytes += [0x32, 0x86] }
        #expect(try read(bytes + [0x2E]).objects.count == 60)
        let circle = try read([0x80, 2, 0x5D, 0x71, 0, 0x68, 0, 0x61, 0x2E])
        #expect(circle.items(circle.root) == [circle.root])
    }
}
