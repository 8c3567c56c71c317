import LayerKit
import Testing

@testable import Layers

/// As trained, against the definition.
@Suite struct ConcatenationTests {
    @Test func elementsByTheirPlaces() throws {
        try Trained.expect(Concatenation(axis: 1), [[2, 1, 2], [2, 3, 2]], [2, 4, 2]) { x, index in
            index[1] < 1
                ? Trained.at(x[0], [2, 1, 2], index) ?? .nan
                : Trained.at(x[1], [2, 3, 2], [index[0], index[1] - 1, index[2]]) ?? .nan
        }
        #expect(throws: LayerError.self) { try Concatenation(axis: 0).outputShapes(of: [[2, 1], [2, 3]]) }
    }
}
