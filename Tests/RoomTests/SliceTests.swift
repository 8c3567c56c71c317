import FixedPoint
import LayerKit
import Options
import Testing

@testable import Layers

/// As trained, against the definition.
@Suite struct SliceTests {
    @Test func elementsByTheirPlaces() throws {
        try Trained.expect(Slice(begins: [4, 0], steps: [-2, 1], counts: [3, 1]), [[5, 2]], [3, 1]) { x, index in
            Trained.at(x[0], [5, 2], [4 - 2 * index[0], index[1]]) ?? .nan
        }
        #expect(throws: LayerError.self) {
            try Slice(begins: [0], steps: [Int.max], counts: [3]).outputShapes(of: [[5]])
        }
    }

    @Test func firmware() throws {
        let slice = Slice(begins: [2, 0], steps: [-2, 1], counts: [2, 2])
        let lowered = try Room.lower(slice, .native, .fixed(9, 4), shape: [3, 3])
        #expect(try Room.operation(RearrangementOperation.self, lowered).offsets == [[6, 0], [0, 1]])
    }
}
