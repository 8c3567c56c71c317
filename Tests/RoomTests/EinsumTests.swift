import Basics
import FixedPoint
import LayerKit
import Options
import Testing

@testable import Layers

/// As trained, against the definition.
@Suite struct EinsumTests {
    @Test func einsum() throws {
        try Trained.expect(Einsum("ab,cb->ca"), [[2, 3], [4, 3]], [4, 2]) { x, index in
            (0..<3).reduce(0) { $0 + x[0][index[1] * 3 + $1] * x[1][index[0] * 3 + $1] }
        }
        let kernel = try Trained.tensor([3, 5], 5), bias = try Trained.tensor([5], 6)
        try Trained.expect(Einsum("ab,bc->ac", kernel: kernel, bias: bias), [[2, 3]], [2, 5]) { x, index in
            (0..<3).reduce(bias.doubles[index[1]]) {
                $0 + x[0][index[0] * 3 + $1] * kernel.doubles[$1 * 5 + index[1]]
            }
        }
        try Trained.expect(Einsum("ab->b"), [[2, 3]], [3]) { x, index in x[0][index[0]] + x[0][3 + index[0]] }
        for wrong in ["ab,bc->ad", "aa,bc->ab", "ab,bc->aa", "ab->a", "ab,bcd->a"] {
            #expect(throws: LayerError.self, "\(wrong)") { try Einsum(wrong).outputShapes(of: [[2, 3], [3, 4]]) }
        }
    }

    /// A kernel that is summed over along some axes is a matrix product at every place of the others.
    @Test func trainedNumbersAreADenseLayer() throws {
        let kernel = try #require(Tensor(shape: [2, 3], values: [1, 2, 3, 4, 5, 6]))
        let lowered = try Room.lower(Einsum("abc,bd->adc", kernel: kernel), .native, .fixed(6, 3), shape: [2, 2, 2])
        #expect(lowered.parts.map(\.suffix) == ["vectors", "product", nil])
        let vectors = try #require(lowered.parts[0].operation as? RearrangementOperation)
        #expect(vectors.offsets == [[0, 1, 4, 5], [0, 2]])
        let product = try #require(lowered.parts[1].operation as? DenseOperation)
        #expect(product.weight.values == [1, 2, 3, 4, 5, 6])
        let spread = try #require(lowered.parts[2].operation as? RearrangementOperation)
        #expect(spread.offsets == [[0, 6], [0, 1, 2], [0, 3]])
        // An axis that both have and that stays would be a matrix of its own for each of its places.
        #expect(throws: DiagnosticError.self) {
            try Room.lower(Einsum("ab,ab->ab", kernel: kernel), .native, .fixed(6, 3), shape: [2, 3])
        }
    }

    @Test func productOfTwoTensors() throws {
        let type = FixedType.fixed(4, 4)
        let lowered = try Room.lower(Einsum("ab,cb->ac"), .native, inputs: [(type, [1, 2]), (type, [2, 2])])
        let operation = try Room.operation(EinsumOperation.self, lowered)
        #expect(operation.accum == .fixed(9, 9))
        let site = OperationSite(
            io: .parallel, inputs: [TensorSpec(type, [1, 2]), TensorSpec(type, [2, 2])],
            outputs: [TensorSpec(operation.resultType, [1, 2])])
        #expect(operation.fault(site) == nil)
        #expect(Room.run(operation.kernel64(site), [[3, -2], [1, 2, -1, 4]], 2) == [-1, -11])
    }
}
