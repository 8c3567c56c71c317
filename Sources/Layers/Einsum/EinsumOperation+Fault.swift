public import LayerKit

extension EinsumOperation {
    public func fault(_ site: OperationSite) -> String? {
        let shapes = site.inputs.map(\.shape)
        // Axes of one element may stand anywhere in the result.
        let given = (try? layer.outputShapes(of: shapes))?.first
        guard shapes.count == 2, given?.filter({ $0 != 1 }) == site.output.shape.filter({ $0 != 1 }) else {
            let equation = "\(operands.joined(separator: ","))->\(result)"
            return "makes \(site.output.shape) of tensors of shapes \(shapes) by '\(equation)'"
        }
        return nil
    }
}
