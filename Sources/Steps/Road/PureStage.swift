public import Basics
internal import BuildEngine
public import Config

/// A stage that is one pure step on files of the user and on all that the stages before it made.
///
/// It can be built, and it can be asked what it would make without a build.
public struct PureStage: Sendable {
    /// A file that the project names.
    public struct Source: Hashable, Sendable {
        /// Under which the step sees it.
        public var name: String
        /// As the project file names it.
        public var path: String
        /// Where the project file does.
        public var key: [String]
        /// What is taken of a file of its kind.
        public var limit: InputLimit
    }

    /// The files of the user that the step sees.
    public let sources: @Sendable (Project) -> [Source]
    private let request: @Sendable (StageContext, String, Project, [StepInput]) async throws -> StepResult
    private let compute: @Sendable (Project, StepInputs) throws -> PureResult
    private let explain: @Sendable (Diagnostic, Project) -> Diagnostic
    private let finish: @Sendable (StageContext, StepResult) async throws -> [String: Artifact]

    /// - Parameters:
    ///   - explain: gives an error of the step its place in the project file.
    ///   - finish: what a build makes of the step's outputs where more than a moment's work is left to do; what it gives
    ///     is laid out.
    init<S: PureStep>(
        _ step: S.Type, sources: @escaping @Sendable (Project) -> [Source] = { _ in [] },
        explain: @escaping @Sendable (Diagnostic, Project) -> Diagnostic = { diagnostic, _ in diagnostic },
        finish: @escaping @Sendable (StageContext, StepResult) async throws -> [String: Artifact] = { $1.outputs },
        settings: @escaping @Sendable (Project) -> S.Settings
    ) {
        self.sources = sources
        self.explain = explain
        self.finish = finish
        request = { context, label, project, inputs in
            try await context.run(step, label, settings: settings(project), inputs: inputs)
        }
        compute = { project, inputs in try step.perform(settings(project), inputs) }
    }

    /// As a stage of a build.
    func run(_ site: ProjectSite, _ context: StageContext, _ needs: [StageName], label: String) async throws {
        var inputs = try sources(site.project).map {
            StepInput($0.name, try site.source($0.path, named: $0.key, context, within: $0.limit))
        }
        for need in needs { inputs += try context.outputs(of: need).map { StepInput($0.key, $0.value) } }
        let result: StepResult
        do {
            result = try await request(context, label, site.project, inputs)
        } catch let error as DiagnosticError {
            throw explained(error, site.project)
        }
        context.layOut(try await finish(context, result))
    }

    /// What the stage would make of these files, by their names.
    public func perform(_ project: Project, _ files: [String: [UInt8]]) throws -> [String: [UInt8]] {
        do {
            let made = try compute(project, StepInputs(files: files)).files
            return Dictionary(made.map { ($0.path, $0.bytes) }, uniquingKeysWith: { first, _ in first })
        } catch let error as DiagnosticError {
            throw explained(error, project)
        }
    }

    private func explained(_ error: DiagnosticError, _ project: Project) -> DiagnosticError {
        DiagnosticError(error.diagnostics.map { explain($0, project) })
    }
}
