internal import Basics
public import LayerKit

extension ConvolutionOperation {
    public func fault(_ site: OperationSite) -> String? {
        if let fault = Plane.fault(windows, site.input.shape) { return fault }
        let plane = plane(site)
        guard groups > 0, plane.channels % groups == 0 else {
            return "has \(groups) groups of \(plane.channels) channels"
        }
        let own = plane.channels / groups
        guard product.weight.shape.count == 2, product.inputCount == Count.times(plane.taps, own),
            product.outputCount % groups == 0
        else { return "has weights of shape \(product.weight.shape)" }
        guard site.output.shape == plane.outputShape(product.outputCount, axes: windows.count) else {
            return "gives a tensor of shape \(site.output.shape)"
        }
        let atOnce = max(1, product.parallelization)
        guard plane.positions % atOnce == 0, plane.outputWidth % atOnce == 0 || atOnce % plane.outputWidth == 0 else {
            return "computes \(atOnce) of \(plane.positions) positions at once"
        }
        if product.adders != nil, groups > 1 { return "has one graph of adders for \(groups) groups" }
        return product.fault(vectors(site, count: plane.positions))
    }
}
