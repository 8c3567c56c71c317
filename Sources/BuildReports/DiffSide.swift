public import Basics
internal import BuildEngine
internal import Config
internal import Estimates
internal import Layers
internal import Measures
internal import Options
public import Stages
internal import Steps

/// One of two things that `diff` compares: a build, a project as it stands or stood, a project with other settings.
public struct DiffSide: Sendable {
    /// How the user named it.
    public var name: String
    /// What can be compared, by subject (`project`, a layer, an output) and then in the order of tables.
    public var subjects: [Subject]
    /// What lies there and is not compared, since it is of another build: `csim is stale`.
    public var leftOut: [String] = []

    /// Everything that is known of one thing.
    public struct Subject: Sendable {
        public var name: String
        public var facts: [Fact]
    }

    /// One line: `weight`, `fixed<8,2>`.
    public struct Fact: Hashable, Sendable {
        public var key: String
        public var value: String
        /// Whether a tool or a simulation measured it, or it was estimated: one that only one side has was not built on
        /// the other, or lies there without its project, which is no difference.
        public var isMeasured: Bool
    }

    /// A folder `build`, or a copy of one, without its project file: what its stages left there.
    public static func build(_ folder: String, name: String) throws(DiagnosticError) -> DiffSide {
        guard let design = try StageOutput.design.read(below: folder) else {
            throw DiagnosticError(
                .error(
                    "'\(name)' is neither a project nor a build",
                    help: "name a folder with hlsbuild.yml, or one with \(designFile) as 'build' has"))
        }
        var side = DiffSide(name: name, subjects: [])
        side.add(design, costs: measured(design, folder))
        side.add(try StageOutput.simulation.read(below: folder) ?? [])
        return side
    }

    /// What a folder with a build has at least.
    private static var designFile: String {
        let design = StageOutput.design
        return design.stage.rawValue + "/" + (design.files.first ?? "")
    }

    /// What tools measured of a build whose project is not known: no estimates.
    private static func measured(_ design: Design, _ folder: String) -> [CostRow]? {
        guard let top = MeasuredCosts.top(of: folder) else { return nil }
        let names = design.nodes.map(\.name)
        let found = MeasuredCosts(build: folder, project: top, layers: names)
        return names.map { CostRow(name: $0, csynth: found.csynth[$0], vsynth: found.vsynth[$0]) }
            + [CostRow(name: top, csynth: found.csynthTotal, vsynth: found.vsynthTotal)]
    }

    /// A project as its file, its model and its data say now. What was measured counts where it is of that; what is of
    /// an earlier build, or of another project file in the folder, is left out and said.
    ///
    /// - Parameter states: how its stages stand; nil: nothing that was built is looked at.
    public static func project(
        _ workspace: Workspace, name: String, states: StageStates?
    ) throws(DiagnosticError) -> DiffSide {
        let project = workspace.project
        let build = workspace.world.absolute("build")
        var side = DiffSide(name: name, subjects: [])
        side.subjects.append(
            Subject(
                name: "project",
                facts: ProjectReport.facts(project).map { Fact(key: $0.name, value: $0.value, isMeasured: false) }))
        func isCurrent(_ stage: StageName) -> Bool { states?.currency(of: stage) == .current }
        let stored = isCurrent(.optimize) ? try StageOutput.design.read(below: build) : nil
        let design = if let stored { stored } else { try workspace.road.preview(.design, in: workspace.world) }
        let costs = try ProjectReport.costs(PlacedDesign(design), project, build: states == nil ? nil : build).rows
        side.add(design, costs: costs.map { $0.keeping(csynth: isCurrent(.synth), vsynth: isCurrent(.vsynth)) })
        let simulation = states == nil ? [] : try StageOutput.simulation.read(below: build) ?? []
        if isCurrent(.csim) { side.add(simulation) }
        let measured: [(StageName, Bool)] = [
            (.csim, !simulation.isEmpty), (.synth, costs.contains { $0.csynth != nil }),
            (.vsynth, costs.contains { $0.vsynth != nil }),
        ]
        side.leftOut = measured.compactMap { stage, isThere in isThere ? states?.doubt(stage) : nil }
        return side
    }

    // MARK: facts

    private mutating func add(_ design: Design, costs: [CostRow]?) {
        let rows = design.inputs.map { LayerRow($0) } + design.nodes.map { LayerRow($0) }
        let hardware = Dictionary((costs ?? []).map { ($0.name, $0) }) { first, _ in first }
        for row in rows {
            subjects.append(Subject(name: row.name, facts: Self.facts(row) + Self.facts(hardware[row.name])))
        }
        for row in costs ?? [] where !rows.contains(where: { $0.name == row.name }) {
            subjects.append(Subject(name: row.name + " (all)", facts: Self.facts(row)))
        }
        for node in design.nodes { add(constants: node) }
    }

    /// Weights are told by their digest: they are too many to show.
    private mutating func add(constants node: Design.Node) {
        guard let index = subjects.firstIndex(where: { $0.name == node.name }),
            let files = try? NetworkFiles(node.operation)
        else { return }
        guard !files.tensors.isEmpty else { return }
        let digest = Digest(of: files.tensors).description.prefix(12)
        subjects[index].facts.append(Fact(key: "numbers", value: String(digest), isMeasured: false))
    }

    private mutating func add(_ outputs: [SimulationRow]) {
        for row in outputs {
            let values: [(String, String)] =
                [
                    ("samples", String(row.samples)),
                    ("against", row.reference == .model ? "the model as trained" : ""),
                    ("max error", Figure.short(row.maxError)),
                    ("mean error", Figure.short(row.meanError)), ("mismatches", String(row.mismatches)),
                    ("same arg max", row.argmaxAgreement.map(Figure.short) ?? ""),
                    ("accuracy", row.classification.map { Figure.short($0.accuracy.firmware) } ?? ""),
                    ("accuracy as trained", row.classification.map { Figure.short($0.accuracy.float) } ?? ""),
                ]
                + (row.classification?.classes ?? []).map {
                    ("ROC AUC of class \($0.index)", $0.firmware.map(Figure.short) ?? "")
                }
            subjects.append(
                Subject(
                    name: "csim " + row.name,
                    facts: values.filter { !$0.1.isEmpty }.map { Fact(key: $0.0, value: $0.1, isMeasured: true) }))
        }
    }

    private static func facts(_ row: LayerRow) -> [Fact] {
        let values: [(String, String?)] =
            [
                ("operation", row.operation), ("shape", row.shape.map(String.init).joined(separator: "x")),
                ("result", row.result), ("weight", row.weight), ("bias", row.bias), ("accum", row.accum),
            ] + row.tables.map { ($0.name, $0.type) } + [
                ("strategy", row.strategy), ("reuse", row.reuse.map(String.init)),
                ("adders", row.adders.map(String.init)), ("adder depth", row.adderDepth.map(String.init)),
            ]
        return values.compactMap { key, value in value.map { Fact(key: key, value: $0, isMeasured: false) } }
    }

    private static func facts(_ row: CostRow?) -> [Fact] {
        guard let row else { return [] }
        return row.sources.flatMap { source in
            source.cost.entries.compactMap { entry in
                entry.value.map { Fact(key: "\(source.name) \(entry.name)", value: String($0), isMeasured: true) }
            }
        }
    }
}
