import FixedPoint
import LayerKit
import Options
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

    @Test func firmware() throws {
        let lowered = try Room.lower(Transposition([1, 0]), .native, .fixed(9, 4), shape: [2, 3])
        let operation = try Room.operation(RearrangementOperation.self, lowered)
        #expect(operation.offsets == [[0, 1, 2], [0, 3]])
        #expect(operation.resultType == .uniform(.fixed(9, 4)))
        let site = OperationSite(
            io: .parallel, inputs: [TensorSpec(.fixed(9, 4), [2, 3])], outputs: [TensorSpec(.fixed(9, 4), [3, 2])])
        #expect(Room.run(operation.kernel64(site), [1, 2, 3, 4, 5, 6], 6) == [1, 4, 2, 5, 3, 6])
        #expect(operation.fault(site) == nil)
        var beyond = operation
        beyond.offsets[0][2] = 9
        #expect(beyond.fault(site) != nil)
    }

    /// Types by element go where their elements do.
    @Test func typesMove() {
        let types: [FixedType] = [.fixed(6, 3), .ufixed(5, 1)]
        #expect(
            ElementTypes.axis(1, types).rearranged([[0, 1], [0, 2]], from: [2, 2])
                == .each([0, 0, 1, 1].map { types[$0] }))
    }
}
