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
    /// The matrix product that the node computes, once or at every place of a window.
    private var product: DenseOperation? {
        operation.as(DenseOperation.self) ?? operation.as(ConvolutionOperation.self)?.product
    }

    /// Whether the node computes by adders alone.
    public var wantsAdders: Bool { product?.strategy == .distributedArithmetic }

    /// The product that the node is to compute by adders alone; see `DenseOperation.adderTask`.
    public func task(_ site: OperationSite) -> AdderTask? {
        let task =
            operation.as(DenseOperation.self)?.adderTask(site)
            ?? operation.as(ConvolutionOperation.self)?.adderTask(site)
        return task.map { AdderTask(product: $0, slack: product?.adderSlack ?? 0) }
    }

    /// Makes the node compute by a graph what it computed by products.
    public mutating func setAdders(_ graph: AdderGraph) {
        if var dense = operation.as(DenseOperation.self) {
            dense.adders = graph
            operation = Operation(dense)
        } else if var convolution = operation.as(ConvolutionOperation.self) {
            convolution.product.adders = graph
            operation = Operation(convolution)
        }
    }
}
