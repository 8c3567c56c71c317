public import FixedPoint
public import LayerKit
internal import Options

/// `y_i = result(table[clamp(floor(x_i), 0, rows - 1)])`: a row of the table for every element, whose number it is.
public struct EmbeddingOperation: DesignOperation {
    /// Shape (rows, width).
    public var table: QuantizedTensor
    public var resultType: FixedType

    public static let key = "embedding"
    public static let kernels: Set<String> = ["embedding", "embedding_row", "embedding_element"]
    public var results: [ElementTypes] { [.uniform(resultType)] }
    public var rtl: RTLForm { .unwritten }
    public var summary: OperationSummary {
        OperationSummary("embedding", tables: [.init(.embeddings, table.type)])
    }

    public var rows: Int { table.shape[0] }
    public var width: Int { table.shape[1] }

    public func wordBits(_ site: OperationSite) -> Int {
        let input = site.input.type
        return max(max(input.width, input.integer, 32) + 2, table.type.bitsToCast(to: resultType))
    }

    public func kernel<W: Word>(_ site: OperationSite) -> Kernel<W> {
        let count = site.input.count, width = width, last = W(rows - 1), fraction = site.input.type.fraction
        let cast = Cast<W>(fromFraction: table.type.fraction, to: resultType)
        let entries = table.raw.map { cast(W($0)) }
        let right = W(max(0, min(fraction, W.bitWidth - 1))), left = W(max(0, -fraction))
        return { inputs, outputs in
            entries.withUnsafeBufferPointer { entries in
                guard let first = entries.baseAddress else { return }
                for index in 0..<count {
                    let row = Int(max(0, min(last, (inputs[0][index] >> right) << left)))
                    (outputs[0] + index * width).update(from: first + row * width, count: width)
                }
            }
        }
    }
}
