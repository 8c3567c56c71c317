import LayerKit
import Testing

@testable import Layers

/// As trained, against the definition.
@Suite struct TransposedConvolutionTests {
    @Test(arguments: [1, 2]) func transposedConvolution(groups: Int) throws {
        let kernel = try Trained.tensor([3, 2, 3, 4], 3), bias = try Trained.tensor([3 * groups], 4)
        let layer = TransposedConvolution(
            kernel: kernel, bias: bias, strides: [2, 1], dilations: [1, 2], pads: [Pad(1, 0), Pad(0, 1)], groups: groups
        )
        let input = [4, 3, 4], output = [8, 4, 3 * groups]
        try Trained.expect(layer, [input], output) { x, index in
            let group = index[2] / 3
            return Trained.indices(input).reduce(bias.doubles[index[2]]) { sum, from in
                guard from[2] / (4 / groups) == group else { return sum }
                let tapY = index[0] + 1 - 2 * from[0], twice = index[1] - from[1]
                guard twice % 2 == 0 else { return sum }
                let weight = Trained.at(kernel.doubles, kernel.shape, [tapY, twice / 2, index[2] % 3, from[2]]) ?? 0
                return sum + (Trained.at(x[0], input, from) ?? .nan) * weight
            }
        }
    }
}
