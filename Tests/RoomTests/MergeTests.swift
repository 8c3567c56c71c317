import Basics
import FixedPoint
import LayerKit
import Options
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

    /// Of two tensors, against whole numbers.
    @Test(arguments: MergeOperation.Kind.allCases) func kernel(kind: MergeOperation.Kind) {
        let a = FixedType.fixed(7, 3), b = FixedType.ufixed(6, 4)
        for result in resultTypes {
            let operation = MergeOperation(kind, resultType: result)
            let site = OperationSite(
                io: .parallel, inputs: [TensorSpec(a, [2, 2]), TensorSpec(b, [2])],
                outputs: [TensorSpec(result, [2, 2])])
            let x: [Int64] = [-64, 63, 5, -1], y: [Int64] = [63, 2]
            let want = x.indices.map { index -> Int64 in
                let p = Exact(x[index], of: a), q = Exact(y[index % 2], of: b)
                let exact =
                    switch kind {
                    case .add: p + q
                    case .subtract: p - q
                    case .multiply: p * q
                    case .average: (p + q) * Exact(1, over: 2)
                    case .maximum: max(p, q)
                    case .minimum: min(p, q)
                    }
                return exact.raw(in: result)
            }
            #expect(operation.fault(site) == nil)
            #expect(Room.run(operation.kernel64(site), [x, y], 4) == want, "\(kind) \(result)")
        }
    }

    @Test func typesHoldWhatComes() throws {
        let sum = try Room.lower(Merge(.add), .native, inputs: [(.fixed(16, 6), [3]), (.ufixed(8, 8), [3])])
        #expect(try Room.operation(MergeOperation.self, sum).resultType == .fixed(20, 10))
        let product = try Room.lower(Merge(.multiply), .native, inputs: [(.fixed(6, 3), [2]), (.fixed(5, 2), [2])])
        #expect(try Room.operation(MergeOperation.self, product).resultType == .fixed(11, 5))
        // Three: what comes in between is exact.
        let three = try Room.lower(
            Merge(.add), .native, inputs: [(.fixed(4, 4), [2]), (.fixed(4, 4), [2]), (.fixed(4, 2), [2])])
        #expect(three.parts.map(\.suffix) == ["add1", nil])
        #expect(three.parts[0].operation.results == [.uniform(.fixed(5, 5))])
        #expect(three.parts[1].inputs == [.part(0), .input(2)])
        let mean = try Room.lower(
            Merge(.average), .native, inputs: [(.fixed(4, 4), [2]), (.fixed(4, 4), [2]), (.fixed(4, 2), [2])])
        #expect(mean.parts.last?.operation is BatchNormalizationOperation)
        // By the types alone, as hls4ml infers.
        let auto = try Room.lower(Merge(.subtract), .hls4ml, inputs: [(.ufixed(4, 4), [2]), (.ufixed(4, 2), [2])]) {
            $0.layers["x", default: LayerOptions()].precision[.result] = .auto
        }
        #expect(try Room.operation(MergeOperation.self, auto).resultType == .fixed(8, 6))
        #expect(throws: DiagnosticError.self) {
            try Room.lower(Merge(.divide), .native, inputs: [(.fixed(4, 4), [2]), (.fixed(4, 4), [2])])
        }
    }
}
