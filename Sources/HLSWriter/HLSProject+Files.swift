public import Basics

extension HLSProject {
    /// All files of the HLS C++ project, in alphabetical order of their paths: kernels, one function for each layer, test
    /// bench, scripts. Pure: the same Design, settings and templates give the same bytes; names come from the layers'
    /// names. Throws where the interface that is asked for cannot be.
    ///
    /// Throws what the tool would refuse, all of it at once.
    ///
    /// - Parameters:
    ///   - templates: the contents of the folder `Templates` by their paths below it (`firmware/top.cpp`,
    ///     `hls/nnet_utils/nnet_dense.h`).
    ///   - constants: whether the numbers are among what is written.
    public func files(
        _ settings: WriterSettings, templates: [String: [UInt8]], constants: ConstantForm = .written
    ) throws(DiagnosticError) -> [GeneratedFile] {
        let faults =
            InterfaceText(plan: plan, interface: settings.interface).faults
            + LimitCheck(placed: placed, plan: plan, tool: settings.dialect.tool).errors
        if !faults.isEmpty { throw DiagnosticError(faults) }
        let text = ProjectText(plan, settings, TemplateFolder(files: templates), constants)
        var files = try text.firmware() + text.host()
        files += Self.kernels(files, templates)
        try Self.checkIncludes(files)
        return files.sorted { $0.path < $1.path }
    }

    /// What is written all the same and may not turn out as it is meant: for streams, for the tool, for the part.
    public func warnings(_ settings: WriterSettings) -> [Diagnostic] {
        streamWarnings + LimitCheck(placed: placed, plan: plan, tool: settings.dialect.tool).warnings
            + (PartFit(placed, settings)?.warnings ?? [])
    }

    /// What is wrong with a project's name; nil: it can name the firmware.
    public static func fault(inProject name: String) -> Diagnostic? {
        let legal = Identifiers.sanitized(name)
        let longest = Identifiers.longestProject
        if legal == name, name.utf8.count <= longest { return nil }
        return .error(
            "'\(name)' cannot name the firmware", subject: ["project"],
            help: legal == name
                ? "write at most \(longest) characters: every symbol begins with it, and the tools cut long ones"
                : "write a name that C++, Verilog and VHDL take, for example '\(legal.prefix(longest))'")
    }

    /// Refuses what includes files outside of the project: the project would depend on more than it is made of.
    private static func checkIncludes(_ files: [GeneratedFile]) throws(DiagnosticError) {
        let faults = files.flatMap { file in
            IncludeGraph.foreignNames(in: file.bytes, at: file.path).map { name in
                Diagnostic.error(
                    "\(file.path) includes '\(name)', which is not a part of the written project",
                    help: "a file outside of it could change without anybody noticing: make it a template")
            }
        }
        if !faults.isEmpty { throw DiagnosticError(faults) }
    }

    /// The headers that the written files include, out of `Templates/hls`.
    private static func kernels(_ written: [GeneratedFile], _ templates: [String: [UInt8]]) -> [GeneratedFile] {
        var all = Dictionary(written.map { ($0.path, $0.bytes) }, uniquingKeysWith: { first, _ in first })
        let prefix = "hls/"
        for (path, bytes) in templates {
            if let name = path.rest(behind: prefix) { all["firmware/" + name] = bytes }
        }
        let graph = IncludeGraph(all)
        let own = Set(written.map(\.path))
        var needed: Set<String> = []
        for file in written where file.path.ends(with: ".cpp") { needed.formUnion(graph.closure(of: file.path)) }
        return needed.subtracting(own).sorted().compactMap { path in
            all[path].map { GeneratedFile(path: path, bytes: $0) }
        }
    }

    /// The translation units of the C simulation, each with every file that its compilation reads, so that it can be
    /// compiled with those alone and again only when one of them changes. `files`: what `write` gave.
    public static func compilationUnits(_ files: [GeneratedFile]) -> [CompilationUnit] {
        let graph = IncludeGraph(
            Dictionary(files.map { ($0.path, $0.bytes) }, uniquingKeysWith: { first, _ in first }))
        let sources = files.map(\.path).filter { path in
            path.ends(with: ".cpp") && (path.begins(with: "firmware/") || path.ends(with: "_bridge.cpp"))
        }
        return sources.sorted().map { CompilationUnit(source: $0, includes: graph.closure(of: $0)) }
    }
}

/// One source of the C simulation.
public struct CompilationUnit: Hashable, Sendable {
    public var source: String
    /// Every file of the project that compiling it reads, the source not among them, in alphabetical order.
    public var includes: [String]

    /// Folders for `-I`, relative to the project's folder.
    public static let searchPath = IncludeGraph.searchPath
}
