import FixedPoint
import LayerKit
import Options
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

    /// Natively every element keeps its type; hls4ml gives all of them one.
    @Test func types() throws {
        let inputs: [(FixedType, Shape)] = [(.fixed(6, 3), [2, 1]), (.ufixed(4, 2), [2, 2])]
        let own = try Room.operation(
            ConcatenationOperation.self, Room.lower(Concatenation(axis: 1), .native, inputs: inputs))
        #expect(own.resultType == .axis(1, [.fixed(6, 3), .ufixed(4, 2), .ufixed(4, 2)]))
        let one = try Room.operation(
            ConcatenationOperation.self,
            Room.lower(Concatenation(axis: 1), .hls4ml, inputs: inputs) {
                $0.layers["x", default: LayerOptions()].precision[.result] = .auto
            })
        #expect(one.resultType == .uniform(.fixed(6, 3)))
        let stated = try Room.operation(
            ConcatenationOperation.self,
            Room.lower(Concatenation(axis: 1), .native, inputs: inputs) {
                $0.layers["x", default: LayerOptions()].precision[.result] = .type(.fixed(4, 2))
            })
        #expect(stated.resultType == .uniform(.fixed(4, 2)))
    }

    @Test func kernel() {
        let operation = ConcatenationOperation(axis: 0, resultType: .uniform(.fixed(5, 4, .rnd, .sat)))
        let site = OperationSite(
            io: .parallel, inputs: [TensorSpec(.fixed(6, 3), [1, 2]), TensorSpec(.ufixed(4, 4), [2, 2])],
            outputs: [TensorSpec(.fixed(5, 4), [3, 2])])
        #expect(operation.fault(site) == nil)
        #expect(Room.run(operation.kernel64(site), [[2, -7], [1, 2, 3, 15]], 6) == [1, -2, 2, 4, 6, 15])
    }
}
