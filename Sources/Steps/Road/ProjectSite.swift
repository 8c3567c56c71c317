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
    /// Whether the project is only to be found possible: the numbers of its constants, which are most of all that is
    /// written, are left out, and nothing is laid out.
    public private(set) var isDraft = false

    public init(
        _ project: Project, templates: TemplateSource, toolRoots: [String]? = nil, takesAnyCompiler: Bool = false
    ) {
        self.project = project
        self.templates = templates
        self.toolRoots = toolRoots
        self.takesAnyCompiler = takesAnyCompiler
    }

    /// The same place for a look at whether the project can be written.
    public var draft: ProjectSite {
        var site = self
        site.isDraft = true
        return site
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
