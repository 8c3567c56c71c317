internal import Basics
public import LayerKit

extension EmbeddingOperation {
    public func fault(_ site: OperationSite) -> String? {
        guard table.shape.count == 2, let count = Count.elements(table.shape), count > 0, count == table.raw.count,
            rows <= 1 << 30
        else { return "has a table of shape \(table.shape)" }
        guard site.output.shape == site.input.shape + [width] else {
            return "makes \(site.output.shape) of \(site.input.shape) with rows of \(width)"
        }
        return nil
    }
}
