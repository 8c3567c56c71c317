public import FixedPoint
public import LayerKit

/// Every element cast to the type that it has in the result: the one operation whose result may have a type for each
/// channel, or for each element.
public struct CastOperation: DesignOperation {
    /// The types of the result's elements.
    public var resultType: ElementTypes

    public init(resultType: ElementTypes) { self.resultType = resultType }

    /// A cast to one type.
    public init(_ type: FixedType) { resultType = .uniform(type) }

    public static let key = "cast"
    public static let kernels: Set<String> = ["linear", "cast_elements"]
    public var results: [ElementTypes] { [resultType] }
    public var rtl: RTLForm { .unwritten }
    public var summary: OperationSummary { OperationSummary("cast") }

    public func wordBits(_ site: OperationSite) -> Int {
        let input = site.input.type
        // An element is cast to its own type, then raised to the last place of the type that holds all.
        let own = resultType.distinct(in: site.output.shape).types.map { input.bitsToCast(to: $0) }.max() ?? 0
        return max(own, resultType.storage.width + 1)
    }

    public func kernel<W: Word>(_ site: OperationSite) -> Kernel<W> {
        let count = site.input.count
        let casts: ElementCasts<W> = resultType.casts(fromFraction: site.input.type.fraction, in: site.output.shape)
        return { inputs, outputs in casts.apply(inputs[0], outputs[0], count: count) }
    }
}
