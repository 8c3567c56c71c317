public import Basics
import LayerKit
import Layers
internal import Options
internal import Streams

/// One FIFO of the written firmware.
public struct HLSStream: Hashable, Sendable {
    /// The variable of the top function; the tools name the FIFO after it.
    public var variable: String
    /// The layer, or input, whose tensor passes.
    public var layer: String
    /// The layers or copies on both ends, as their functions are called behind the project's name.
    public var writer: String
    public var reader: String
    /// Stream elements that it holds.
    public var depth: Int
    /// Stream elements of one sample.
    public var tokens: Int
    /// Whether the user states the depth.
    public var isStated: Bool
    /// Whether it fills without a loss: the schedule fills it, since its writer waits for the slowest process, or it has
    /// no more places than full speed takes, which are taken whenever its reader is a cycle late.
    public var mayFill: Bool
}

extension HLSProject {
    /// The FIFOs of the firmware, in the order of the top function; none with arrays.
    public var streams: [HLSStream] {
        guard plan.io == .stream else { return [] }
        let locals = Dictionary(
            plan.steps.flatMap(\.locals).map { ($0.variable, $0) }, uniquingKeysWith: { first, _ in first })
        let streams = StreamPlan(plan)
        let stated = Set(placed.design.nodes.filter { $0.fifoDepth != nil }.map(\.name))
        let depths = streams.variables.map { locals[$0]?.depth ?? 1 }
        let runs = [streams.graph, streams.graph.fastest].compactMap { try? StreamSizing.run($0, depths: depths) }
        return streams.graph.edges.enumerated().compactMap { index, edge in
            let variable = streams.variables[index], depth = depths[index]
            guard let local = locals[variable] else { return nil }
            return HLSStream(
                variable: variable, layer: local.source, writer: plan.steps[edge.writer].id,
                reader: plan.steps[edge.reader].id, depth: depth, tokens: local.tensor.groups,
                isStated: stated.contains(local.source),
                mayFill: depth <= 2 || runs.contains { $0.outcome == .exhausted || $0.peaks[index] >= depth })
        }
    }

    /// What becomes of the depths that the user states: a warning for each that stops the firmware or slows it down.
    var streamWarnings: [Diagnostic] {
        guard plan.io == .stream, placed.design.nodes.contains(where: { $0.fifoDepth != nil }) else { return [] }
        let graph = StreamPlan(plan).graph
        let streams = streams
        guard let needed = try? StreamSizing(graph),
            let run = try? StreamSizing.run(graph, depths: streams.map(\.depth)),
            let free = try? StreamSizing.run(graph, depths: needed.depths)
        else { return [] }
        let effect: String
        switch run.outcome {
        case .deadlock: effect = "the firmware may wait for ever"
        case .finished where run.interval > free.interval:
            effect = "a sample takes \(run.interval) cycles in place of \(free.interval)"
        case .finished, .exhausted: return []
        }
        return zip(streams, needed.depths).filter { $0.isStated && $0.depth < $1 }.map { stream, depth in
            .warning(
                "\(effect): the FIFO '\(stream.variable)' of layer '\(stream.layer)' holds \(stream.depth) elements",
                subject: ["layers", stream.layer, "fifo_depth"],
                help: "write \(depth), or leave 'fifo_depth' out: the depth is then found")
        }
    }
}
