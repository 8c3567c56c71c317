import Arrays
import Basics
import LayerKit
import Testing

@testable import Frontends

struct HDF5Tests {
    private func numbers() throws -> HDF5Group { try HDF5File.open(try fixture("numbers.h5"), name: "numbers.h5") }

    private let grid = (0..<12).map(Float.init)

    @Test func numbersOfEveryKindAreExact() throws {
        let root = try numbers()
        let integers = (0..<12).map(Int64.init)
        #expect(
            try root.dataset("gzip") == Tensor(shape: [3, 4], numbers: .float64(integers.map { Double($0) / 8 })))
        #expect(try root.dataset("big_int16") == Tensor(shape: [3, 4], numbers: .int64(integers.map { $0 - 6 })))
        #expect(try root.dataset("half") == Tensor(shape: [3, 4], values: grid.map { $0 / 4 }))
        #expect(
            try root.dataset("double") == Tensor(shape: [3, 4], numbers: .float64(integers.map { Double($0) * 1.5 })))
        #expect(try root.dataset("uint64") == Tensor(shape: [3, 4], numbers: .int64(integers)))
        #expect(try root.dataset("scalar") == Tensor(shape: [], values: [2.5]))
        #expect(try root.dataset("empty") == Tensor(shape: [0, 3], values: []))
        #expect(try root.dataset("nested/deep/one") == Tensor([1]))
        #expect(try root.group("nested").group("deep").dataset("one") == Tensor([1]))
    }

    @Test func attributesAreStrings() throws {
        let root = try numbers()
        #expect(try root.strings("fixed") == ["one", "three"])
        #expect(try root.strings("variable") == ["eins", "zwölf", ""])
        #expect(try root.strings("scalar") == ["only"])
        #expect(try root.strings("fixed_scalar") == ["alone"])
        #expect(try root.strings("none") == [])
        #expect(try root.strings("absent") == nil)
        #expect(try root.chunkedStrings("part") == ["a", "b", "c"])
        #expect(try root.chunkedStrings("absent") == nil)
        #expect(throws: DiagnosticError.self) { try root.strings("number") }
    }

    @Test(arguments: [
        ("text", "does not hold plain integers or floating-point numbers"),
        ("nested", "is a group where a dataset was expected"),
        ("soft", "is a link to another place"),
        ("external", "is a link to another place"),
        ("huge", "larger than the file can hold"),
        ("huge_chunk", "larger than the file can hold"),
        ("outside", "stored outside the file"),
        ("gzipp", "has no 'gzipp'"),
        ("gzip/more", "is a dataset where a group was expected"),
        ("", "has no name"),
    ])
    func whatIsNoPlainDatasetIsRefused(path: String, message: String) throws {
        let root = try numbers()
        let error = try #require(throws: DiagnosticError.self) { try root.dataset(path) }
        #expect(error.description.contains(message), "\(error)")
        #expect(error.description.contains("numbers.h5"))
    }

    @Test func aMisspeltNameIsHelpedWith() throws {
        let root = try numbers()
        let error = try #require(throws: DiagnosticError.self) { try root.dataset("gzipp") }
        #expect(error.diagnostics.first?.help == "did you mean 'gzip'?")
    }

    @Test func aChildOfTheRootCanBeLeftOut() throws {
        let root = try HDF5File.open(try fixture("numbers.h5"), name: "numbers.h5", skip: "nested")
        #expect(!root.has("nested"))
        #expect(root.has("scalar"))
    }

    @Test func whatIsNoFileIsRefused() throws {
        for bytes in [[], HDF5File.signature, Array("not a file".utf8), try fixture("numbers.h5").dropLast(9000)] {
            let error = try #require(throws: DiagnosticError.self) { try HDF5File.open(Array(bytes), name: "x.h5") }
            #expect(error.description.contains("'x.h5': not a readable HDF5 file (HDF5: "), "\(error)")
        }
    }

    /// Damaged files are read, or refused with a reason; the process survives either.
    @Test(arguments: ["keras_chain.h5", "numbers.h5"])
    func damageIsNoCrash(name: String) throws {
        let whole = try fixture(name)
        var refused = 0
        for seed in 0..<300 {
            do throws(DiagnosticError) {
                _ = try HDF5File.open(whole.mutant(seed), name: name)
            } catch {
                refused += 1
                #expect(error.diagnostics.allSatisfy { $0.message.contains(name) })
            }
        }
        #expect(refused > 50)
    }

    /// Whatever a dying child leaves in the pipe is seen to be incomplete.
    @Test func recordsThatMakeNoSenseAreCutOff() throws {
        func text(_ text: String) -> [UInt8] { [UInt8(text.utf8.count), 0, 0, 0] + Array(text.utf8) }
        func group(_ records: [UInt8]) -> [UInt8] { [0x47] + text("") + records + Array("EZ".utf8) }
        guard case .content(let root) = HDF5Dump(group([0x41] + text("a") + [1, 0, 0, 0] + text("x"))).content(of: "f")
        else {
            Issue.record("not read")
            return
        }
        #expect(try root.strings("a") == ["x"])
        let huge = [UInt8](repeating: 0xFF, count: 8)
        let wild: [[UInt8]] = [
            [], [0x47], group([]).dropLast(), group([0x41] + text("a") + huge), group([0x44] + text("d") + huge),
            group([0x44] + text("d") + [0x66, 1, 0, 0, 0] + huge + huge),
            group([0x44] + text("d") + [0x67, 0, 0, 0, 0]),
            group([0x44] + text("d") + [0x64, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
            group([0x58] + huge), group([0x51] + text("q")), [0x46] + huge,
            [UInt8](repeating: 0, count: 5).reduce(into: []) { bytes, _ in bytes += [0x47, 0, 0, 0, 0] },
        ].map(Array.init)
        for bytes in wild { #expect(HDF5Dump(bytes).content(of: "f") == .cutOff) }
    }
}
