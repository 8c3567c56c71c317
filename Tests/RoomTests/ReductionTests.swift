import LayerKit
import Testing

@testable import Layers

/// As trained, against the definition.
@Suite struct ReductionTests {
    @Test(arguments: [Reduction.Kind.mean, .sum, .product, .maximum, .minimum], [false, true])
    func reduction(kind: Reduction.Kind, keepsAxes: Bool) throws {
        let input = [3, 4, 2]
        try Trained.expect(Reduction(kind, axes: [2, 0], keepsAxes: keepsAxes), [input], keepsAxes ? [1, 4, 1] : [4]) {
            x, index in
            let all = Trained.indices([3, 2]).map {
                Trained.at(x[0], input, [$0[0], index[keepsAxes ? 1 : 0], $0[1]]) ?? .nan
            }
            switch kind {
            case .mean: return all.reduce(0, +) / 6
            case .sum: return all.reduce(0, +)
            case .product: return all.reduce(1, *)
            case .maximum: return all.max() ?? .nan
            case .minimum: return all.min() ?? .nan
            }
        }
    }
}
