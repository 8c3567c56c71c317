import Basics
import LayerKit
import TestSupport
import Testing

@testable import Layers

/// Rooms as they were trained, against sums written out from their definitions.
@Suite struct TrainedTests {
    private func numbers(_ count: Int, _ seed: UInt64) -> [Double] {
        var dice = Dice(state: seed)
        return (0..<count).map { _ in (Double.random(in: -2...2, using: &dice) * 64).rounded() / 64 }
    }

    private func tensor(_ shape: Shape, _ seed: UInt64) throws -> Tensor {
        try #require(Tensor(shape: shape, values: numbers(shape.elementCount, seed).map { Float($0) }))
    }

    /// Two samples, so that a kernel that mixes them up is found.
    private func expect(
        _ layer: some ModelLayer, _ inputs: [Shape], _ output: Shape,
        _ oracle: ([[Double]], [Int]) -> Double
    ) throws {
        #expect(try layer.outputShapes(of: inputs) == [output])
        let samples = 2
        let x = inputs.enumerated().map { numbers(samples * $1.elementCount, UInt64(7 + $0)) }
        let y = layer.floatKernel(inputs)(x, samples: samples)
        try #require(y.count == 1 && y[0].count == samples * output.elementCount)
        for sample in 0..<samples {
            let own = zip(x, inputs).map { Array($0[sample * $1.elementCount..<(sample + 1) * $1.elementCount]) }
            for (place, index) in indices(output).enumerated() {
                let want = oracle(own, index), have = y[0][sample * output.elementCount + place]
                #expect(abs(want - have) < 1e-9, "sample \(sample) at \(index)")
            }
        }
    }

    private func indices(_ shape: Shape) -> [[Int]] {
        shape.reduce([[]]) { all, size in all.flatMap { index in (0..<size).map { index + [$0] } } }
    }

    /// An element of a row-major tensor; nil where the index lies outside.
    private func at(_ x: [Double], _ shape: Shape, _ index: [Int]) -> Double? {
        guard zip(index, shape).allSatisfy({ (0..<$1).contains($0) }) else { return nil }
        return x[zip(index, shape).reduce(0) { $0 * $1.1 + $1.0 }]
    }

    @Test(arguments: [
        (strides: [1, 1], dilations: [1, 1], groups: 1), ([2, 1], [1, 1], 1), ([1, 2], [2, 1], 1),
        ([1, 1], [1, 2], 2),
        ([2, 2], [1, 1], 4),
    ])
    func convolution(strides: [Int], dilations: [Int], groups: Int) throws {
        let input = [7, 6, 4], own = 4 / groups
        let kernel = try tensor([3, 2, own, 8], 3), bias = try tensor([8], 4)
        let pads = [Pad(1, 2), Pad(0, 1)]
        let layer = Convolution(
            kernel: kernel, bias: bias, strides: strides, dilations: dilations, pads: pads, groups: groups)
        let output = [
            (7 + 3 - 2 * dilations[0] - 1) / strides[0] + 1, (6 + 1 - dilations[1] - 1) / strides[1] + 1, 8,
        ]
        try expect(layer, [input], output) { x, index in
            let group = index[2] / (8 / groups)
            return indices([3, 2, own]).reduce(bias.doubles[index[2]]) { sum, tap in
                let y = index[0] * strides[0] - 1 + tap[0] * dilations[0]
                let x0 = index[1] * strides[1] + tap[1] * dilations[1]
                let value = at(x[0], input, [y, x0, group * own + tap[2]]) ?? 0
                return sum + value * (at(kernel.doubles, kernel.shape, tap + [index[2]]) ?? .nan)
            }
        }
    }

    @Test func convolutionOfASequence() throws {
        let kernel = try tensor([3, 2, 5], 3)
        let layer = Convolution(
            kernel: kernel, bias: nil, strides: [1], dilations: [2], pads: [.causal(window: 3, dilation: 2)])
        try expect(layer, [[6, 2]], [6, 5]) { x, index in
            indices([3, 2]).reduce(0) { sum, tap in
                let value = at(x[0], [6, 2], [index[0] - 4 + 2 * tap[0], tap[1]]) ?? 0
                return sum + value * (at(kernel.doubles, [3, 2, 5], tap + [index[1]]) ?? .nan)
            }
        }
    }

