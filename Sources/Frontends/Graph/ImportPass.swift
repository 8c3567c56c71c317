internal import Basics

/// A rewriting of an import graph that keeps its mathematics: a pure function. A graph of another format, or without
/// what the pass looks for, comes back as it is.
struct ImportPass: Sendable {
    /// The name under which the pass appears in documentation.
    let name: String
    let apply: @Sendable (ImportGraph) throws(DiagnosticError) -> ImportGraph

    init(_ name: String, _ apply: @escaping @Sendable (ImportGraph) throws(DiagnosticError) -> ImportGraph) {
        self.name = name
        self.apply = apply
    }
}

/// From the graph that a reader gives to the graph that rooms read.
enum ImportPipeline {
    /// The passes in their order. Activations are split off once the order is known in which names are given.
    static let passes: [ImportPass] = [
        .order,
        .dropKerasTraining,
        .applyQKeras,
        .expandHGQ,
        .expandPQuant,
        .splitKerasActivations,
        .nameKerasActivations,
        .expandQuantizers,
        .oneForm(version: 18),
        .resolve,
        .fuseQuantizers,
        .dropUnused,
        .splitSamples,
        .channelsLast,
        .gatherAffines,
        .dropUnused,
    ]

    static func run(_ graph: ImportGraph) throws(DiagnosticError) -> ImportGraph {
        var graph = graph
        for pass in passes { graph = try pass.apply(graph) }
        return graph
    }
}
