import LayerKit
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
}
