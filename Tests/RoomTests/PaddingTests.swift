import LayerKit
import Testing

@testable import Layers

/// As trained, against the definition.
@Suite struct PaddingTests {
    @Test func elementsByTheirPlaces() throws {
        try Trained.expect(Padding(pads: [Pad(1, 0), Pad(0, 2)], value: 0.5), [[2, 2]], [3, 4]) { x, index in
            Trained.at(x[0], [2, 2], [index[0] - 1, index[1]]) ?? 0.5
        }
    }
}
