import Basics
import LayerKit
import Layers
import Testing

@testable import Frontends

/// Small files that ask for much.
@Suite struct LimitTests {
    private func root() throws -> HDF5Group {
        try HDF5File.open(try fixture("Hostile/h5/hard_links.h5"), name: "hard_links.h5")
    }

    @Test func anObjectIsReadUnderOneName() throws {
        let root = try root()
        #expect(try root.dataset("a_first").count == 12)
        for name in ["b_name0", "b_name59"] {
            #expect { try root.dataset(name) } throws: {
                "\($0)".contains("'/\(name)' is a second name of what stands elsewhere in the file")
            }
        }
        #expect(try root.dataset("c_group/inner").count == 3)
        #expect(throws: DiagnosticError.self) { try root.group("c_group/self") }
        #expect(throws: DiagnosticError.self) { try root.group("d_again") }
    }

    /// Numbers that were never written take no bytes of the file, but all of memory.
    @Test func aFileHoldsSoManyTimesItsSize() throws {
        let root = try root()
        #expect(throws: DiagnosticError.self) { try root.dataset("e_filled") }
        var read = 0
        for index in 0..<20 {
            let name = index < 10 ? "f_part0\(index)" : "f_part\(index)"
            if case .dataset? = root.children[ExactText(name)] { read += 1 }
        }
        // 18 kB of file, 400 kB each.
        #expect(read == 2)
    }

    @Test(arguments: ["1000000000, 2", "4194305", "4194304, 2", "9223372036854775807, 9223372036854775807"])
    func anInputOfAnySizeIsRefused(shape: String) throws {
        let json = functional(
            [Piece("InputLayer", "in", #""batch_input_shape": [null, \#(shape)]"#), Piece("ELU", "e", from: ["in"])],
            inputs: ["in"], outputs: ["e"])
        let error = try #require(throws: DiagnosticError.self) { try read(json) }
        #expect(error.description.contains("layer 'in': "), "\(error)")
    }

    /// No layer is too large, but all together are.
    @Test func tensorsAreCountedTogether() throws {
        func chain(_ count: Int) -> String {
            let layers = (0..<count).map { Piece("ELU", "e\($0)", from: [$0 == 0 ? "in" : "e\($0 - 1)"]) }
            return functional(
                [Piece("InputLayer", "in", #""batch_input_shape": [null, 4194304]"#)] + layers, inputs: ["in"],
                outputs: ["e\(count - 1)"])
        }
        #expect(try read(chain(7)).nodes.count == 8)
        let error = try #require(throws: DiagnosticError.self) { try read(chain(8)) }
        #expect(error.description.contains("layer 'e7': with it, the tensors between the layers have more than"))
    }

    @Test func layersAreCounted() throws {
        let layers = (0..<4096).map { Piece("ELU", "e\($0)", from: ["in"]) }
        let json = functional([Piece.input("in", 2)] + layers, inputs: ["in"], outputs: ["e0"])
        let error = try #require(throws: DiagnosticError.self) { try read(json) }
        #expect(error.description.contains("4097 layers are more than the 4096 that a network may have"), "\(error)")
    }

    /// Each of thousands of layers reads from one that there is not.
    @Test func ofManyFaultsTheFirstAreTold() throws {
        let layers = (0..<3000).map { Piece("ELU", "layer\($0)", from: ["layr\($0)"]) }
        let json = functional([Piece.input("in", 2)] + layers, inputs: ["in"], outputs: ["layer0"])
        let error = try #require(throws: DiagnosticError.self) { try read(json) }
        #expect(error.diagnostics.count == 101)
        #expect(error.diagnostics.last?.message == "2900 more like these")
    }
}
