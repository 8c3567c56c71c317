import FixedPoint
import LayerKit
import Options
import Testing

@testable import Layers

/// Quantisers in the firmware: every number that can come in is decided as trained.
@Suite struct ThresholdTests {
    private static func quantizer(
        scale: [Float], zero: Float = 0, low: Float? = -8, high: Float? = 7,
        _ rounding: FakeQuantizer.Rounding = .halfEven
    ) -> FakeQuantizer {
        FakeQuantizer(
            scale: Tensor(scale), zeroPoint: Tensor([zero]), low: low.map { Tensor([$0]) },
            high: high.map { Tensor([$0]) },
            rounding: rounding)
    }

    /// Scales with ties that lie between numbers and on them, a zero point, bounds that are no type's, and a sign; a scale that is no
    /// power of two, whose multiples only comparisons tell apart.
    static let quantizers: [FakeQuantizer] = {
        var all = [
            quantizer(scale: [0.5]), quantizer(scale: [0.3]), quantizer(scale: [0.0625, 1]),
            quantizer(scale: [0.25], zero: 3, low: 0, high: 15),
            quantizer(scale: [0.5], low: -5, high: 6), quantizer(scale: [2], low: nil, high: nil, .sign),
        ]
        for scale: Float in [0.75, 0.3, 0.017] {
            var steps = quantizer(scale: [scale])
            steps.givesSteps = true
            all.append(steps)
            steps.input = Affine(scale: [0.7, -1.3], bias: [0.1, 0])
            all.append(steps)
        }
        return all
    }()

    @Test(arguments: quantizers.indices) func everyStepIsTheQuantizers(_ place: Int) throws {
        let layer = Self.quantizers[place], type = FixedType.fixed(9, 4), shape = [2]
        let lowered = try Room.lower(layer, .native, type, shape: shape)
        let part = try #require(lowered.parts.first)
        let site = OperationSite(
            io: .parallel, inputs: [TensorSpec(type, shape)],
            outputs: part.operation.results.map { TensorSpec(types: $0, shape: shape) })
        #expect(part.operation.fault(site) == nil)
        let kernel = part.operation.kernel64(site), trained = layer.floatKernel([shape])
        for raw in Int64(type.rawMin)...Int64(type.rawMax) {
            let x = type.value(raw)
            let y = Room.run(kernel, [raw, raw], 2).map { site.outputs[0].type.value($0) }
            // The step is the same; what a step stands for is a product in single precision as trained.
            let want = trained([[x, x]], samples: 1)[0]
            #expect(zip(y, want).allSatisfy { abs($0 - $1) <= abs($1) * 0x1p-23 }, "\(x): \(y), not \(want)")
        }
    }

    @Test func fewValuesAreCompared() throws {
        let lowered = try Room.lower(QuantizedActivation(.ternary(threshold: 0.5)), .native)
        let operation = try Room.operation(ThresholdOperation.self, lowered)
        #expect(operation.steps == 2 && operation.channels == 1)
        #expect(operation.values.values == [-1, 0, 1])
    }

    @Test func firmware() async throws {
        try await Room.expectFirmware { shape in [1, shape.last ?? 1].map(Self.steps) }
    }

    /// Three steps for each of so many channels, at other numbers and with other values in each.
    private static func steps(channels: Int) -> ThresholdOperation {
        var limits: [Int64] = [], values: [Int64] = []
        for channel in 0..<Int64(channels) {
            limits += [-40 + 9 * channel, 30 - 5 * channel, 60]
            values += [-2, channel % 2, 1, 3]
        }
        return ThresholdOperation(
            resultType: .fixed(3, 3),
            thresholds: QuantizedTensor(type: .fixed(12, 5), shape: [channels, 3], raw: limits),
            values: QuantizedTensor(type: .fixed(3, 3), shape: [channels, 4], raw: values))
    }
}
