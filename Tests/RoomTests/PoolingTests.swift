import LayerKit
import Testing

@testable import Layers

/// As trained, against the definition.
@Suite struct PoolingTests {
    @Test(arguments: [Pooling.Kind.max, .average], [false, true])
    func pooling(kind: Pooling.Kind, countsPadding: Bool) throws {
        let input = [5, 6, 3]
        let layer = Pooling(
            kind, window: [2, 3], strides: [2, 2], pads: [Pad(1, 0), Pad(1, 1)], countsPadding: countsPadding)
        try Trained.expect(layer, [input], [3, 3, 3]) { x, index in
            let seen = Trained.indices([2, 3]).compactMap { tap in
                Trained.at(x[0], input, [2 * index[0] - 1 + tap[0], 2 * index[1] - 1 + tap[1], index[2]])
            }
            switch kind {
            case .max: return seen.max() ?? .nan
            case .average: return seen.reduce(0, +) / Double(countsPadding ? 6 : seen.count)
            }
        }
    }

    @Test func windowsThatSeeOnlyPaddingAreRefused() {
        let layer = Pooling(.max, window: [2], strides: [1], pads: [Pad(2, 0)])
        #expect(throws: LayerError("a window sees only padding", attribute: "padding")) {
            try layer.outputShapes(of: [[4, 1]])
        }
        let huge = Convolution(
            kernel: Tensor(shape: [1, 1, 1], values: [1]) ?? Tensor([]), bias: nil, strides: [1], dilations: [1],
            pads: [Pad(Int.max, 0)])
        #expect(throws: LayerError.self) { try huge.outputShapes(of: [[4, 1]]) }
    }
}
