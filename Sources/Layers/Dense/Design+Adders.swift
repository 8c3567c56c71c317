public import AdderGraphs
internal import LayerKit

extension Design.Node {
    /// The product that the node computes by adders alone, if it is to; see `DenseOperation.adderTask`.
    public func task(in design: Design) -> ConstantProduct? {
        guard let dense = operation.definition as? DenseOperation, let input = inputs.first,
            let spec = design.spec(of: input)
        else { return nil }
        return dense.adderTask(OperationSite(io: design.io, inputs: [spec], outputs: makeOutputs()))
    }

    /// Makes the node compute by a graph what it computed by products.
    public mutating func setAdders(_ graph: AdderGraph) {
        guard var dense = operation.definition as? DenseOperation else { return }
        dense.adders = graph
        operation = Operation(dense)
    }
}

extension Design {
    /// What a tensor is; nil where nothing makes it.
    fileprivate func spec(of id: TensorID) -> TensorSpec? {
        if let input = inputs.first(where: { $0.id == id }) { return input.spec }
        for node in nodes {
            if let place = node.ids.firstIndex(of: id) { return node.makeOutputs()[place] }
        }
        return nil
    }
}
