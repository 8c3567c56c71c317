import Basics
import LayerKit
import Options
import Testing

@testable import Layers

@Suite struct DropoutTests {
    static let ops = [
        "Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "AlphaDropout", "GaussianDropout",
        "GaussianNoise", "ActivityRegularization", "RandomFlip", "RandomRotation", "RandomZoom", "RandomTranslation",
        "RandomContrast", "RandomBrightness", "Identity",
    ]

    @Test func everyOp() { #expect(Dropout.imports.map(\.key) == Self.ops.map { ImportKey(.keras, $0) }) }

    @Test(arguments: ops) func imports(_ op: String) throws {
        #expect(try Room.read(Dropout.self, op, ["rate": .double(0.5), "seed": .null]) == Layer(Dropout()))
        Room.expectRefusal(of: "at_inference", Dropout.self, op, ["at_inference": .bool(true)])
    }

    @Test func shapes() throws { #expect(try Dropout().outputShapes(of: [[3, 2]]) == [[3, 2]]) }

    @Test(arguments: Compat.allCases) func becomesNoOperation(_ compat: Compat) throws {
        #expect(Dropout().presence == .nothing)
        #expect(try Room.lower(Dropout(), compat).parts.isEmpty)
    }
}
