import LayerKit
import Testing

@testable import Layers

/// As trained, against the definition.
@Suite struct ConvolutionTests {
    @Test(arguments: [
        (strides: [1, 1], dilations: [1, 1], groups: 1), ([2, 1], [1, 1], 1), ([1, 2], [2, 1], 1),
        ([1, 1], [1, 2], 2),
        ([2, 2], [1, 1], 4),
    ])
    func convolution(strides: [Int], dilations: [Int], groups: Int) throws {
        let input = [7, 6, 4], own = 4 / groups
        let kernel = try Trained.tensor([3, 2, own, 8], 3), bias = try Trained.tensor([8], 4)
        let pads = [Pad(1, 2), Pad(0, 1)]
        let layer = Convolution(
            kernel: kernel, bias: bias, strides: strides, dilations: dilations, pads: pads, groups: groups)
        let output = [
            (7 + 3 - 2 * dilations[0] - 1) / strides[0] + 1, (6 + 1 - dilations[1] - 1) / strides[1] + 1, 8,
        ]
        try Trained.expect(layer, [input], output) { x, index in
            let group = index[2] / (8 / groups)
            return Trained.indices([3, 2, own]).reduce(bias.doubles[index[2]]) { sum, tap in
                let y = index[0] * strides[0] - 1 + tap[0] * dilations[0]
                let x0 = index[1] * strides[1] + tap[1] * dilations[1]
                let value = Trained.at(x[0], input, [y, x0, group * own + tap[2]]) ?? 0
                return sum + value * (Trained.at(kernel.doubles, kernel.shape, tap + [index[2]]) ?? .nan)
            }
        }
    }

    @Test func convolutionOfASequence() throws {
        let kernel = try Trained.tensor([3, 2, 5], 3)
        let layer = Convolution(
            kernel: kernel, bias: nil, strides: [1], dilations: [2], pads: [.causal(window: 3, dilation: 2)])
        try Trained.expect(layer, [[6, 2]], [6, 5]) { x, index in
            Trained.indices([3, 2]).reduce(0) { sum, tap in
                let value = Trained.at(x[0], [6, 2], [index[0] - 4 + 2 * tap[0], tap[1]]) ?? 0
                return sum + value * (Trained.at(kernel.doubles, [3, 2, 5], tap + [index[1]]) ?? .nan)
            }
        }
    }

    @Test(arguments: [
        (size: 7, window: 3, stride: 2, pad: Pad(1, 1)), (8, 3, 2, Pad(0, 1)), (5, 2, 1, Pad(0, 1)),
        (4, 1, 3, Pad(0, 0)),
    ])
    func samePadding(size: Int, window: Int, stride: Int, pad: Pad) {
        #expect(Pad.same(size: size, window: window, stride: stride) == pad)
    }
}
