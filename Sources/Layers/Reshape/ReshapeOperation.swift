public import FixedPoint
public import LayerKit

/// The same elements, in the same order, under another shape: no arithmetic.
public struct ReshapeOperation: DesignOperation {
    /// The types of the result's elements: those of what comes in.
    public var resultType: ElementTypes

    public init(resultType: ElementTypes) { self.resultType = resultType }

    public static let key = "reshape"
    public static let kernels: Set<String> = []
    public var results: [ElementTypes] { [resultType] }
    public var rtl: RTLForm { .unwritten }
    public var summary: OperationSummary { OperationSummary("reshape") }

    public func wordBits(_ site: OperationSite) -> Int { resultType.storage.width + 1 }

    public func kernel<W: Word>(_ site: OperationSite) -> Kernel<W> {
        let count = site.input.count
        return { inputs, outputs in outputs[0].update(from: inputs[0], count: count) }
    }
}
