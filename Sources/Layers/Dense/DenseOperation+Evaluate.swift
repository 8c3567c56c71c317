public import FixedPoint
public import LayerKit

extension DenseOperation {
    public func kernel<W: Word>(_ site: OperationSite) -> Kernel<W> {
        let positions = site.input.count / max(1, inputCount)
        let row: RowKernel<W> = rowKernel(input: site.input.type)
        let n = inputCount, m = outputCount
        return { inputs, outputs in
            for position in 0..<positions { row(inputs[0] + position * n, outputs[0] + position * m) }
        }
    }

    /// One input vector to one output vector.
    typealias RowKernel<W: Word> = @Sendable (UnsafePointer<W>, UnsafeMutablePointer<W>) -> Void

    func rowKernel<W: Word>(input: FixedType) -> RowKernel<W> {
        guard let accum, !exactSum else {
            return adders.map { adderKernel($0, input) } ?? summed(input, through: nil)
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
        let start = bias.raw.map { raw -> W in
            let biasDrop = bias.type.fraction - fraction
            return biasDrop >= 0 ? W(raw) >> W(min(biasDrop, W.bitWidth - 1)) : W(raw) << W(-biasDrop)
        }
        let finish = Finish<W>(
            lift: W(max(0, fraction - product.fraction)), start: start,
            wrap: accum.map { Cast<W>(fromFraction: fraction, to: $0) },
            cast: Cast<W>(fromFraction: fraction, to: resultType))
        let bits = sumBits(input)
        let widest = max(input.width + (input.signed ? 0 : 1), weight.type.width + (weight.type.signed ? 0 : 1))
        if widest <= 16, bits <= 32 { return narrow(Int16.self, Int32.self, drop: drop, finish) }
        if widest <= 32, bits <= 32 { return narrow(Int32.self, Int32.self, drop: drop, finish) }
        if widest <= 32, bits <= 64 { return narrow(Int32.self, Int64.self, drop: drop, finish) }
        return narrow(W.self, W.self, drop: drop, finish)
    }

    /// Bits of a signed word that holds every partial sum of products: the weights are known, and an input is at most
    /// what its type holds.
    private func sumBits(_ input: FixedType) -> Int {
        let n = inputCount, m = outputCount
        let largest = input.signed ? -input.rawMin : input.rawMax
        var bound: Int128 = 0
        for j in 0..<m {
            let column = (0..<n).reduce(Int128(0)) { $0 + Int128(weight.raw[$1 * m + j].magnitude) }
            bound = max(bound, column)
        }
        let (sum, overflow) = bound.multipliedReportingOverflow(by: largest)
        return overflow ? Int128.bitWidth : Int128.bitWidth - sum.leadingZeroBitCount + 1
    }

    /// What is done with a sum of products: the bias added, wrapped to the accumulator, cast to the result.
    private struct Finish<W: Word>: Sendable {
        var lift: W
        var start: [W]
        var wrap: Cast<W>?
        var cast: Cast<W>

        /// Finishes one sum per output, in place, into `output`.
        @inline(__always)
        func callAsFunction(_ sums: UnsafeMutablePointer<W>, _ output: UnsafeMutablePointer<W>) {
            let count = start.count
            start.withUnsafeBufferPointer { start in
                for j in 0..<count { sums[j] = (sums[j] &<< lift) &+ start[j] }
            }
            wrap?.apply(sums, sums, count: count)
            cast.apply(sums, output, count: count)
        }
    }

    /// The sum in elements and sums as narrow as the numbers allow, which is what lets the compiler use wide vectors.
    /// Precondition: an element holds inputs and weights, a sum holds all partial sums (modulo its own width where the
    /// accumulator wraps at no more bits).
    private func narrow<
        W: Word, E: FixedWidthInteger & SignedInteger & Sendable, S: FixedWidthInteger & SignedInteger & Sendable
    >(_: E.Type, _: S.Type, drop: Int, _ finish: Finish<W>) -> RowKernel<W> {
        let n = inputCount, m = outputCount
        var columns = [E](repeating: 0, count: n * m)  // transposed: one output's weights side by side
        for i in 0..<n { for j in 0..<m { columns[j * n + i] = E(truncatingIfNeeded: weight.raw[i * m + j]) } }
        let weights = columns
        return { input, output in
            withUnsafeTemporaryAllocation(of: E.self, capacity: n) { buffer in
                guard let x = buffer.baseAddress else { return }
                for i in 0..<n { x[i] = E(truncatingIfNeeded: input[i]) }
                weights.withUnsafeBufferPointer { weights in
                    withUnsafeTemporaryAllocation(of: W.self, capacity: m) { sums in
                        guard let first = weights.baseAddress, let sums = sums.baseAddress else { return }
                        for j in 0..<m {
                            let sum: S = Self.dot(x, first + j * n, n, drop)
                            sums[j] = W(truncatingIfNeeded: sum)
                        }
                        finish(sums, output)
                    }
                }
            }
        }
    }

    @inline(__always)
    private static func dot<E: FixedWidthInteger & SignedInteger, S: FixedWidthInteger & SignedInteger>(
        _ x: UnsafePointer<E>, _ w: UnsafePointer<E>, _ count: Int, _ drop: Int
    ) -> S {
        var sum: S = 0
        if drop == 0 {
            for i in 0..<count { sum &+= S(truncatingIfNeeded: x[i]) &* S(truncatingIfNeeded: w[i]) }
        } else {
            for i in 0..<count { sum &+= (S(truncatingIfNeeded: x[i]) &* S(truncatingIfNeeded: w[i])) &>> S(drop) }
        }
        return sum
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
