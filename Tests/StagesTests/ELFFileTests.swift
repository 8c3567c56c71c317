import Basics
import TestSupport
import Testing

@testable import Steps

/// Objects and programs, whole and cut.
@Suite struct ELFFileTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write(
            "a.cpp", "const char* words[] = {\"one\", \"two\"};\nint main() { return words[1][0] - 't'; }\n")
    }

    private func made(_ arguments: [String], _ name: String) async throws -> [UInt8] {
        let output = scratch.absolute(name)
        let compiler = Command("/usr/bin/g++", arguments + [scratch.absolute("a.cpp"), "-o", output])
        let ended = try await compiler.run()
        #expect(ended.status == 0, "\(ended.errors)")
        return try Files.read(output)
    }

    /// Of an object every byte counts up to its last: its table of sections is at the end.
    @Test(arguments: [["-c"], ["-c", "-m32"]]) func cutObjects(_ arguments: [String]) async throws {
        let object = try await made(arguments, "a.o")
        #expect(ELFFile.fault(object, [.object]) == nil)
        #expect(ELFFile.fault(object, [.program, .library]) == "it is an ELF file of another kind")
        for count in 0..<object.count {
            #expect(ELFFile.fault(Array(object.prefix(count)), [.object]) != nil, "the first \(count) bytes")
        }
        // As a disk leaves it that ran full: as long as it should be, its end never written.
        for count in stride(from: 0, to: object.count - 64, by: 37) {
            let sparse = object.prefix(count) + [UInt8](repeating: 0, count: object.count - count)
            #expect(ELFFile.fault(Array(sparse), [.object]) != nil, "\(count) bytes and zeros")
        }
    }

    @Test func cutPrograms() async throws {
        let program = try await made([], "a.out")
        #expect(ELFFile.fault(program, [.program, .library]) == nil)
        #expect(ELFFile.fault(program, [.object]) == "it is an ELF file of another kind")
        for count in stride(from: program.count - 1, to: 0, by: -101) {
            #expect(ELFFile.fault(Array(program.prefix(count)), [.program, .library]) != nil)
        }
    }

    /// Headers that say anything at all are answered, never believed.
    @Test func damagedHeaders() async throws {
        let object = try await made(["-c"], "a.o")
        var dice = Dice(state: 22)
        for _ in 0..<2000 {
            var damaged = object
            let start = dice.chance(2) ? 0 : object.count - 600
            for _ in 0...dice.roll(0...3) { damaged[start + dice.roll(0...63)] = UInt8(dice.roll(0...255)) }
            _ = ELFFile.fault(damaged, [.object])
        }
    }
}
