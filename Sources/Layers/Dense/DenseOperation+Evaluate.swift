public import FixedPoint
public import LayerKit

extension DenseOperation {
    public func kernel<W: Word>(inputs: [FixedType], shapes: [Shape]) -> Kernel<W> {
        let positions = shapes[0].elementCount / max(1, inputCount)
        let row: RowKernel<W> = rowKernel(input: inputs[0])
        let n = inputCount, m = outputCount
        return { inputs, output in
            for position in 0..<positions { row(inputs[0] + position * n, output + position * m) }
        }
    }

    /// One input vector to one output vector.
    private typealias RowKernel<W: Word> = @Sendable (UnsafePointer<W>, UnsafeMutablePointer<W>) -> Void

    private func rowKernel<W: Word>(input: FixedType) -> RowKernel<W> {
        guard let accum, !exactSum else {
            return summed(input, through: nil)
        }
        // Dropping high bits after every addition or once at the end is the same; so is truncation, which is done to
        // each product on its own. Everything else has to be done step by step.
        if accum.overflow == .wrap, accum.saturationBits == 0, accum.rounding == .trn, !accum.isInteger {
            return summed(input, through: accum)
        }
        return stepwise(input, accum)
    }

    /// Adds shifted products and casts once. `accum`: each product is truncated to its fraction, and the sum wrapped
    /// to it at the end; nil: nothing is lost before the cast to the result.
    private func summed<W: Word>(_ input: FixedType, through accum: FixedType?) -> RowKernel<W> {
        let product = productType(input)
        let fraction = accum?.fraction ?? max(product.fraction, bias.type.fraction)
        let drop = max(0, product.fraction - fraction)
        let lift = max(0, fraction - product.fraction)
        let start = bias.raw.map { raw -> W in
            let biasDrop = bias.type.fraction - fraction
            return biasDrop >= 0 ? W(raw) >> W(min(biasDrop, W.bitWidth - 1)) : W(raw) << W(-biasDrop)
        }
        let wrap = accum.map { Cast<W>(fromFraction: fraction, to: $0) }
        let cast = Cast<W>(fromFraction: fraction, to: resultType)
        let finish: @Sendable (W) -> W = { sum in cast(wrap.map { $0(sum) } ?? sum) }
        let sumBits = exactType(input).width - drop
        if input.width <= 15 + (input.signed ? 1 : 0), weight.type.width <= 15 + (weight.type.signed ? 1 : 0),
            drop == 0, exactType(input).width <= 31
        {
            return narrow(Int16.self, Int32.self, lift: lift, drop: drop, start: start, finish: finish)
        }
        if product.width <= 31, sumBits <= 31 {
            return narrow(Int32.self, Int32.self, lift: lift, drop: drop, start: start, finish: finish)
        }
        if input.width <= 31, weight.type.width <= 31, product.width <= 62, sumBits <= 63 {
            return narrow(Int32.self, Int64.self, lift: lift, drop: drop, start: start, finish: finish)
        }
        return narrow(W.self, W.self, lift: lift, drop: drop, start: start, finish: finish)
    }

    /// The sum in elements and sums as narrow as the types allow, which is what lets the compiler use wide vectors.
    /// Precondition: an element holds inputs and weights, a sum holds all partial sums (modulo its own width where the
    /// accumulator wraps at no more bits).
    private func narrow<
        W: Word, E: FixedWidthInteger & SignedInteger & Sendable, S: FixedWidthInteger & SignedInteger & Sendable
    >(
        _: E.Type, _: S.Type, lift: Int, drop: Int, start: [W], finish: @escaping @Sendable (W) -> W
    ) -> RowKernel<W> {
        let n = inputCount, m = outputCount
        var columns = [E](repeating: 0, count: n * m)  // transposed: one output's weights side by side
        for i in 0..<n { for j in 0..<m { columns[j * n + i] = E(truncatingIfNeeded: weight.raw[i * m + j]) } }
        let weights = columns
        return { input, output in
            withUnsafeTemporaryAllocation(of: E.self, capacity: n) { x in
                for i in 0..<n { x[i] = E(truncatingIfNeeded: input[i]) }
                weights.withUnsafeBufferPointer { weights in
                    for j in 0..<m {
                        let column = weights.baseAddress.unsafelyUnwrapped + j * n
                        var sum: S = 0
                        if drop == 0 {
                            for i in 0..<n {
                                sum &+= S(truncatingIfNeeded: x[i]) &* S(truncatingIfNeeded: column[i])
                            }
                        } else {
                            for i in 0..<n {
                                sum &+= (S(truncatingIfNeeded: x[i]) &* S(truncatingIfNeeded: column[i])) &>> S(drop)
                            }
                        }
                        output[j] = finish((W(truncatingIfNeeded: sum) << W(lift)) &+ start[j])
                    }
                }
            }
        }
    }

    /// Every addition as the hardware does it.
    private func stepwise<W: Word>(_ input: FixedType, _ accum: FixedType) -> RowKernel<W> {
        let n = inputCount, m = outputCount
        let toAccum = Cast<W>(fromFraction: productType(input).fraction, to: accum)
        let again = Cast<W>(fromFraction: accum.fraction, to: accum)
        let cast = Cast<W>(fromFraction: accum.fraction, to: resultType)
        let biasCast = Cast<W>(fromFraction: bias.type.fraction, to: accum)
        let start = bias.raw.map { biasCast(W($0)) }
        let weights = weight.raw.map { W($0) }
        let order = inputOrder
        precondition(order.count == n)
        return { input, output in
            for j in 0..<m {
                var sum = start[j]
                for i in order { sum = again(sum &+ toAccum(input[i] &* weights[i * m + j])) }
                output[j] = cast(sum)
            }
        }
    }
}
