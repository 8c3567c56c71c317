public import Basics
public import BuildEngine
internal import Config
internal import Options
public import Steps

/// The road of a project: its stages, from the trained model to the packaged IP.
public struct Road: Sendable {
    public let site: ProjectSite
    /// In the order in which they are told; needs come first.
    public let stages: [Stage]

    public init(_ site: ProjectSite) {
        self.site = site
        stages = Self.stages(for: site.project.backend)
    }

    /// Names of all stages that any road has, in their order.
    public static let names = StageName.allCases.map(\.rawValue)

    /// From the trained model to the Design: the same for every back end.
    static let network: [Stage] = [.parse, .optimize]

    /// All stages of a back end's road.
    static func stages(for backend: Backend) -> [Stage] { network + backend.stages }

    /// The stage of a name; nil if there is none on this road.
    public subscript(name: String) -> Stage? { stages.first { $0.name.rawValue == name } }

    /// The whole road for the engine.
    public func flow() throws(DiagnosticError) -> Flow { try Flow(stages.map { $0.node(site) }) }

    /// The road for a dry run up to the written project: says all that there is to say of it, and writes nothing.
    public func draftFlow() throws(DiagnosticError) -> Flow { try Flow(stages.map { $0.node(site.draft) }) }

    /// The part of the road that leads to some stages, and a stage behind it that is told what they made.
    ///
    /// - Parameter name: of the stage behind them.
    public func flow(
        upTo needs: [StageName], then name: String, summary: String = "",
        _ body: @escaping @Sendable (StageContext) async throws -> Void
    ) throws(DiagnosticError) -> Flow {
        let last = StageNode(StageIdentity(name), needs: needs.map(\.identity), summary: summary, body: body)
        return try Flow(part(upTo: needs).map { $0.node(site) } + [last])
    }

    /// The stages and all that they need, in the order of the road.
    func part(upTo names: [StageName]) -> [Stage] {
        var wanted = Set(names)
        for stage in stages.reversed() where wanted.contains(stage.name) { wanted.formUnion(stage.needs) }
        return stages.filter { wanted.contains($0.name) }
    }
}
