public import Basics
internal import BuildEngine
internal import Config
internal import Frontends
internal import Layers
internal import Options
internal import Stages
public import Steps

/// Makes the files of a new project.
public struct Starter: Sendable {
    /// Files by their names in the new folder, in the order in which they are written.
    public var files: [(name: String, bytes: [UInt8])]
    /// What should be known about them.
    public var warnings: [Diagnostic]
    private let folder: String

    /// The folder is made when the files are written.
    /// - Parameter folder: absolute.
    private init(_ folder: String) {
        self.folder = folder
        files = []
        warnings = []
    }

    /// Writes the files; none if one of them is there already.
    public func write() throws(DiagnosticError) {
        let present = files.filter { Files.linkStatus(folder + "/" + $0.name) != nil }
        guard present.isEmpty else {
            throw DiagnosticError(
                present.map {
                    .error(
                        "'\(folder)/\($0.name)' is there already", help: "name another folder: nothing is overwritten")
                })
        }
        do throws(FileError) {
            try Files.makeDirectories(folder)
            for file in files { try Files.create(folder + "/" + file.name, file.bytes) }
        } catch {
            throw DiagnosticError(error.diagnostic)
        }
    }
}

// MARK: version control

extension Starter {
    private static let ignoreFile = ".gitignore"

    /// Adds what tells git to leave alone all that is built. A file that is there stays as it is, and what it lacks is told.
    public mutating func ignoreResults() {
        let names = World.ownFolderNames
        let path = folder + "/" + Self.ignoreFile
        guard Files.linkStatus(path) != nil else {
            let text = "# What hlsbuild makes and keeps.\n" + names.map { "/\($0)/\n" }.joined()
            return files.append((Self.ignoreFile, Array(text.utf8)))
        }
        let lines = ((try? Files.text(path)) ?? "").parts(at: "\n")
        let lacking = names.filter { name in
            !lines.contains { [name, "/" + name, name + "/", "/\(name)/"].contains($0) }
        }
        guard !lacking.isEmpty else { return }
        warnings.append(
            Diagnostic(
                .note, "'\(path)' is there already and stays as it is",
                help: "what hlsbuild makes need not be kept: let git ignore \(lacking.joined(separator: " and "))"))
    }
}

// MARK: from a model

extension Starter {
    /// A project file for a trained model, with the layers that are found in it.
    /// - Parameters:
    ///   - model: the whole model, or its architecture.
    ///   - weights: the weights where they are a file of their own.
    ///   - file: the project file's name.
    public init(model: String, weights: String?, folder: String, file: String) throws(DiagnosticError) {
        self.init(folder)
        func read(_ path: String) throws(DiagnosticError) -> ModelFiles.File {
            do {
                return ModelFiles.File(name: path, bytes: try Files.read(path, within: .model))
            } catch {
                throw DiagnosticError(error.diagnostic)
            }
        }
        let whole = try read(model)
        let network =
            if let weights = weights ?? Self.dataFile(of: whole) {
                try ModelReader.read(.parts(architecture: whole, weights: try read(weights)))
            } else {
                try ModelReader.read(.whole(whole))
            }
        func path(_ written: String) throws(DiagnosticError) -> String {
            RelativePath.from(folder, to: try Workspace.absolute(written))
        }
        let source: ModelSource =
            if let weights {
                .parts(architecture: try path(model), weights: try path(weights))
            } else {
                .file(try path(model))
            }
        let text = ModelProjectText(network, source, name: Self.name(of: model)).text
        try Self.check(text, file)
        files = [(file, Array(text.utf8))]
    }

    /// The file that a model names for its numbers, where it is there.
    private static func dataFile(of model: ModelFiles.File) -> String? {
        guard let data = ModelReader.dataFile(of: model) else { return nil }
        let path = (PathText.parent(of: model.name) ?? ".") + "/" + data
        return Files.status(path) == nil ? nil : path
    }

    /// A project's name from the name of a file.
    private static func name(of path: String) -> String {
        let file = PathText.name(of: path)
        let stem = file.utf8.lastIndex(of: UInt8(ascii: ".")).map { String(file[..<$0]) } ?? file
        return ProjectFile.name(from: stem)
    }

    /// Reads what was written: an error here is a fault of this program and must not reach a user's folder.
    @discardableResult
    private static func check(_ text: String, _ file: String) throws(DiagnosticError) -> Project {
        try ProjectFile.parse(Array(text.utf8), file: file)
    }
}

// MARK: from an hls4ml file

extension Starter {
    /// An hls4ml YAML in hlsbuild's own form, with the same numbers.
    /// - Parameters:
    ///   - source: the path of the hls4ml file.
    ///   - file: the project file's name.
    public init(hls4ml source: String, folder: String, file: String) throws(DiagnosticError) {
        self.init(folder)
        let project = try ProjectFile.load(path: source)
        guard project.format == .hls4ml else {
            throw DiagnosticError(
                .error(
                    "'\(source)' is hlsbuild's own form already", help: "copy it, or use it where it is: -f \(source)"))
        }
        let base = try Workspace.absolute(project.directory)
        let heading = ["Made from \(PathText.name(of: source).visible)."]
        let text = ProjectFileText(project, heading: heading) { written in
            RelativePath.from(folder, to: PathText.isAbsolute(written) ? written : base + "/" + written)
        }.text
        let copy = try Self.check(text, file)
        guard copy.options == project.options, copy.io == project.io, copy.backend == project.backend else {
            throw DiagnosticError(
                .error(
                    "'\(source)' says something that hlsbuild's own form cannot say",
                    help: "use it as it is: hlsbuild -f \(source)"))
        }
        if project.hints != ImportHints() {
            warnings.append(
                .warning(
                    "shapes and layouts of the inputs are left out: hlsbuild reads them from the model",
                    help: "to keep them, use the file as it is: hlsbuild -f \(source)"))
        }
        warnings += project.warnings
        files = [(file, Array(text.utf8))]
    }
}

// MARK: from a template

extension Starter {
    /// A copy of an example.
    /// - Parameter name: one of `templates(in:)`.
    public init(template name: String, templates: TemplateSource, folder: String) throws(DiagnosticError) {
        self.init(folder)
        let all = templates.projects()
        guard let found = all.first(where: { $0.name == name }) else {
            let names = all.map(\.name)
            let near = Spelling.nearest(to: name, in: names).map { "did you mean '\($0)'? " } ?? ""
            throw DiagnosticError(
                .error(
                    "there is no template '\(name)'", help: near + "templates: \(names.joined(separator: ", "))"))
        }
        files = found.files
    }
}
