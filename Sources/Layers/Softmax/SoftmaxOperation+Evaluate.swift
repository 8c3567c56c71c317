public import FixedPoint
public import LayerKit

extension SoftmaxOperation {
    public func kernel<W: Word>(_ site: OperationSite) -> Kernel<W> {
        let classes = site.input.channels
        let slices = site.input.count / max(1, classes)
        let slice: SliceKernel<W>
        switch method {
        case .stable(let difference, let tables): slice = tabled(site.input.type, difference, tables, classes)
        case .scaled(let difference, let exp, let accum, let growth, let inverse):
            slice = scaled(site.input.type, difference, exp, accum, growth, inverse, classes)
        case .latency(let tables): slice = tabled(site.input.type, nil, tables, classes)
        case .legacy(let exp, let inverse): slice = legacy(site.input.type, exp, inverse, classes)
        case .argmax: slice = argmax(classes)
        }
        return { inputs, outputs in
            for index in 0..<slices { slice(inputs[0] + index * classes, outputs[0] + index * classes) }
        }
    }

    private typealias SliceKernel<W: Word> = @Sendable (UnsafePointer<W>, UnsafeMutablePointer<W>) -> Void

    /// The leading `bits` bits of a raw word of `width` bits.
    private static func top<W: Word>(_ value: W, width: Int, bits: Int) -> Int {
        Int(truncatingIfNeeded: (value >> W(max(0, width - bits))) & ((W(1) << W(min(bits, width))) &- 1))
    }

    private func tabled<W: Word>(_ input: FixedType, _ difference: FixedType?, _ tables: Tables, _ n: Int)
        -> SliceKernel<W>
    {
        let toAccum = Cast<W>(fromFraction: tables.exp.type.fraction, to: tables.accum)
        let powers = tables.exp.raw.map { toAccum(W($0)) }
        let powerBits = TableOperation.log2Ceil(powers.count)
        let again = Cast<W>(fromFraction: tables.accum.fraction, to: tables.accum)
        let toInverse = Cast<W>(fromFraction: tables.accum.fraction, to: tables.invInput)
        let inverses = tables.inverse.raw.map { W($0) }
        let inverseBits = TableOperation.log2Ceil(inverses.count)
        let inverseWidth = tables.invInput.width
        let cast = Cast<W>(fromFraction: tables.accum.fraction + tables.inverse.type.fraction, to: resultType)
        let subtract = difference.map { Cast<W>(fromFraction: input.fraction, to: $0) }
        let indexWidth = difference?.width ?? input.width
        return { x, y in
            var highest = x[0]
            if subtract != nil { for i in 1..<max(1, n) { highest = max(highest, x[i]) } }
            for i in 0..<n {
                let argument = subtract.map { $0(highest &- x[i]) } ?? x[i]
                y[i] = powers[Self.top(argument, width: indexWidth, bits: powerBits)]
            }
            let sum = Self.treeSum(y, n, again)
            let inverse = inverses[Self.top(toInverse(sum), width: inverseWidth, bits: inverseBits)]
            for i in 0..<n { y[i] = cast(y[i] &* inverse) }
        }
    }

    private func scaled<W: Word>(
        _ input: FixedType, _ difference: FixedType, _ exp: QuantizedTensor, _ accum: FixedType, _ growth: Int,
        _ inverse: QuantizedTensor, _ n: Int
    ) -> SliceKernel<W> {
        let toAccum = Cast<W>(fromFraction: exp.type.fraction, to: accum)
        let powers = exp.raw.map { toAccum(W($0)) }
        let powerBits = TableOperation.log2Ceil(powers.count)
        let again = Cast<W>(fromFraction: accum.fraction, to: accum)
        let inverses = inverse.raw.map { W($0) }
        let inverseBits = TableOperation.log2Ceil(inverses.count)
        let cast = Cast<W>(fromFraction: accum.fraction + inverse.type.fraction, to: resultType)
        let subtract = Cast<W>(fromFraction: input.fraction, to: difference)
        let point = accum.fraction
        return { x, y in
            var highest = x[0]
            for i in 1..<max(1, n) { highest = max(highest, x[i]) }
            for i in 0..<n {
                y[i] = powers[Self.top(subtract(highest &- x[i]), width: difference.width, bits: powerBits)]
            }
            let sum = Self.treeSum(y, n, again)
            var k = 0
            for place in 1..<growth + 1 where (sum >> W(point + place)) & 1 == 1 { k = place }
            let reciprocal = inverses[Self.top(sum >> W(k), width: point, bits: inverseBits)] >> W(k)
            for i in 0..<n { y[i] = cast(y[i] &* reciprocal) }
        }
    }

    /// A balanced sum whose left part holds the largest power of two below the count; every addition is cast.
    private static func treeSum<W: Word>(_ values: UnsafePointer<W>, _ count: Int, _ cast: Cast<W>) -> W {
        if count == 1 { return values[0] }
        if count == 2 { return cast(values[0] &+ values[1]) }
        let left = 1 << (TableOperation.log2Ceil(count) - 1)
        return cast(treeSum(values, left, cast) &+ treeSum(values + left, count - left, cast))
    }

    private func legacy<W: Word>(
        _ input: FixedType, _ exp: QuantizedTensor, _ inverse: QuantizedTensor, _ n: Int
    ) -> SliceKernel<W> {
        let powers = exp.raw.map { W($0) }
        let again = Cast<W>(fromFraction: exp.type.fraction, to: exp.type)
        let one = Cast<W>(fromFraction: 0, to: exp.type)(1)
        let cast = Cast<W>(fromFraction: inverse.type.fraction, to: resultType)
        let results = inverse.raw.map { cast(W($0)) }
        let size = W(powers.count), last = W(powers.count - 1), half = W(powers.count / 2)
        let sizeOut = W(results.count), lastOut = W(results.count - 1)
        let drop = input.fraction + 4, dropOut = exp.type.fraction + 6
        return { x, y in
            for i in 0..<n {
                var sum: W = 0
                for j in 0..<n {
                    var term = one
                    if i != j {
                        let scaled = (x[j] &- x[i]) &* size
                        let place =
                            scaled < 0
                            ? 0 &- TableOperation.shifted(0 &- scaled, drop) : TableOperation.shifted(scaled, drop)
                        term = powers[Int(max(0, min(last, place &+ half)))]
                    }
                    sum = again(sum &+ term)
                }
                let place = sum <= 0 ? 0 : TableOperation.shifted(sum &* sizeOut, dropOut)
                y[i] = results[Int(min(lastOut, place))]
            }
        }
    }

    private func argmax<W: Word>(_ n: Int) -> SliceKernel<W> {
        let one = Cast<W>(fromFraction: 0, to: resultType)(1)
        return { x, y in
            var best = 0
            for i in 1..<max(1, n) where x[i] > x[best] { best = i }
            for i in 0..<n { y[i] = i == best ? one : 0 }
        }
    }
}
