internal import Basics
internal import LayerKit

extension Merge {
    /// The operators of ONNX that are this layer.
    static var onnxImports: [ImportRule] {
        [
            ImportRule(.onnx, "Add", inputs: 2...2, read: fromONNX),
            ImportRule(.onnx, "Sub", inputs: 2...2, read: fromONNX),
            ImportRule(.onnx, "Mul", inputs: 2...2, read: fromONNX),
            ImportRule(.onnx, "Div", inputs: 2...2, read: fromONNX),
            ImportRule(.onnx, "Sum", inputs: 2...4096, read: fromONNX),
            ImportRule(.onnx, "Mean", inputs: 2...4096, read: fromONNX),
            ImportRule(.onnx, "Max", inputs: 2...4096, read: fromONNX),
            ImportRule(.onnx, "Min", inputs: 2...4096, read: fromONNX),
        ]
    }

    /// Operators of several tensors element by element.
    static func fromONNX(_ site: ImportSite) throws(LayerError) -> Merge {
        try site.expectAttributes()
        switch site.key.op {
        case "Sub": return Merge(.subtract)
        case "Mul": return Merge(.multiply)
        case "Div": return Merge(.divide)
        case "Mean": return Merge(.average)
        case "Max": return Merge(.maximum)
        case "Min": return Merge(.minimum)
        default: return Merge(.add)
        }
    }
}
