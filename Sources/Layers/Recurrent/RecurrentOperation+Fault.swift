internal import FixedPoint
public import LayerKit

extension RecurrentOperation {
    public func fault(_ site: OperationSite) -> String? {
        let shape = site.input.shape
        guard shape.count == 2, (1...(1 << 24)).contains(shape[0]), shape[1] == features, units > 0 else {
            return "reads \(shape), not steps of \(features) features"
        }
        let columns = cell.gates * units, isBefore = cell == .gru(resetAfter: false)
        guard input.outputCount == columns, state.outputCount == (isBefore ? 2 * units : columns) else {
            return "has products of \(input.outputCount) and \(state.outputCount) sums for \(units) units"
        }
        guard (candidate != nil) == isBefore,
            candidate.map({ $0.inputCount == units && $0.outputCount == units }) ?? true
        else { return "has no product for what its reset gate leaves" }
        guard (gate == nil) == (cell == .simple), (cellType == nil) == (cell != .lstm),
            (cellActivation == nil) == (cell != .lstm), (resetType == nil) != (cell.gates == 3)
        else { return "has not what its cell computes with" }
        let states = cell == .lstm ? 2 : 1
        guard site.inputs.count == 1 || site.inputs.count == 1 + states,
            site.inputs.dropFirst().allSatisfy({ $0.shape == [units] })
        else { return "has initial states of shapes \(site.inputs.dropFirst().map(\.shape))" }
        guard cell == .lstm || !outputs.contains(.cell),
            site.outputs.map(\.shape) == outputs.map({ $0 == .sequence ? [shape[0], units] : [units] })
        else { return "gives \(site.outputs.map(\.shape)) of \(shape) with \(units) units" }
        for product in products(site) {
            if let fault = product.operation.fault(product.site) { return fault }
        }
        for function in functions {
            let results = function.operation.definition.results
            guard results.count == 1, results == [.uniform(results[0].storage)] else {
                return "has a function whose results have types of their own"
            }
            if let fault = function.operation.definition.fault(function.site) { return fault }
        }
        return nil
    }
}
