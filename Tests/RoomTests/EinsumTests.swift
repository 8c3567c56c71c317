import LayerKit
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
}
