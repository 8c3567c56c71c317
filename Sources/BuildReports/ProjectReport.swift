public import Basics
internal import BuildEngine
internal import Config
public import Estimates
internal import Layers
public import Measures
internal import Options
public import Stages
internal import Steps
internal import Vendor

/// What a built project is. Only reads: what is not built is not there.
public struct ProjectReport: Sendable {
    /// Which build the figures of each stage are of.
    public let states: StageStates
    /// Name, part, clock and the like, as the project file states them.
    public var facts: [(name: String, value: String)]
    /// The layers of the firmware in order; nil if stage optimize has not been built.
    public var layers: [LayerRow]?
    /// What every layer costs, and last the whole design under the project's name; nil as `layers` is.
    public var costs: [CostRow]?
    /// The FIFOs between the layers; empty with arrays, nil as `layers` is.
    public var fifos: [FIFORow]?
    /// What the part offers; nil where it is not known.
    public var part: Part?
    /// The same as the tools say that have measured the design.
    public var available = AvailableCosts()
    /// What csim measured, one row an output; nil if it has not simulated anything.
    public var simulation: [SimulationRow]?
    /// Whether the project file names data to simulate.
    public var hasData: Bool
    /// The tolerance that csim holds the outputs against, as written; nil: none.
    public var tolerance: String?
    /// The budgets of the project file.
    public var budgets: [BudgetRow]

    /// - Parameter states: how the stages of that project stand.
    /// - Throws: `DiagnosticError` if a file under `build` is not what the stage wrote.
    public init(of workspace: Workspace, states: StageStates) throws(DiagnosticError) {
        let project = workspace.project
        self.states = states
        facts = Self.facts(project)
        hasData = !project.data.inputs.isEmpty
        tolerance = project.data.tolerance?.text
        part = Part.named(project.part)
        let build = workspace.world.absolute("build")
        let design = try StageOutput.design.read(below: build)
        layers = design.map { design in design.inputs.map { LayerRow($0) } + design.nodes.map { LayerRow($0) } }
        let table = try design.map { design throws(DiagnosticError) in
            Self.costs(try PlacedDesign(design), project, build: build)
        }
        costs = table?.rows
        available = table?.available ?? AvailableCosts()
        let measured = try StageOutput.fifos.read(below: build) ?? []
        fifos = design.map { FIFORow.rows($0, project: project.name, measured: measured) }
        simulation = try StageOutput.simulation.read(below: build)
        budgets = BudgetRow.rows(project, costs: costs?.last, outputs: simulation ?? [], states: states)
    }

    static func facts(_ project: Project) -> [(name: String, value: String)] {
        var clock = project.clock.period.description + " ns"
        if let uncertainty = project.clock.uncertainty { clock += " (uncertainty \(uncertainty)%)" }
        return [
            ("project", project.name), ("part", project.part), ("clock", clock),
            ("backend", project.backend.rawValue), ("io", project.io.rawValue), ("compat", project.compat.rawValue),
        ]
    }

    /// Estimates of every layer that is written, and beside them what tools measured.
    static func costs(
        _ placed: PlacedDesign, _ project: Project, build: String?
    ) -> (rows: [CostRow], available: AvailableCosts) {
        let target = Target(backend: project.backend, part: project.part, period: project.clock.period.double)
        let estimate = DesignEstimate(placed, target)
        let names = estimate.layers.map(\.name)
        let measured = build.map { MeasuredCosts(build: $0, project: project.name, layers: names) }
        let rows = estimate.layers.map { layer in
            CostRow(
                name: layer.name, estimate: Cost(layer.estimate), csynth: measured?.csynth[layer.name],
                vsynth: measured?.vsynth[layer.name])
        }
        let total = CostRow(
            name: project.name, estimate: Cost(estimate.total), csynth: measured?.csynthTotal,
            vsynth: measured?.vsynthTotal)
        return (rows + [total], measured?.available ?? AvailableCosts())
    }
}
