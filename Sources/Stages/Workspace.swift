public import Basics
public import BuildEngine
public import Config
internal import Glibc
internal import HLSWriter
public import Steps

/// A project file opened for a command: the project, the road of its stages and the world it was read through.
public struct Workspace: Sendable {
    public let project: Project
    /// The project file's name in the project's folder.
    public let file: String
    public let world: World
    public let road: Road

    /// - Parameters:
    ///   - file: the project file, relative to the current folder or absolute; its folder is the project's folder.
    ///   - overrides: settings of the command line.
    ///   - templates: where they are taken from; nil: they are looked for.
    ///   - takesAnyCompiler: as in `ProjectSite`.
    /// - Throws: every error of the file at once.
    public init(file: String, overrides: [String], templates: TemplateSource? = nil, takesAnyCompiler: Bool = false)
        throws(DiagnosticError)
    {
        let (folder, name) = PathText.split(file)
        if !PathText.isAbsolute(folder) { _ = try Self.currentFolder() }
        guard !name.utf8.contains(where: { $0 < 32 || $0 == 127 }) else {
            throw DiagnosticError(
                .error("the project file's name '\(name)' has a control character in it", help: "rename the file"))
        }
        let world = World(folder: folder)
        var project: Project
        if let bytes = try? world.read(name, within: .projectFile) {
            do throws(DiagnosticError) {
                project = try ProjectFile.parse(bytes, file: file, overrides: overrides)
            } catch {
                // With what is wrong with the file itself, what it says of layers that there are not: all errors at once.
                let outline = ProjectFile.outline(bytes, file: file, overrides: overrides)
                throw DiagnosticError((error.diagnostics + (outline?.nameFaults(in: world) ?? [])).inOrder(of: file))
            }
        } else {
            // Not there, not a file, too large: the reader says it best.
            project = try ProjectFile.load(path: file, overrides: overrides)
        }
        project.model = project.model.withDataFile(in: world)
        self.project = project
        // What the firmware cannot be called is wrong before any stage runs.
        if let fault = HLSProject.fault(inProject: project.name) { throw DiagnosticError(project.located(fault)) }
        self.world = world
        self.file = name
        road = Road(
            ProjectSite(
                project, templates: templates ?? TemplateSource.find(in: world), takesAnyCompiler: takesAnyCompiler))
    }

    /// The project's name: a C identifier.
    public var name: String { project.name }

    /// The JSON Schema of the project file.
    public static func schema() -> String { ProjectFile.schema() }

    /// A path of the command line as an absolute path.
    public static func absolute(_ path: String) throws(DiagnosticError) -> String {
        PathText.isAbsolute(path) ? path : try currentFolder() + "/" + path
    }

    /// The folder that relative paths of the command line start from. Throws where it is gone or its name is not UTF-8.
    public static func currentFolder() throws(DiagnosticError) -> String {
        guard let folder = getcwd(nil, 0) else {
            throw DiagnosticError(.error("the current folder is gone"))
        }
        defer { free(folder) }
        guard let text = String(validatingCString: folder) else {
            throw DiagnosticError(
                .error(
                    "the name of the folder '\(String(cString: folder))' is not UTF-8",
                    help: "rename the folder: what is built in it would get another name"))
        }
        return text
    }

    /// An error for each data file that the project names and that is not there.
    /// - Parameter told: what has been said already; a file that it names is not told of again.
    public func missingDataFiles(besides told: [Diagnostic] = []) -> [Diagnostic] {
        func missing(_ paths: [String], _ key: String) -> [Diagnostic] {
            var seen: Set<String> = []
            return paths.filter { path in
                !world.exists(path) && seen.insert(path).inserted
                    && !told.contains { $0.subject == ["data", key] && $0.message.contains("'\(path)'") }
            }.map {
                .error("'\($0)' is not there", subject: ["data", key], help: "paths are relative to the project file")
            }
        }
        return missing(project.data.inputs, "input") + missing(project.data.expected, "expected")
            + missing(project.data.labels, "labels")
    }
}
