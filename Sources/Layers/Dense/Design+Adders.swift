public import AdderGraphs
public import LayerKit
internal import Options

/// What is to be searched for: all that a graph depends on.
public struct AdderTask: Hashable, Sendable, Codable {
    public var product: ConstantProduct
    /// See `AdderSearch`.
    public var slack: Int
}

extension Design.Node {
    /// Whether the node computes by adders alone.
    public var wantsAdders: Bool { operation.as(DenseOperation.self)?.strategy == .distributedArithmetic }

    /// The product that the node is to compute by adders alone; see `DenseOperation.adderTask`.
    public func task(_ site: OperationSite) -> AdderTask? {
        guard let dense = operation.as(DenseOperation.self), let product = dense.adderTask(site) else { return nil }
        return AdderTask(product: product, slack: dense.adderSlack ?? 0)
    }

    /// Makes the node compute by a graph what it computed by products.
    public mutating func setAdders(_ graph: AdderGraph) {
        guard var dense = operation.as(DenseOperation.self) else { return }
        dense.adders = graph
        operation = Operation(dense)
    }
}
