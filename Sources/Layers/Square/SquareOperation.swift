public import FixedPoint
public import LayerKit

/// `y = result(x * x)`, the product being exact.
public struct SquareOperation: DesignOperation {
    public var resultType: FixedType

    public static let key = "square"
    public static let kernels: Set<String> = ["square"]
    public var results: [ElementTypes] { [.uniform(resultType)] }
    public var rtl: RTLForm { .unwritten }
    public var summary: OperationSummary { OperationSummary("square") }

    /// Exact type of `x * x`.
    static func exactType(_ input: FixedType) -> FixedType {
        .ufixed(2 * input.width, 2 * input.integer)
    }

    public func wordBits(_ site: OperationSite) -> Int {
        Self.exactType(site.input.type).bitsToCast(to: resultType)
    }

    public func kernel<W: Word>(_ site: OperationSite) -> Kernel<W> {
        let count = site.input.count
        let cast = Cast<W>(fromFraction: 2 * site.input.type.fraction, to: resultType)
        return { inputs, outputs in
            let input = inputs[0]
            let output = outputs[0]
            for index in 0..<count { output[index] = cast(input[index] &* input[index]) }
        }
    }
}
