internal import Basics
public import Estimates
import LayerKit
import Options

/// What a design is expected to cost, layer by layer and in all.
public struct DesignEstimate: Hashable, Sendable {
    /// A layer that is written, in the order of the design.
    public struct Layer: Hashable, Sendable {
        public var name: String
        public var estimate: Estimate
    }

    public var target: Target
    public var layers: [Layer]
    public var total: Estimate

    public init(_ placed: PlacedDesign, _ target: Target) {
        self.target = target
        let design = placed.design
        layers = []
        var ends: [String: (start: Int, end: Int)] = [:]
        for index in placed.live {
            let node = design.nodes[index]
            let estimate = node.operation.definition.estimate(placed.sites[index], target)
            layers.append(Layer(name: node.name, estimate: estimate))
            ends[node.name] = Self.place(node, estimate, after: ends, design.io)
        }
        total = Estimate(latency: ends.values.map(\.end).max() ?? 0, interval: 1)
        for layer in layers { total.occupy(layer.estimate) }
        total.fill = total.latency
        let slowest = layers.map(\.estimate.interval).max() ?? 1
        let isDataflow = design.io == .stream || layers.contains { $0.estimate.interval > 1 }
        // The older tool counts one cycle more between the processes.
        total.interval = slowest + (isDataflow && target.tool == .vivado ? 1 : 0)
    }

    /// When a layer begins to give out and when it is done, in cycles from the first element of the sample. In a stream
    /// it begins with the first element of what it reads; in arrays when that is complete, and the call takes a cycle.
    private static func place(
        _ node: Design.Node, _ estimate: Estimate, after ends: [String: (start: Int, end: Int)], _ io: IOType
    ) -> (start: Int, end: Int) {
        let sources = node.inputs.compactMap { ends[$0.node] }
        switch io {
        case .stream:
            let start = sources.map(\.start).max() ?? 0
            let end = max(
                Count.plus(start, estimate.latency), Count.plus(sources.map(\.end).max() ?? 0, estimate.fill))
            return (Count.plus(start, estimate.fill), end)
        case .parallel:
            let call = estimate.latency > 0 ? 1 : 0
            let end = Count.plus(sources.map(\.end).max() ?? 0, estimate.latency + call)
            return (end, end)
        }
    }
}
