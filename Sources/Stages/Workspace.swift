public import Basics
public import BuildEngine
public import Config
internal import Glibc
internal import HLSWriter
public import Steps

/// A project file opened for a command: the project, the road of its stages and the world it was read through.
public struct Workspace: Sendable {
    public let project: Project
    public let world: World
    public let road: Road

    /// - Parameters:
    ///   - file: the project file, relative to the current folder or absolute; its folder is the project's folder.
    ///   - overrides: settings of the command line.
    ///   - templates: where they are taken from; nil: they are looked for.
    /// - Throws: every error of the file at once.
    public init(file: String, overrides: [String], templates: TemplateSource? = nil) throws(DiagnosticError) {
        let (folder, name) = Self.split(file)
        let world = World(folder: folder)
        if let bytes = try? world.read(name) {
            project = try ProjectFile.parse(bytes, file: file, overrides: overrides)
        } else {
            // Not there, or not a file: the reader says it best.
            project = try ProjectFile.load(path: file, overrides: overrides)
        }
        // What the firmware cannot be called is wrong before any stage runs.
        if let fault = HLSProject.fault(inProject: project.name) { throw DiagnosticError(project.located(fault)) }
        self.world = world
        road = Road(ProjectSite(project, templates: templates ?? TemplateSource.find(in: world)))
    }

    /// The project's name: a C identifier.
    public var name: String { project.name }

    /// The JSON Schema of the project file.
    public static func schema() -> String { ProjectFile.schema() }

    /// A path of the command line as an absolute path.
    public static func absolute(_ path: String) throws(DiagnosticError) -> String {
        path.hasPrefix("/") ? path : try currentFolder() + "/" + path
    }

    /// The folder that relative paths of the command line start from.
    public static func currentFolder() throws(DiagnosticError) -> String {
        guard let folder = getcwd(nil, 0) else {
            throw DiagnosticError(.error("the current folder is gone"))
        }
        defer { free(folder) }
        return String(cString: folder)
    }

    /// An error for each data file that the project names and that is not there.
    public func missingDataFiles() -> [Diagnostic] {
        func missing(_ paths: [String], _ key: String) -> [Diagnostic] {
            paths.filter { !world.exists($0) }.map {
                .error("'\($0)' is not there", subject: ["data", key], help: "paths are relative to the project file")
            }
        }
        return missing(project.data.inputs, "input") + missing(project.data.expected, "expected")
    }

    /// The folder of a project file and its name in it.
    public static func split(_ file: String) -> (folder: String, name: String) {
        guard let slash = file.lastIndex(of: "/") else { return (".", file) }
        let folder = slash == file.startIndex ? "/" : String(file[..<slash])
        return (folder, String(file[file.index(after: slash)...]))
    }
}
