public import LayerKit

extension MergeOperation {
    public func fault(_ site: OperationSite) -> String? {
        let shapes = site.inputs.map(\.shape)
        guard shapes.count == 2, Merge.broadcast(shapes[0], shapes[1]) == site.output.shape else {
            return "makes \(site.output.shape) of tensors of shapes \(shapes)"
        }
        return nil
    }
}
