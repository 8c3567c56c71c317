import LayerKit
import Testing

@testable import Layers

/// As trained, against the definition.
@Suite struct MergeTests {
    @Test(arguments: [Merge.Kind.add, .multiply, .average, .maximum, .minimum]) func merge(kind: Merge.Kind) throws {
        try Trained.expect(Merge(kind), [[2, 3], [3], [2, 1]], [2, 3]) { x, index in
            let all = [x[0][index[0] * 3 + index[1]], x[1][index[1]], x[2][index[0]]]
            switch kind {
            case .add, .subtract, .divide: return all.reduce(0, +)
            case .multiply: return all.reduce(1, *)
            case .average: return all.reduce(0, +) / 3
            case .maximum: return all.max() ?? .nan
            case .minimum: return all.min() ?? .nan
            }
        }
        #expect(throws: LayerError.self) { try Merge(.subtract).outputShapes(of: [[1], [1], [1]]) }
        #expect(throws: LayerError.self) { try Merge(.add).outputShapes(of: [[2], [3]]) }
    }

    @Test func differencesAndQuotients() throws {
        try Trained.expect(Merge(.subtract), [[2], [1]], [2]) { x, index in x[0][index[0]] - x[1][0] }
        try Trained.expect(Merge(.divide), [[2], [2]], [2]) { x, index in x[0][index[0]] / x[1][index[0]] }
    }

    @Test(arguments: [
        ([3], [2, 3], [0, 1, 2, 0, 1, 2]), ([2, 1], [2, 3], [0, 0, 0, 1, 1, 1]), ([], [2], [0, 0]), ([1], [], [0]),
        ([2, 3], [2, 3], [0, 1, 2, 3, 4, 5]), ([1, 1, 2], [2], [0, 1]),
    ])
    func placesThatGoAlong(tensor: Shape, shape: Shape, places: [Int]) {
        #expect(Strides.places(of: tensor, in: shape) == places)
    }
}
