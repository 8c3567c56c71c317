public import LayerKit

extension PoolingOperation {
    public func fault(_ site: OperationSite) -> String? {
        if let fault = Plane.fault(windows, site.input.shape) { return fault }
        let plane = plane(site)
        guard site.output.shape == plane.outputShape(plane.channels, axes: windows.count) else {
            return "gives a tensor of shape \(site.output.shape)"
        }
        for row in 0..<plane.outputHeight {
            for column in 0..<plane.outputWidth
            where plane.sources(row: row, column: column).allSatisfy({ $0 == nil }) {
                return "has a window that sees only padding"
            }
        }
        guard kind == .average else { return nil }
        return (0...64).contains(guardBits) ? nil : "has a mean with \(quotientFraction) bits behind the point"
    }
}
