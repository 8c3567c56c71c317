import Basics
import LayerKit
import Options
import Testing

@testable import Layers

@Suite struct InputLayerTests {
    @Test func imports() throws {
        let sizes = JSONValue.array([.null, .int(4), .int(2)])
        let read = try Room.read(
            InputLayer.self, "InputLayer", ["batch_input_shape": sizes, "sparse": .bool(false)], input: nil)
        #expect(read == Layer(InputLayer(shape: [4, 2])))
        func expect(_ name: String, _ attributes: [String: JSONValue]) {
            Room.expectRefusal(of: name, InputLayer.self, "InputLayer", attributes, input: nil)
        }
        expect("batch_input_shape", [:])
        expect("batch_input_shape", ["batch_input_shape": .array([.null, .null, .int(2)])])
        expect("batch_input_shape", ["batch_input_shape": .array([.null, .int(1 << 40)])])
        expect("sparse", ["batch_input_shape": sizes, "sparse": .bool(true)])
        expect("ragged", ["batch_input_shape": sizes, "ragged": .bool(true)])
        expect("optional", ["batch_input_shape": sizes, "optional": .bool(true)])
    }

    @Test func shapes() throws { #expect(try InputLayer(shape: [4, 2]).outputShapes(of: []) == [[4, 2]]) }

    @Test(arguments: Compat.allCases) func becomesNoOperation(_ compat: Compat) throws {
        #expect(InputLayer(shape: [4]).presence == .input)
        #expect(try Room.lower(InputLayer(shape: [4]), compat).parts.isEmpty)
    }
}
