import FixedPoint
public import LayerKit

extension ConcatenationOperation {
    public func fault(_ site: OperationSite) -> String? {
        let shapes = site.inputs.map(\.shape)
        guard shapes.count == 2, (try? Concatenation(axis: axis).outputShapes(of: shapes)) == [site.output.shape] else {
            return "makes \(site.output.shape) of tensors of shapes \(shapes) along axis \(axis)"
        }
        if case .uniform = resultType { return nil }
        // A type of its own must be that of the element that it is given to, or the emulator would not cast to it.
        guard resultType == .joined(site.inputs, axis: axis, shape: site.output.shape) else {
            return "has results whose types are not those of what comes in"
        }
        return nil
    }
}
