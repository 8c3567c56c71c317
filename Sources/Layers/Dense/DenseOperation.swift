public import AdderGraphs
public import FixedPoint
public import LayerKit
public import Options

/// The firmware's matrix product: at every position, for every output j, in the stated order of inputs i,
/// `acc = accum(acc + accum(x_i * w_ij))`, starting from `accum(b_j)`; the result is `result(acc)`.
///
/// Distributed arithmetic sums at full width and casts once.
public struct DenseOperation: DesignOperation {
    /// Shape (inputs, outputs).
    public var weight: QuantizedTensor
    /// One per output.
    public var bias: QuantizedTensor
    /// Nil: exact sum at full width, one cast.
    public var accum: FixedType?
    public var resultType: FixedType
    public var strategy: Strategy
    /// How often one multiplier is used for one input vector.
    public var reuse: Int
    /// How many positions are computed at once where tensors pass as arrays; divides their number.
    public var parallelization = 1
    /// Whether interval analysis proved that no partial sum leaves the accumulator and none of its casts rounds: then
    /// neither order nor modes show.
    public var exactSum: Bool
    /// Distributed arithmetic as additions alone: the sums without their scale, `2^-sumFraction`. Nil: products are summed.
    public var adders: AdderGraph?
    /// Levels of adders that the search for these may use beyond the fewest; nil: none.
    public var adderSlack: Int?

    public static let key = "dense"
    public static let kernels: Set<String> = [
        "dense_latency", "dense_resource", "dense_unrolled", "dense_distributed", "dense_adders",
        "dense_multiplexed", "rotate_groups",
    ]
    public var results: [ElementTypes] { [.uniform(resultType)] }
    public var rtl: RTLForm { .unwritten }
    public var summary: OperationSummary {
        OperationSummary(
            "dense", weight: weight.types, bias: bias.types, accum: accum, strategy: strategy, reuse: reuse,
            adders: adders.map { .init(count: $0.adderCount, depth: $0.depth) })
    }

    public var inputCount: Int { weight.shape[0] }
    public var outputCount: Int { weight.shape[1] }

    /// The order in which the products of one output are added. `hls4ml-features` 3.4: with reuse, step r handles
    /// inputs r, r + rf, r + 2 rf, ...; with more reuse than inputs, one input after the other.
    public var inputOrder: [Int] {
        switch strategy {
        case .latency, .distributedArithmetic: Array(0..<inputCount)
        case .resource, .unrolled:
            reuse >= inputCount
                ? Array(0..<inputCount)
                : (0..<reuse).flatMap { Array(stride(from: $0, to: inputCount, by: reuse)) }
        }
    }

    /// The type of one product, exact.
    public func productType(_ input: FixedType) -> FixedType {
        FixedType(
            width: input.width + weight.type.width, integer: input.integer + weight.type.integer,
            signed: input.signed || weight.type.signed)
    }

    /// A type that holds every sum of products and bias exactly.
    public func exactType(_ input: FixedType) -> FixedType {
        let product = productType(input)
        let fraction = max(product.fraction, bias.type.fraction)
        let growth = Int.bitWidth - (inputCount + 1).leadingZeroBitCount
        let integer = max(product.integer, bias.type.integer) + growth + 2
        return FixedType(width: integer + fraction, integer: integer)
    }

    public func wordBits(_ site: OperationSite) -> Int {
        let product = productType(site.input.type)
        guard let accum, !exactSum else { return exactType(site.input.type).bitsToCast(to: resultType) }
        return max(
            product.bitsToCast(to: accum), bias.type.bitsToCast(to: accum), accum.width + 2,
            accum.bitsToCast(to: resultType))
    }
}
