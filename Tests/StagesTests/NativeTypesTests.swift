import FixedPoint
@testable import LayerKit
@testable import Layers
import Options
import TestSupport
import Testing

/// Native inference: the types that it chooses lose nothing that they promise to keep, whatever the inputs are.
@Suite struct NativeTypesTests {
    /// Chains of random layers: every layer, at the extremes of what can come in, gives the exact result, rounded once.
    /// An accumulator or a result that overflowed would be far off.
    @Test(arguments: 0..<120) func chainsNeverOverflow(seed: Int) throws {
        var dice = Dice(state: UInt64(seed))
        let width = dice.roll(2...18), count = dice.roll(1...12)
        let type = FixedType(width: width, integer: dice.roll(-2...8), signed: !dice.chance(3))
        var input = LoweringSite.Value(TensorSpec(type, [count]), ranges: Ranges(of: type, count: count))
        for index in 0..<dice.roll(2...6) {
            let layer = dice.layer(input)
            let shapes = try layer.outputShapes(of: [input.shape])
            let site = LoweringSite(
                layer: "layer\(index)", typeName: layer.typeName, options: OptionTable(), io: .parallel,
                inputs: [input], outputs: shapes)
            let lowered = try layer.lower(site).parts[0]
            let check = try #require(Exact(lowered.operation, site))
            let result = try #require(lowered.operation.results.first?.storage)
            check.expectWeightsHold(layer)
            for vector in check.extremes() + (0..<8).map({ _ in dice.vector(check.bounds) }) {
                let wanted = check.evaluate(vector).map { check.round($0, to: result) }
                #expect(wanted.allSatisfy { result.rawMin <= $0 && $0 <= result.rawMax }, "\(layer.typeName) \(result)")
                let got = ReferenceCaseTests.run(
                    lowered.operation.kernel(site.site(lowered.operation)), vector, count: wanted.count)
                #expect(got == wanted, "\(layer.typeName) of \(input.type) to \(result)")
                for (place, raw) in wanted.enumerated() {
                    let value = result.value(raw)
                    #expect(lowered.ranges[0].low[place] <= value && value <= lowered.ranges[0].high[place])
                }
            }
            input = LoweringSite.Value(TensorSpec(result, shapes[0]), ranges: lowered.ranges[0])
        }
    }

