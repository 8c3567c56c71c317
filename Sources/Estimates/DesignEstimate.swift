internal import Basics
internal import LayerKit
public import Layers
internal import Options

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

    public init(_ design: Design, _ target: Target) {
        self.target = target
        let live = Self.live(design)
        layers = []
        var ends: [String: (start: Int, end: Int)] = [:]
        for node in design.nodes where live.contains(node.name) {
            guard let source = node.inputs.first.flatMap(design.tensor) else { continue }
            let site = EstimateSite(
                io: design.io, input: source.type, inputShape: source.shape, outputShape: node.shape, target: target)
            let estimate = node.operation.estimate(site)
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
        let sources = node.inputs.compactMap { ends[$0] }
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

    /// Names of what the outputs need: the rest is not written.
    private static func live(_ design: Design) -> Set<String> {
        var live = Set(design.outputs)
        for node in design.nodes.reversed() where live.contains(node.name) { live.formUnion(node.inputs) }
        return live
    }
}
