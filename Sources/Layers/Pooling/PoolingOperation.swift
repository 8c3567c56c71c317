public import FixedPoint
public import LayerKit

/// The firmware's pooling, channel by channel. The largest: of what the window sees of the input, cast once. The mean:
/// `acc = accum(acc + accum(x))` for its elements one after the other, from 0; then `acc` over their number with
/// `quotientFraction` bits behind the point, and one cast.
public struct PoolingOperation: DesignOperation {
    public var kind: Pooling.Kind
    /// How the window slides along each axis before the channels: one or two.
    public var windows: [Window]
    /// Whether a mean counts the padding as zeros; else it is the mean of what the input has there.
    public var countsPadding: Bool
    /// Of a mean.
    public var accum: FixedType
    /// Bits behind the point of a mean before it is cast: not fewer than `accum` has.
    public var quotientFraction: Int
    /// Whether what does not divide is rounded down; else toward zero.
    public var floors: Bool
    public var resultType: FixedType

    public static let key = "pooling"
    public static let kernels: Set<String> = ["pool_max", "pool_average"]
    public var results: [ElementTypes] { [.uniform(resultType)] }
    public var rtl: RTLForm { .unwritten }
    public var summary: OperationSummary {
        OperationSummary("\(kind.rawValue) pooling", accum: kind == .average ? accum : nil)
    }

    func plane(_ site: OperationSite) -> Plane { Plane(windows, site.input.shape) }

    /// Bits that the quotient has beyond the sum.
    var guardBits: Int { quotientFraction - accum.fraction }

    /// The type of the quotient.
    var meanType: FixedType {
        FixedType(width: accum.width + guardBits, integer: accum.integer, signed: accum.signed)
    }

    public func wordBits(_ site: OperationSite) -> Int {
        let input = site.input.type
        guard kind == .average else { return input.bitsToCast(to: resultType) }
        return max(
            input.bitsToCast(to: accum), accum.width + 2, accum.width + guardBits + 8,
            meanType.bitsToCast(to: resultType))
    }

    public func kernel<W: Word>(_ site: OperationSite) -> Kernel<W> {
        let plane = plane(site), channels = plane.channels
        let places = (0..<plane.outputHeight).flatMap { row in
            (0..<plane.outputWidth).map { plane.sources(row: row, column: $0).compactMap(\.self) }
        }
        switch kind {
        case .max:
            let cast = Cast<W>(fromFraction: site.input.type.fraction, to: resultType)
            return { inputs, outputs in
                var output = outputs[0]
                for sources in places {
                    for c in 0..<channels {
                        var largest = inputs[0][sources[0] + c]
                        for source in sources { largest = max(largest, inputs[0][source + c]) }
                        output[c] = cast(largest)
                    }
                    output += channels
                }
            }
        case .average:
            let enter = Cast<W>(fromFraction: site.input.type.fraction, to: accum)
            let again = Cast<W>(fromFraction: accum.fraction, to: accum)
            let cast = Cast<W>(fromFraction: quotientFraction, to: resultType)
            let lift = W(guardBits), floors = floors, all = countsPadding ? plane.taps : nil
            return { inputs, outputs in
                var output = outputs[0]
                for sources in places {
                    let count = W(all ?? sources.count)
                    for c in 0..<channels {
                        var sum: W = 0
                        for source in sources { sum = again(sum &+ enter(inputs[0][source + c])) }
                        let scaled = sum << lift
                        var quotient = scaled / count
                        if floors, scaled < 0, quotient * count != scaled { quotient -= 1 }
                        output[c] = cast(quotient)
                    }
                    output += channels
                }
            }
        }
    }
}
