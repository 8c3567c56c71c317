public import FixedPoint
public import LayerKit

/// Sums of products of two tensors: `acc = accum(acc + accum(a * b))` over the summed axes in row-major order, starting
/// from zero; the result is `result(acc)`.
public struct EinsumOperation: DesignOperation {
    /// The letters of the axes of each of the two tensors, and of the result.
    public var operands: [String]
    public var result: String
    public var accum: FixedType
    public var resultType: FixedType

    public static let key = "einsum"
    public static let kernels: Set<String> = ["einsum"]
    public var results: [ElementTypes] { [.uniform(resultType)] }
    public var rtl: RTLForm { .unwritten }
    public var summary: OperationSummary { OperationSummary("einsum", accum: accum) }

    /// Where the factors lie. Precondition: the operation can stand at the site.
    func plan(_ site: OperationSite) -> EinsumPlan {
        let shapes = site.inputs.map(\.shape)
        return EinsumPlan(operands, result, shapes, (try? layer.sizes(shapes)) ?? [:])
    }

    /// The layer that asks for these products.
    var layer: Einsum { Einsum("\(operands.joined(separator: ","))->\(result)") }

    /// The type of one product, exact.
    public static func product(_ a: FixedType, _ b: FixedType) -> FixedType {
        FixedType(width: a.width + b.width, integer: a.integer + b.integer, signed: a.signed || b.signed)
    }

    public func wordBits(_ site: OperationSite) -> Int {
        let product = Self.product(site.inputs[0].type, site.inputs[1].type)
        return max(product.width + 2, product.bitsToCast(to: accum), accum.width + 2, accum.bitsToCast(to: resultType))
    }

    public func kernel<W: Word>(_ site: OperationSite) -> Kernel<W> {
        let plan = plan(site), starts = plan.starts, offsets = plan.offsets, count = plan.count
        let product = Self.product(site.inputs[0].type, site.inputs[1].type)
        let toAccum = Cast<W>(fromFraction: product.fraction, to: accum)
        let again = Cast<W>(fromFraction: accum.fraction, to: accum)
        let cast = Cast<W>(fromFraction: accum.fraction, to: resultType)
        return { inputs, outputs in
            let first = inputs[0], second = inputs[1], output = outputs[0]
            for element in 0..<count {
                let a = first + starts[0][element], b = second + starts[1][element]
                var sum: W = 0
                for term in offsets[0].indices {
                    sum = again(sum &+ toAccum(a[offsets[0][term]] &* b[offsets[1][term]]))
                }
                output[element] = cast(sum)
            }
        }
    }
}
