import LayerKit
import Testing

@testable import Layers

/// As trained, against the definition.
@Suite struct LayerNormalizationTests {
    @Test(arguments: [false, true]) func slicesOfTwoAxes(keepsMean: Bool) throws {
        let shape = [2, 3, 4]
        let gamma = try Trained.tensor([2, 4], 5), beta = try Trained.tensor([2, 4], 6)
        let layer = LayerNormalization(axes: [2, 0], epsilon: 0.125, keepsMean: keepsMean, gamma: gamma, beta: beta)
        try Trained.expect(layer, [shape], shape) { x, index in
            let slice = Trained.indices([2, 4]).map { Trained.at(x[0], shape, [$0[0], index[1], $0[1]]) ?? .nan }
            let mean = keepsMean ? 0 : slice.reduce(0, +) / 8
            let variance = slice.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 8
            let value = ((Trained.at(x[0], shape, index) ?? .nan) - mean) / (variance + 0.125).squareRoot()
            let own = [index[0], index[2]]
            return value * (Trained.at(gamma.doubles, [2, 4], own) ?? .nan)
                + (Trained.at(beta.doubles, [2, 4], own) ?? .nan)
        }
        #expect(throws: LayerError.self) { try LayerNormalization(axes: [3], epsilon: 0).outputShapes(of: [shape]) }
    }
}