    @Test(arguments: [1, 2]) func transposedConvolution(groups: Int) throws {
        let kernel = try tensor([3, 2, 3, 4], 3), bias = try tensor([3 * groups], 4)
        let layer = TransposedConvolution(
            kernel: kernel, bias: bias, strides: [2, 1], dilations: [1, 2], pads: [Pad(1, 0), Pad(0, 1)], groups: groups
        )
        let input = [4, 3, 4], output = [8, 4, 3 * groups]
        try expect(layer, [input], output) { x, index in
            let group = index[2] / 3
            return indices(input).reduce(bias.doubles[index[2]]) { sum, from in
                guard from[2] / (4 / groups) == group else { return sum }
                let tapY = index[0] + 1 - 2 * from[0], twice = index[1] - from[1]
                guard twice % 2 == 0 else { return sum }
                let weight = at(kernel.doubles, kernel.shape, [tapY, twice / 2, index[2] % 3, from[2]]) ?? 0
                return sum + (at(x[0], input, from) ?? .nan) * weight
            }
        }
    }

    @Test(arguments: [Pooling.Kind.max, .average], [false, true])
    func pooling(kind: Pooling.Kind, countsPadding: Bool) throws {
        let input = [5, 6, 3]
        let layer = Pooling(
            kind, window: [2, 3], strides: [2, 2], pads: [Pad(1, 0), Pad(1, 1)], countsPadding: countsPadding)
        try expect(layer, [input], [3, 3, 3]) { x, index in
            let seen = indices([2, 3]).compactMap { tap in
                at(x[0], input, [2 * index[0] - 1 + tap[0], 2 * index[1] - 1 + tap[1], index[2]])
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

    @Test(arguments: [
        (size: 7, window: 3, stride: 2, pad: Pad(1, 1)), (8, 3, 2, Pad(0, 1)), (5, 2, 1, Pad(0, 1)),
        (4, 1, 3, Pad(0, 0)),
    ])
    func samePadding(size: Int, window: Int, stride: Int, pad: Pad) {
        #expect(Pad.same(size: size, window: window, stride: stride) == pad)
    }

    @Test(arguments: [Reduction.Kind.mean, .sum, .product, .maximum, .minimum], [false, true])
    func reduction(kind: Reduction.Kind, keepsAxes: Bool) throws {
        let input = [3, 4, 2]
        try expect(Reduction(kind, axes: [2, 0], keepsAxes: keepsAxes), [input], keepsAxes ? [1, 4, 1] : [4]) {
            x, index in
            let all = indices([3, 2]).map { at(x[0], input, [$0[0], index[keepsAxes ? 1 : 0], $0[1]]) ?? .nan }
            switch kind {
            case .mean: return all.reduce(0, +) / 6
            case .sum: return all.reduce(0, +)
            case .product: return all.reduce(1, *)
            case .maximum: return all.max() ?? .nan
            case .minimum: return all.min() ?? .nan
            }
        }
    }

    @Test(arguments: [Merge.Kind.add, .multiply, .average, .maximum, .minimum]) func merge(kind: Merge.Kind) throws {
        try expect(Merge(kind), [[2, 3], [3], [2, 1]], [2, 3]) { x, index in
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
        try expect(Merge(.subtract), [[2], [1]], [2]) { x, index in x[0][index[0]] - x[1][0] }
        try expect(Merge(.divide), [[2], [2]], [2]) { x, index in x[0][index[0]] / x[1][index[0]] }
    }

    @Test func elementsInOtherPlaces() throws {
        try expect(Transposition([2, 0, 1]), [[2, 3, 4]], [4, 2, 3]) { x, index in
            at(x[0], [2, 3, 4], [index[1], index[2], index[0]]) ?? .nan
        }
        try expect(Slice(begins: [4, 0], steps: [-2, 1], counts: [3, 1]), [[5, 2]], [3, 1]) { x, index in
            at(x[0], [5, 2], [4 - 2 * index[0], index[1]]) ?? .nan
        }
        try expect(Gather(axis: 1, indices: [2, 0, 2]), [[2, 3]], [2, 3]) { x, index in
            at(x[0], [2, 3], [index[0], [2, 0, 2][index[1]]]) ?? .nan
        }
        try expect(Padding(pads: [Pad(1, 0), Pad(0, 2)], value: 0.5), [[2, 2]], [3, 4]) { x, index in
            at(x[0], [2, 2], [index[0] - 1, index[1]]) ?? 0.5
        }
        try expect(Concatenation(axis: 1), [[2, 1, 2], [2, 3, 2]], [2, 4, 2]) { x, index in
            index[1] < 1
                ? at(x[0], [2, 1, 2], index) ?? .nan : at(x[1], [2, 3, 2], [index[0], index[1] - 1, index[2]]) ?? .nan
        }
        #expect(throws: LayerError.self) {
            try Slice(begins: [0], steps: [Int.max], counts: [3]).outputShapes(of: [[5]])
        }
        #expect(throws: LayerError.self) { try Gather(axis: 0, indices: [5]).outputShapes(of: [[5]]) }
    }

    @Test func resizing() throws {
        let nearest = Resize(sizes: [4, 3, 2], kind: .nearest(.floor), coordinates: .asymmetric)
        try expect(nearest, [[2, 3, 2]], [4, 3, 2]) { x, index in
            at(x[0], [2, 3, 2], [index[0] / 2, index[1], index[2]]) ?? .nan
        }
        // Weights by hand for a doubled axis: 1/4 and 3/4 between neighbours, the ends repeated.
        let linear = Resize(sizes: [6], kind: .linear, coordinates: .halfPixel)
        try expect(linear, [[3]], [6]) { x, index in
            let low = (index[0] + 1) / 2 - 1, share = index[0] % 2 == 0 ? 0.75 : 0.25
            let a = x[0][max(0, low)], b = x[0][min(2, low + 1)]
            return a * (1 - share) + b * share
        }
        let corners = Resize(sizes: [5], kind: .linear, coordinates: .alignCorners)
        try expect(corners, [[3]], [5]) { x, index in
            index[0] % 2 == 0 ? x[0][index[0] / 2] : (x[0][index[0] / 2] + x[0][index[0] / 2 + 1]) / 2
        }
    }

    @Test func einsum() throws {
        try expect(Einsum("ab,cb->ca"), [[2, 3], [4, 3]], [4, 2]) { x, index in
            (0..<3).reduce(0) { $0 + x[0][index[1] * 3 + $1] * x[1][index[0] * 3 + $1] }
        }
        let kernel = try tensor([3, 5], 5), bias = try tensor([5], 6)
        try expect(Einsum("ab,bc->ac", kernel: kernel, bias: bias), [[2, 3]], [2, 5]) { x, index in
            (0..<3).reduce(bias.doubles[index[1]]) {
                $0 + x[0][index[0] * 3 + $1] * kernel.doubles[$1 * 5 + index[1]]
            }
        }
        try expect(Einsum("ab->b"), [[2, 3]], [3]) { x, index in x[0][index[0]] + x[0][3 + index[0]] }
        for wrong in ["ab,bc->ad", "aa,bc->ab", "ab,bc->aa", "ab->a", "ab,bcd->a"] {
            #expect(throws: LayerError.self, "\(wrong)") { try Einsum(wrong).outputShapes(of: [[2, 3], [3, 4]]) }
        }
    }

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

    @Test func constants() throws {
        let layer = ConstantTensor(try tensor([2], 1))
        #expect(layer.floatKernel([])([], samples: 2)[0] == layer.value.doubles + layer.value.doubles)
    }
}
