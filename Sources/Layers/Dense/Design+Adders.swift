public import AdderGraphs
public import LayerKit
internal import Options

extension Design.Node {
    /// Whether the node computes by adders alone.
    public var wantsAdders: Bool { operation.as(DenseOperation.self)?.strategy == .distributedArithmetic }

    /// The product that the node is to compute by adders alone; see `DenseOperation.adderTask`.
    public func task(_ site: OperationSite) -> ConstantProduct? {
        operation.as(DenseOperation.self)?.adderTask(site)
    }

    /// Makes the node compute by a graph what it computed by products.
    public mutating func setAdders(_ graph: AdderGraph) {
        guard var dense = operation.as(DenseOperation.self) else { return }
        dense.adders = graph
        operation = Operation(dense)
    }
}
