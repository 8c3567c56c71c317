import FirmwareSupport
import FixedPoint
import LayerKit
import Options
import TestSupport
import Testing

@testable import Layers

/// As trained, and in integers, against the definition.
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

    /// Every addition cast in the stated order, at every place of the window.
    private static func oracle(_ operation: ConvolutionOperation, _ plane: Plane) -> ([Exact]) -> [Int64] {
        let product = operation.product, n = product.inputCount, m = product.outputCount
        let weight = product.weight.exact, bias = product.bias.exact
        let own = plane.channels / operation.groups, outputs = m / operation.groups
        func cast(_ value: Exact) -> Exact { product.accum.map { value.cast(to: $0) } ?? value }
        return { x in
            (0..<plane.positions).flatMap { position -> [Int64] in
                let sources = plane.sources(row: position / plane.outputWidth, column: position % plane.outputWidth)
                return (0..<m).map { j -> Int64 in
                    var sum = cast(bias[j])
                    for i in product.inputOrder {
                        guard let source = sources[i / own] else { continue }
                        let element = x[source + j / outputs * own + i % own]
                        sum = cast(sum + cast(element * weight[i * m + j]))
                    }
                    return sum.raw(in: product.resultType)
                }
            }
        }
    }

    private static func operation(
        _ windows: [Window], _ channels: Int, _ outputs: Int, groups: Int, _ strategy: Strategy, reuse: Int,
        accum: FixedType?, parallelization: Int = 1
    ) -> ConvolutionOperation {
        var dice = Dice(state: 5)
        let n = windows.reduce(channels / groups) { $0 * $1.size }
        var product = DenseOperation(
            weight: dice.tensor([n, outputs], .fixed(8, 2)), bias: dice.tensor([outputs], .fixed(9, 3)), accum: accum,
            resultType: .fixed(9, 5, .rnd, .sat), strategy: strategy, reuse: reuse, exactSum: false)
        product.parallelization = parallelization
        return ConvolutionOperation(product: product, windows: windows, groups: groups)
    }

    private static let plane = [
        Window(size: 2, stride: 2, dilation: 1, pad: Pad(1, 0)),
        Window(size: 3, stride: 1, dilation: 2, pad: Pad(0, 2)),
    ]
    private static let sequence = [Window(size: 3, stride: 2, dilation: 1, pad: Pad(1, 1))]

    /// Saturating sums show the order of their terms; what pads adds nothing to any of them.
    @Test(arguments: [
        (1, Strategy.latency, 1), (2, .latency, 1), (4, .latency, 2), (1, .resource, 6), (2, .unrolled, 4),
    ])
    func integers(groups: Int, strategy: Strategy, reuse: Int) {
        for accum in [FixedType.fixed(11, 4, .rndConv, .sat), .fixed(12, 6), nil] {
            let operation = Self.operation(
                Self.plane, 4, 4, groups: groups, strategy, reuse: reuse, accum: accum)
            let plane = Plane(Self.plane, [5, 6, 4])
            Room.expectKernel(
                operation, .fixed(9, 4), [5, 6, 4], gives: plane.outputShape(4, axes: 2), samples: 6,
                oracle: Self.oracle(operation, plane))
        }
    }

    /// All strategies, groups, and numbers of places at once, in both IO types.
    @Test func firmware() async throws {
        let accum = FixedType.fixed(12, 5, .rnd, .sat)
        try await Room.expectFirmware([(.fixed(8, 3), [5, 6, 4])], gives: { _ in [3, 4, 4] }) { _ in
            [
                Self.operation(Self.plane, 4, 4, groups: 1, .latency, reuse: 1, accum: accum, parallelization: 4),
                Self.operation(Self.plane, 4, 4, groups: 2, .unrolled, reuse: 4, accum: accum, parallelization: 2),
                Self.operation(Self.plane, 4, 4, groups: 1, .resource, reuse: 6, accum: accum),
                Self.operation(Self.plane, 4, 4, groups: 4, .resource, reuse: 3, accum: accum),
                Self.operation(
                    Self.plane, 4, 4, groups: 2, .distributedArithmetic, reuse: 1, accum: nil, parallelization: 12),
            ]
        }
        try await Room.expectFirmware([(.ufixed(7, 3), [7, 2])], gives: { _ in [4, 4] }) { _ in
            [
                Self.operation(Self.sequence, 2, 4, groups: 1, .latency, reuse: 1, accum: accum),
                Self.operation(Self.sequence, 2, 4, groups: 2, .resource, reuse: 6, accum: accum),
            ]
        }
    }

    /// A convolution over all of its input at one place is the dense layer with its weights, types included.
    @Test(arguments: Compat.allCases) func lowers(_ compat: Compat) throws {
        let kernel = try Trained.tensor([3, 2, 4], 3), bias = try Trained.tensor([4], 4)
        let convolution = try Room.lower(
            Convolution(kernel: kernel, bias: bias, strides: [1], dilations: [1], pads: [Pad.none]), compat,
            shape: [3, 2])
        let matrix = try #require(Tensor(shape: [6, 4], numbers: kernel.numbers))
        let dense = try Room.lower(Dense(kernel: matrix, bias: bias), compat, shape: [6])
        let operation = try Room.operation(ConvolutionOperation.self, convolution)
        #expect(operation.product == (try Room.operation(DenseOperation.self, dense)))
        #expect(convolution.parts[0].ranges == dense.parts[0].ranges)
        let grouped = try Room.lower(
            Convolution(
                kernel: try Trained.tensor([3, 1, 4], 3), bias: nil, strides: [1], dilations: [1],
                pads: [Pad(1, 1)], groups: 2), compat, shape: [5, 2]
        ) {
            $0.project.strategy = .resource; $0.project.reuse = 6
        }
        let product = try Room.operation(ConvolutionOperation.self, grouped).product
        #expect(product.reuse == 6 && product.weight.shape == [3, 4])
        #expect(grouped.parts[0].ranges[0].low.count == 20)
    }

    @Test func faults() {
        let fits = Self.operation(Self.sequence, 2, 4, groups: 2, .latency, reuse: 1, accum: nil)
        func fault(_ operation: ConvolutionOperation, _ shape: Shape = [7, 2], gives output: Shape = [4, 4]) -> String?
        {
            operation.fault(
                OperationSite(
                    io: .parallel, inputs: [TensorSpec(.fixed(8, 3), shape)],
                    outputs: [TensorSpec(operation.product.resultType, output)]))
        }
        #expect(fault(fits) == nil)
        #expect(fault(fits, [7, 3]) != nil)
        #expect(fault(fits, [7]) != nil)
        #expect(fault(fits, gives: [5, 4]) != nil)
        var wrong = fits
        wrong.groups = 0
        #expect(fault(wrong) != nil)
        wrong = fits
        wrong.product.parallelization = 3
        #expect(fault(wrong) != nil)
        wrong = fits
        wrong.windows[0].stride = 0
        #expect(fault(wrong) != nil)
        wrong = fits
        wrong.windows[0].size = 9
        #expect(fault(wrong) != nil)
    }
}
