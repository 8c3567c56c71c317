internal import AdderGraphs
internal import Basics
internal import BuildEngine
internal import FoundationEssentials
internal import LayerKit
internal import Layers

/// Products with constants become graphs of adders: a search of seconds for each layer, so that each is a step of its
/// own, kept by what it computes. Another layer's change does not make it anew.
enum AdderSteps {
    /// Where steps see what is to be searched for, and what was found, both by layer.
    static let folder = "adders"

    private static let ending = ".json"

    /// The files of a design's nodes, in their order.
    static func files(_ design: Design) -> [String] {
        PathName.parts(for: design.nodes.map { $0.name }, room: ending.utf8.count).map { "\(folder)/\($0)\(ending)" }
    }

    /// What layers want graphs, as files.
    static func tasks(_ design: Design) throws -> [OutputFile] {
        // Without such a layer nothing need be looked up.
        guard design.nodes.contains(where: \.wantsAdders) else { return [] }
        return try zip(zip(design.nodes, PlacedDesign(design).sites), files(design)).compactMap { place, file in
            guard let task = place.0.task(place.1) else { return nil }
            return OutputFile(file, Array(try encoder.encode(task)))
        }
    }

    /// Has the graphs made that a design wants, and puts them into it.
    static func finish(_ context: StageContext, _ lowered: StepResult) async throws -> [String: Artifact] {
        let tasks = lowered.outputs.filter { $0.key.begins(with: folder + "/") }
        let design = lowered.outputs.filter { tasks[$0.key] == nil }
        if tasks.isEmpty { return design }
        var inputs = design.sorted { $0.key < $1.key }.map { StepInput($0.key, $0.value) }
        try await withThrowingTaskGroup(of: StepInput.self) { group in
            for (path, task) in tasks {
                group.addTask {
                    let layer = path.rest(behind: folder + "/")?.rest(before: ending) ?? path
                    let label = "adders of \(layer)"
                    let made = try await context.run(
                        AdderStep.self, label, settings: AdderStep.Settings(),
                        inputs: [StepInput(AdderStep.task, task)])
                    return StepInput(path, try made.output(AdderStep.graph))
                }
            }
            var graphs: [StepInput] = []
            for try await graph in group { graphs.append(graph) }
            inputs += graphs.sorted { $0.name < $1.name }
        }
        return try await context.run(
            AssembleStep.self, "design with adders", settings: AssembleStep.Settings(), inputs: inputs
        ).outputs
    }

    static let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return encoder
    }()
}

/// Searches for the adder graph of one product.
enum AdderStep: LongStep {
    static let name = "adders"
    static let version = 1
    static let task = "task.json"
    static let graph = "graph.json"

    struct Settings: Encodable, Sendable {}

    static func outputs(_ settings: Settings) -> [String] { [graph] }

    static func perform(_ settings: Settings, _ inputs: StepInputs, _ work: LongWork) throws -> PureResult {
        let task = try JSONDecoder().decode(AdderTask.self, from: Data(try inputs.bytes(task)))
        let found = try AdderGraph(task.product, AdderSearch(slack: task.slack)) { done, all in
            try work.progress(done, of: all, "searching for adders to share")
        }
        return [OutputFile(graph, Array(try AdderSteps.encoder.encode(found)))]
    }
}

/// Puts graphs into a design.
enum AssembleStep: PureStep {
    static let name = "design with adders"
    static let version = 1

    struct Settings: Encodable, Sendable {}

    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
        var design = try StageOutput.design.read(inputs)
        for (index, file) in AdderSteps.files(design).enumerated() where inputs.contains(file) {
            let graph = try JSONDecoder().decode(AdderGraph.self, from: Data(try inputs.bytes(file)))
            design.nodes[index].setAdders(graph)
        }
        return PureResult(try StageOutput.design.written(design))
    }
}
