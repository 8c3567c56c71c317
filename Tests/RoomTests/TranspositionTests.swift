import LayerKit
import Testing

@testable import Layers

/// As trained, against the definition.
@Suite struct TranspositionTests {
    @Test func elementsByTheirPlaces() throws {
        try Trained.expect(Transposition([2, 0, 1]), [[2, 3, 4]], [4, 2, 3]) { x, index in
            Trained.at(x[0], [2, 3, 4], [index[1], index[2], index[0]]) ?? .nan
        }
        #expect(throws: LayerError.self) { try Transposition([0, 0]).outputShapes(of: [[2, 3]]) }
    }
}
