import FixedPoint
import LayerKit

extension TableOperation {
    /// A table of values, each as the type holds it.
    static func quantized(_ entries: [Double], as type: FixedType) -> QuantizedTensor {
        QuantizedTensor(type: type, shape: [entries.count], raw: entries.map { Int64(clamping: type.quantize($0)) })
    }
}
