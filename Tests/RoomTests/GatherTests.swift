import FixedPoint
import LayerKit
import Options
import Testing

@testable import Layers

/// As trained, against the definition.
@Suite struct GatherTests {
    @Test func elementsByTheirPlaces() throws {
        try Trained.expect(Gather(axis: 1, indices: [2, 0, 2]), [[2, 3]], [2, 3]) { x, index in
            Trained.at(x[0], [2, 3], [index[0], [2, 0, 2][index[1]]]) ?? .nan
        }
        #expect(throws: LayerError.self) { try Gather(axis: 0, indices: [5]).outputShapes(of: [[5]]) }
    }

    @Test func firmware() throws {
        let lowered = try Room.lower(Gather(axis: 0, indices: [2, 2, 0]), .native, .fixed(9, 4), shape: [3, 2])
        #expect(try Room.operation(RearrangementOperation.self, lowered).offsets == [[4, 4, 0], [0, 1]])
    }
}
