public import LayerKit

extension ReductionOperation {
    public func fault(_ site: OperationSite) -> String? {
        let shape = site.input.shape
        guard Set(axes).count == axes.count, axes == axes.sorted(), axes.allSatisfy(shape.indices.contains) else {
            return "has axes \(axes) for an input of shape \(shape)"
        }
        let kept = shape.indices.filter { !axes.contains($0) }.map { shape[$0] }
        guard kept.elementCount == site.output.count else { return "gives \(site.output.shape) of \(shape)" }
        switch kind {
        case .sum, .mean: return accum == nil ? "has no accumulator" : nil
        case .maximum, .minimum: return accum != nil ? "has an accumulator without a sum" : nil
        }
    }
}
