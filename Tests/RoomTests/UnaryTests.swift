import LayerKit
import Testing

@testable import Layers

/// As trained, against the definition.
@Suite struct UnaryTests {
    @Test func functionsOfOneElement() {
        let values: [(Unary.Function, Double, Double)] = [
            (.silu, 1, 0.7310585786300049), (.gelu, -1, -0.15865525393145707), (.geluTanh, -1, -0.15880800939172324),
            (.mish, 1, 0.8650983882673103), (.logSigmoid, -800, -800), (.celu(alpha: 2), -2, 2 * (exp1 - 1)),
            (.hardShrink(lambda: 0.5), 0.5, 0), (.softShrink(lambda: 0.5), -2, -1.5), (.round, 2.5, 2),
            (.hardSwish(slope: 1.0 / 6, shift: 0.5), 1, 2.0 / 3), (.clip(low: -1, high: 6), 9, 6), (.power(3), -2, -8),
            (.softplus(beta: 2), 0, 0.34657359027997264), (.step(threshold: 0, inclusive: true), 0, 1),
            (.step(threshold: 0, inclusive: false), 0, 0), (.sign, -3, -1), (.rsqrt, 4, 0.5), (.tanhShrink, 0, 0),
        ]
        for (function, x, y) in values {
            let have = Unary(function).floatKernel([[1]])([[x]], samples: 1)[0][0]
            #expect(abs(have - y) < 1e-12, "\(function)")
        }
    }

    /// e^-1.
    private let exp1 = 0.36787944117144233
}
