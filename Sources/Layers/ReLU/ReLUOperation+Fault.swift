public import LayerKit

extension ReLUOperation {
    public func fault(_ site: OperationSite) -> String? {
        guard site.output.count == site.input.count else { return "gives another number of elements than it reads" }
        if let slope, slope.raw.count != 1, slope.raw.count != site.input.count {
            return "has \(slope.raw.count) slopes for \(site.input.count) elements"
        }
        return nil
    }
}
