import Basics
import FixedPoint
import LayerKit
import Options
import Testing

@testable import Layers

/// As trained, against the definition.
@Suite struct ResizeTests {
    @Test func resizing() throws {
        let nearest = Resize(sizes: [4, 3, 2], kind: .nearest(.floor), coordinates: .asymmetric)
        try Trained.expect(nearest, [[2, 3, 2]], [4, 3, 2]) { x, index in
            Trained.at(x[0], [2, 3, 2], [index[0] / 2, index[1], index[2]]) ?? .nan
        }
        // Weights by hand for a doubled axis: 1/4 and 3/4 between neighbours, the ends repeated.
        let linear = Resize(sizes: [6], kind: .linear, coordinates: .halfPixel)
        try Trained.expect(linear, [[3]], [6]) { x, index in
            let low = (index[0] + 1) / 2 - 1, share = index[0] % 2 == 0 ? 0.75 : 0.25
            let a = x[0][max(0, low)], b = x[0][min(2, low + 1)]
            return a * (1 - share) + b * share
        }
        let corners = Resize(sizes: [5], kind: .linear, coordinates: .alignCorners)
        try Trained.expect(corners, [[3]], [5]) { x, index in
            index[0] % 2 == 0 ? x[0][index[0] / 2] : (x[0][index[0] / 2] + x[0][index[0] / 2 + 1]) / 2
        }
    }

    /// Natively every element keeps its type; between elements there is no firmware.
    @Test func lowers() throws {
        let nearest = Resize(sizes: [4, 3], kind: .nearest(.floor), coordinates: .asymmetric)
        let operation = try Room.operation(
            RearrangementOperation.self, Room.lower(nearest, .native, .fixed(7, 3), shape: [2, 3]))
        #expect(operation.places == [0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5])
        #expect(operation.resultType == .uniform(.fixed(7, 3)))
        let linear = Resize(sizes: [4, 3], kind: .linear, coordinates: .halfPixel)
        #expect(throws: DiagnosticError.self) { try Room.lower(linear, .native, shape: [2, 3]) }
    }
}
