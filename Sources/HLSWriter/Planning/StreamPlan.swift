internal import LayerKit
internal import Streams

/// The streams of a plan as a graph: a process for each step, an edge for each variable that leads from one to another.
struct StreamPlan {
    /// Variables of the top function, in the order of the graph's edges.
    private(set) var variables: [String] = []
    private(set) var graph = StreamGraph([], [])
    /// Depths that the user states, by edge.
    private(set) var stated: [Int: Int] = [:]
    /// What passes each edge, for the case that the schedules say nothing.
    private var tokens: [Int] = []

    init(_ plan: Plan) {
        let declared = Dictionary(
            plan.steps.flatMap(\.locals).map { ($0.variable, $0) }, uniquingKeysWith: { first, _ in first })
        var writers: [String: (process: Int, output: Int)] = [:]
        for (index, step) in plan.steps.enumerated() {
            graph.processes.append(step.tokens)
            for (input, variable) in step.inputs.enumerated() {
                guard let writer = writers[variable], let local = declared[variable] else { continue }
                stated[variables.count] = local.depth
                variables.append(variable)
                tokens.append(local.tensor.groups)
                graph.edges.append(
                    .init(from: writer.process, output: writer.output, to: index, input: input))
            }
            for (output, variable) in step.outputs.enumerated() { writers[variable] = (index, output) }
        }
    }

    /// A depth for each variable. Where the schedules contradict each other, which is a fault of a layer's, whole
    /// samples fit: safe, whatever the kernels do.
    var depths: [String: Int] {
        let sized = (try? StreamSizing(graph, fixed: stated))?.depths
        let found = sized ?? tokens.enumerated().map { max(1, stated[$0] ?? $1) }
        return Dictionary(zip(variables, found), uniquingKeysWith: { first, _ in first })
    }
}