    /// Weights are rounded to the nearest of 16 bits, and none of them saturates; the largest uses the last bit but one.
    @Test(arguments: 0..<300) func fittingWeightsHoldEveryWeight(seed: Int) {
        var dice = Dice(state: UInt64(seed))
        let weights = dice.tensor([dice.roll(1...20)]).doubles
        let type = FixedType.fittingWeights(weights)
        #expect(type.width == 16 && type.signed)
        for weight in weights { #expect(abs(type.value(type.quantize(weight)) - weight) <= type.step / 2) }
        let largest = weights.map(abs).max() ?? 0
        if largest > 0 { #expect(largest >= type.maximum / 4, "\(type) for \(largest)") }
    }

    /// A type that covers bounds holds both, and one bit less would not.
    @Test(arguments: 0..<300) func coveringIsNarrowest(seed: Int) {
        var dice = Dice(state: UInt64(seed))
        let fraction = dice.roll(-3...20)
        let ends = dice.tensor([2]).doubles.sorted()
        let type = FixedType.covering(ends[0], ends[1], fraction: fraction)
        #expect(type.fraction == fraction && type.minimum <= ends[0] && ends[1] <= type.maximum)
        #expect(type.signed == (ends[0] < 0))
        let narrower = FixedType(width: type.width - 1, integer: type.integer - 1, signed: type.signed)
        if type.width > (type.signed ? 2 : 1) { #expect(narrower.minimum > ends[0] || narrower.maximum < ends[1]) }
    }

    /// A constant of few enough digits is held exactly; any other within the last of the bits that are left.
    @Test(arguments: 0..<300) func smallestHoldsConstants(seed: Int) {
        var dice = Dice(state: UInt64(seed))
        let value = dice.tensor([1]).doubles[0]
        let whole = FixedType.smallest(holding: value, width: 60)
        #expect(whole.value(whole.quantize(value)) == value)
        let short = FixedType.smallest(holding: value, width: 16)
        let held = short.value(short.quantize(value))
        #expect(abs(held - value) < short.step && short.width <= 17)
        let all = FixedType.holding([value, 1, -0.375])
        if all.width < 62 { #expect([value, 1, -0.375].allSatisfy { all.value(all.quantize($0)) == $0 }) }
    }
}

/// A layer's mathematics in unbounded integers, beside the operation that it became.
private struct Exact {
    let operation: any DesignOperation
    /// What can come in, in raw units of the input's type.
    let bounds: [ClosedRange<Int128>]
    private let input: FixedType
    /// Bits behind the point of what `evaluate` gives.
    private let fraction: Int

    /// Nil for an operation that has no oracle here.
    init?(_ operation: any DesignOperation, _ site: LoweringSite) {
        let input = site.inputs[0].type, ranges = site.inputs[0].ranges
        self.operation = operation
        self.input = input
        bounds = zip(ranges.low, ranges.high).map { low, high in
            let least = Int128((low / input.step).rounded(.up)), most = Int128((high / input.step).rounded(.down))
            return least...max(least, most)
        }
        switch operation {
        case let dense as DenseOperation:
            fraction = max(input.fraction + dense.weight.type.fraction, dense.bias.type.fraction)
        case let affine as BatchNormalizationOperation:
            fraction = max(input.fraction + affine.scale.type.fraction, affine.bias.type.fraction)
        case let relu as ReLUOperation: fraction = input.fraction + (relu.slope?.type.fraction ?? 0)
        default: return nil
        }
    }

    /// What the layer gives for a vector, unrounded. A matrix product also shows its partial sums to the accumulator.
    func evaluate(_ x: [Int128]) -> [Int128] {
        switch operation {
        case let dense as DenseOperation:
            let lift = fraction - input.fraction - dense.weight.type.fraction
            let m = dense.outputCount
            return (0..<m).map { j in
                let products = x.indices.map { (x[$0] * Int128(dense.weight.raw[$0 * m + j])) << Int128(lift) }
                let bias = Int128(dense.bias.raw[j]) << Int128(fraction - dense.bias.type.fraction)
                expectHeld(bias, products, by: dense.accum)
                return bias + products.reduce(0, +)
            }
        case let affine as BatchNormalizationOperation:
            let lift = Int128(fraction - input.fraction - affine.scale.type.fraction)
            let shift = Int128(fraction - affine.bias.type.fraction)
            return x.indices.map { place in
                let channel = place % affine.channels
                return (x[place] * Int128(affine.scale.raw[channel])) << lift + Int128(affine.bias.raw[channel])
                    << shift
            }
        case let relu as ReLUOperation:
            let slopes = relu.slope?.raw.map { Int128($0) } ?? [0]
            let lift = Int128(fraction - input.fraction)
            return x.enumerated().map { place, x in x > 0 ? x << lift : x * slopes[slopes.count == 1 ? 0 : place] }
        default: return []
        }
    }

    /// In whatever order the products are added: the largest sum is that of all positive ones, the smallest that of all
    /// negative ones.
    private func expectHeld(_ bias: Int128, _ products: [Int128], by accum: FixedType?) {
        guard let accum, accum.fraction >= fraction else {
            Issue.record("the accumulator rounds: \(String(describing: accum)), exact are \(fraction) bits")
            return
        }
        let lift = Int128(accum.fraction - fraction)
        let most = bias + products.reduce(0) { $0 + max(0, $1) }
        let least = bias + products.reduce(0) { $0 + min(0, $1) }
        #expect(most << lift <= accum.rawMax && least << lift >= accum.rawMin, "a partial sum leaves \(accum)")
    }

    /// The raw value of a result, rounded as its type says but not bounded by it.
    func round(_ exact: Int128, to type: FixedType) -> Int128 {
        let drop = fraction - type.fraction
        if drop <= 0 { return exact << Int128(-drop) }
        let half: Int128 = type.rounding == .rnd ? 1 << Int128(drop - 1) : 0
        return (exact + half) >> Int128(drop)
    }

    /// The vectors that drive each output to its ends; all ends at once, where outputs do not share inputs.
    func extremes() -> [[Int128]] {
        let low = bounds.map(\.lowerBound), high = bounds.map(\.upperBound)
        guard let dense = operation as? DenseOperation else { return [low, high] }
        return (0..<dense.outputCount).flatMap { j in
            let rises = bounds.indices.map { dense.weight.raw[$0 * dense.outputCount + j] > 0 }
            return [
                bounds.indices.map { rises[$0] ? high[$0] : low[$0] },
                bounds.indices.map { rises[$0] ? low[$0] : high[$0] },
            ]
        }
    }

    /// Every trained number is held to half the last place of its type.
    func expectWeightsHold(_ layer: any ModelLayer) {
        func expect(_ held: QuantizedTensor, _ trained: Tensor?) {
            for (value, weight) in zip(held.values, trained?.doubles ?? []) {
                #expect(abs(value - weight) <= held.type.step / 2, "\(weight) in \(held.type)")
            }
        }
        switch (operation, layer) {
        case (let operation as DenseOperation, let layer as Dense):
            expect(operation.weight, layer.kernel)
            expect(operation.bias, layer.bias)
        case (let operation as BatchNormalizationOperation, let layer as BatchNormalization):
            expect(operation.scale, layer.affine.scale)
            expect(operation.bias, layer.affine.bias)
        case (let operation as ReLUOperation, let layer as ReLU) where layer.spelling == .prelu:
            if let slope = operation.slope { expect(slope, layer.slope) }
        default: break
        }
    }
}

extension Dice {
    /// Trained numbers of one magnitude or of many, among them zeros, powers of two and their neighbours.
    fileprivate mutating func tensor(_ shape: Shape) -> Tensor {
        let scale = roll(-6...3), spread = chance(3) ? 8 : 0
        let values = (0..<shape.elementCount).map { _ -> Float in
            let power = Float(sign: .plus, exponent: scale - roll(0...spread), significand: chance(2) ? 1 : -1)
            switch roll(0...9) {
            case 0: return 0
            case 1: return power
            case 2: return power.nextDown
            case 3: return power.nextUp
            default: return power * Float.random(in: 0...1, using: &self)
            }
        }
        return Tensor(shape: shape, values: values) ?? Tensor([])
    }

    fileprivate mutating func layer(_ input: LoweringSite.Value) -> any ModelLayer {
        let n = input.shape[0]
        switch roll(0...4) {
        case 0, 1:
            let m = roll(1...10)
            return Dense(kernel: tensor([n, m]), bias: chance(3) ? nil : tensor([m]))
        case 2: return BatchNormalization(Affine(scale: tensor([n]), bias: tensor([n])))
        case 3: return ReLU(.relu)
        default: return chance(2) ? ReLU(.leakyReLU, slope: Tensor([0.3])) : ReLU(.prelu, slope: tensor([n]))
        }
    }

    /// A vector of which each element lies within its bounds, often at one of them.
    fileprivate mutating func vector(_ bounds: [ClosedRange<Int128>]) -> [Int128] {
        bounds.map { bound in
            switch roll(0...3) {
            case 0: bound.lowerBound
            case 1: bound.upperBound
            default: Int128.random(in: bound, using: &self)
            }
        }
    }
}
