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

    /// The first section is none: what its header says of offsets and sizes is not followed.
    @Test func theFirstSection() async throws {
        var object = try await made(["-c"], "a.o")
        let table = object[40..<48].reversed().reduce(0) { $0 << 8 | Int($1) }
        object[table + 4] = 2
        for index in 24..<40 { object[table + index] = 0xFF }
        #expect(ELFFile.fault(object, [.object]) == nil, "symbols beyond the file")
        object[table + 4] = 3
        (object[62], object[63]) = (0, 0)
        #expect(ELFFile.fault(object, [.object]) == "the names of its sections are not there")
    }

    /// A table of symbols without one, whose symbols are longer than a word can be counted in.
    @Test func symbolsOfAnySize() async throws {
        let object = try await made(["-c"], "a.o")
        let table = object[40..<48].reversed().reduce(0) { $0 << 8 | Int($1) }
        let count = Int(object[60]) | Int(object[61]) << 8
        let symbols = try #require((1..<count).first { object[table + 64 * $0 + 4] == 2 })
        for size in [0, 24] as [UInt8] {
            var damaged = object
            for index in 32..<40 { damaged[table + 64 * symbols + index] = index == 32 ? size : 0 }
            for index in 56..<64 { damaged[table + 64 * symbols + index] = 0xFF }
            #expect(ELFFile.fault(damaged, [.object]) == (size == 0 ? nil : "the table of its symbols is broken"))
        }
    }
}
