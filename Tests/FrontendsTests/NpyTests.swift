import Basics
import Testing

@testable import Arrays

struct NpyTests {
    private func array(_ name: String) throws -> NpyArray {
        try NpyArray.read(try fixture("npy/\(name).npy"), name: name)
    }

    @Test(arguments: ["f2", "f4", "f8", "f4_big", "i2_big", "i8", "i1", "version2", "version3"])
    func everyTypeOrderAndVersionIsRead(name: String) throws {
        let array = try array(name)
        #expect(array.shape == [2, 3])
        #expect(array.doubles == [-2, -1, 0, 1, 2, 3])
    }

    @Test func unsignedAndTruthValuesAreIntegers() throws {
        #expect(try array("u1").values == .int64([254, 255, 0, 1, 2, 3]))
        #expect(try array("u4").values == .int64([4_294_967_294, 4_294_967_295, 0, 1, 2, 3]))
        #expect(try array("b1").values == .int64([1, 1, 0, 1, 1, 1]))
    }

    @Test func fortranOrderBecomesRowMajor() throws {
        let array = try array("fortran")
        #expect(array.shape == [2, 3, 4])
        #expect(array.values == .float64((0..<24).map(Double.init)))
    }

    @Test func halfPrecisionIsExact() {
        for (bits, value) in [
            (0x3C00, 1), (0xC000, -2), (0x7BFF, 65504), (0x0001, 0x1p-24), (0x0400, 0x1p-14), (0x3555, 0.333251953125),
            (0x8000, -0.0), (0x7C00, Float.infinity), (0xFC00, -.infinity),
        ] as [(UInt16, Float)] {
            #expect(Numbers.single(half: bits).bitPattern == value.bitPattern)
        }
        #expect(Numbers.single(half: 0x7E00).isNaN)
    }

    /// What NumPy wrote is what is written here, byte for byte.
    @Test(arguments: ["f4", "f8", "i8", "vector", "scalar", "none"])
    func writtenAsNumPyWrites(name: String) throws {
        #expect(try array(name).encoded == fixture("npy/\(name).npy"))
    }

    @Test func shapesThatDoNotFitAreNoArray() {
        #expect(NpyArray(shape: [2, 2], values: .float32([1, 2, 3])) == nil)
        #expect(NpyArray(shape: [-1, -3], values: .float32([1, 2, 3])) == nil)
        #expect(NpyArray(shape: [Int.max, 4], values: .float32([])) == nil)
        #expect(NpyArray(shape: [Int.max, 4, 0], values: .float32([])) != nil)
    }

    @Test(arguments: [
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 2), }", "is not one"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000000,), }", "the file ends early"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 0), }", "of more than any array has"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (0, 9223372036854775807), }", "of more than any array has"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", "bytes follow the array"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }", "not the dictionary"),
        ("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", "are not plain numbers"),
        ("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "are not plain numbers"),
        ("{'descr': '<f4', 'fortran_order': False}", "lacks 'descr', 'fortran_order' or 'shape'"),
        ("{'descr': '<f4', 'descr': '<f4', 'shape': (2,)}", "not the dictionary"),
        ("{'descr': [", "not the dictionary"), ("", "not the dictionary"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", "not the dictionary"),
    ])
    func hostileHeadersAreRefused(header: String, message: String) throws {
        var bytes = NpyFile.magic + [1, 0, UInt8(header.utf8.count), 0]
        bytes += Array(header.utf8) + [UInt8](repeating: 0, count: 8)
        let error = try #require(throws: DiagnosticError.self) { try NpyArray.read(bytes, name: "x.npy") }
        #expect(error.description.contains(message), "\(error)")
        #expect(error.description.contains("'x.npy'"))
    }

    @Test func aStructuredArrayIsRefused() throws {
        let error = try #require(throws: DiagnosticError.self) { try array("structured") }
        #expect(error.description.contains("(several fields) are not plain numbers"))
    }

    @Test func integersBeyondInt64AreRefused() throws {
        var bytes = try fixture("npy/i8.npy")
        let kind = try #require(bytes.firstIndex(of: UInt8(ascii: "i")))
        bytes[kind + (bytes[kind + 1] == UInt8(ascii: "8") ? 0 : 1)] = UInt8(ascii: "u")
        let error = try #require(throws: DiagnosticError.self) { try NpyArray.read(bytes, name: "x") }
        #expect(error.description.contains("beyond 2^63 - 1"))
    }

    @Test(arguments: ["f4", "fortran", "version3", "structured", "u1"])
    func damageIsNoCrash(name: String) throws {
        let whole = try fixture("npy/\(name).npy")
        var refused = 0
        for seed in 0..<1000 {
            do throws(DiagnosticError) {
                let array = try NpyArray.read(whole.mutant(seed), name: name)
                #expect(array.values.count <= whole.count + 64)
            } catch {
                refused += 1
            }
        }
        #expect(refused > 500)
    }

    @Test func textIsRowsOfNumbers() throws {
        let array = try NpyArray.readText(Array("1 -2.5\t3e2\r\n\n  4 5 .5\n".utf8), name: "x.dat")
        #expect(array == NpyArray(shape: [2, 3], values: .float64([1, -2.5, 300, 4, 5, 0.5])))
    }

    @Test(arguments: [
        ("1 2\n3\n", "x.dat:2:1: error: 1 numbers in this line, 2 in the first"),
        ("1 2\n3  4x\n", "x.dat:2:4: error: '4x' is not a number"), ("\n \n", "no numbers in it"),
    ])
    func textThatIsNoTableIsRefused(text: String, message: String) throws {
        let error = try #require(throws: DiagnosticError.self) {
            try NpyArray.readText(Array(text.utf8), name: "x.dat")
        }
        #expect(error.description.contains(message), "\(error)")
    }
}
