public import FixedPoint
public import LayerKit

/// The sum, mean, largest or smallest over some axes.
///
/// A sum is made in row-major order, `acc = accum(acc + accum(x))`, starting from zero; a mean is the quotient of the
/// sum and the number of terms, in units of the accumulator's last place and truncated toward zero. The result is cast
/// once.
public struct ReductionOperation: DesignOperation {
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable { case sum, mean, maximum, minimum }

    public var kind: Kind
    /// In ascending order.
    public var axes: [Int]
    /// Of sums and means.
    public var accum: FixedType?
    public var resultType: FixedType

    public static let key = "reduction"
    public static let kernels: Set<String> = ["reduce"]
    public var results: [ElementTypes] { [.uniform(resultType)] }
    public var rtl: RTLForm { .unwritten }
    public var summary: OperationSummary { OperationSummary(kind.rawValue, accum: accum) }

    /// Where the terms of each result lie.
    func plan(_ shape: Shape) -> ReducedPlaces { ReducedPlaces(shape, axes) }

    /// What the terms are brought together in.
    func accumulator(_ input: FixedType) -> FixedType { accum ?? input }

    public func wordBits(_ site: OperationSite) -> Int {
        let input = site.input.type, accum = accumulator(input)
        // A sum is never divided by more terms than there are elements.
        return max(
            input.bitsToCast(to: accum), accum.width + 2, accum.bitsToCast(to: resultType),
            Int.bitWidth - site.input.count.leadingZeroBitCount + 2)
    }

    public func kernel<W: Word>(_ site: OperationSite) -> Kernel<W> {
        let plan = plan(site.input.shape), starts = plan.starts, offsets = plan.offsets
        let accum = accumulator(site.input.type), kind = kind
        let toAccum = Cast<W>(fromFraction: site.input.type.fraction, to: accum)
        let again = Cast<W>(fromFraction: accum.fraction, to: accum)
        let cast = Cast<W>(fromFraction: accum.fraction, to: resultType)
        let terms = W(offsets.count)
        return { inputs, outputs in
            let output = outputs[0]
            for (element, start) in starts.enumerated() {
                let x = inputs[0] + start
                var value = kind == .sum || kind == .mean ? 0 : x[offsets[0]]
                for offset in offsets {
                    switch kind {
                    case .sum, .mean: value = again(value &+ toAccum(x[offset]))
                    case .maximum: value = max(value, x[offset])
                    case .minimum: value = min(value, x[offset])
                    }
                }
                output[element] = cast(kind == .mean ? value / terms : value)
            }
        }
    }
}

/// Where the terms of a reduction lie: those of result `i` at `starts[i] + offsets[t]`, row-major.
struct ReducedPlaces {
    let starts: [Int]
    let offsets: [Int]

    /// Precondition: the axes are some of the shape's.
    init(_ shape: Shape, _ axes: [Int]) {
        let steps = Strides.steps(of: shape)
        func places(_ axes: [Int]) -> [Int] {
            Strides(axes.map { shape[$0] }).map { index in zip(axes, index).reduce(0) { $0 + steps[$1.0] * $1.1 } }
        }
        starts = places(shape.indices.filter { !axes.contains($0) })
        offsets = places(axes)
    }
}
