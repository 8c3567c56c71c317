internal import AdderGraphs
internal import Basics
internal import FixedPoint
public import LayerKit

extension DenseOperation {
    public func fault(_ site: OperationSite) -> String? {
        guard weight.shape.count == 2, let products = Count.elements(weight.shape), products > 0,
            products == weight.raw.count, bias.raw.count == outputCount
        else { return "has weights of shape \(weight.shape) and \(bias.raw.count) biases" }
        guard site.input.shape.last == inputCount,
            site.output.shape == Array(site.input.shape.dropLast()) + [outputCount]
        else {
            return "makes \(site.output.shape) of \(site.input.shape) with weights of shape \(weight.shape)"
        }
        guard (1...(1 << 30)).contains(reuse) else { return "has a reuse factor of \(reuse)" }
        if let adders, adders.inputs.count != inputCount || adders.outputs.count != outputCount {
            return "has adders for \(adders.inputs.count) inputs and \(adders.outputs.count) outputs"
        }
        return nil
    }
}
