internal import Basics
internal import BuildEngine
public import Config

/// Where a stage works: the project, and where the templates and the vendor's tools of this machine lie.
///
/// A stage turns what the project says into the settings of steps, each step seeing only its own.
public struct ProjectSite: Sendable {
    public let project: Project
    public let templates: TemplateSource
    /// Where the vendor's tools are looked for; nil: where the installers put them.
    public let toolRoots: [String]?
    /// Whether the C simulation takes a compiler of this machine where the one that the project names is not there: its
    /// results are the same integers.
    public let takesAnyCompiler: Bool

    public init(
        _ project: Project, templates: TemplateSource, toolRoots: [String]? = nil, takesAnyCompiler: Bool = false
    ) {
        self.project = project
        self.templates = templates
        self.toolRoots = toolRoots
        self.takesAnyCompiler = takesAnyCompiler
    }

    /// A file of the user. One that cannot be read is reported at the place where the project file names it.
    /// - Parameters:
    ///   - key: that place; empty for a file of the command line.
    ///   - limit: what is taken of a file of its kind.
    func source(
        _ path: String, named key: [String], _ context: StageContext, within limit: InputLimit
    ) throws -> Artifact {
        do { return try context.source(path, within: limit) } catch let error as FileError {
            var diagnostic = error.diagnostic
            diagnostic.subject = key
            if !key.isEmpty { diagnostic.help = diagnostic.help ?? "paths are relative to the project file" }
            throw DiagnosticError(diagnostic)
        }
    }
}
