public import Basics
internal import Glibc
internal import Options

/// Reading project files of both formats.
public enum ProjectFile {
    /// Reads and types a project file.
    ///
    /// - Parameters:
    ///   - path: the file; diagnostics name it as given here.
    ///   - overrides: settings of the command line, `layers.fc1.reuse=4`; the last of two for one key wins.
    /// - Throws: all errors of the file at once, sorted by position.
    public static func load(path: String, overrides: [String] = []) throws(DiagnosticError) -> Project {
        try parse(try FileText.read(path), file: path, overrides: overrides)
    }

    /// The same for a text that is already in memory.
    public static func parse(_ bytes: [UInt8], file: String, overrides: [String] = []) throws(DiagnosticError)
        -> Project
    {
        let (root, draft, reading) = try read(bytes, file: file, overrides: overrides)
        var complete = reading
        draft.check(root, &complete)
        let all = sorted(complete.diagnostics, file)
        guard !all.contains(where: { $0.severity == .error }), let project = draft.project(file, complete, all) else {
            throw DiagnosticError(all)
        }
        return project
    }

    /// As much as is right of a project file that has errors; nil where that is nothing.
    public static func outline(_ bytes: [UInt8], file: String, overrides: [String] = []) -> ProjectOutline? {
        guard let (_, draft, reading) = try? read(bytes, file: file, overrides: overrides), let model = draft.model
        else { return nil }
        return ProjectOutline(model: model, options: draft.options, places: reading.places)
    }

    /// All of the file that can be read, and everything that is wrong with single values of it.
    private static func read(
        _ bytes: [UInt8], file: String, overrides: [String]
    ) throws(DiagnosticError) -> (root: Node, draft: ProjectDraft, reading: Reading) {
        var (root, diagnostics) = try YAML.read(bytes, file: file)
        let start = SourceLocation(file: file, line: 1, column: 1)
        guard root.entries != nil else {
            diagnostics.append(
                .error(
                    "expected keys and values, found \(root.summary)", at: root.location,
                    help: "a project file has at least 'project:', 'model:' and 'part:'; 'hlsbuild init' writes one"))
            throw DiagnosticError(sorted(diagnostics, file))
        }
        guard let format = format(of: root) else {
            // Said once, and without repeating what may be somebody's private file.
            diagnostics.append(
                .error(
                    "this is no project file: it has none of the keys of one", at: root.location,
                    help: "a project file has at least 'project:', 'model:' and 'part:'; 'hlsbuild init' writes one"))
            throw DiagnosticError(sorted(diagnostics, file))
        }
        let limit = InputLimit.settings, size = overrides.reduce(0) { $0 + $1.utf8.count }
        guard overrides.count <= limit.elements, size <= limit.bytes else {
            throw DiagnosticError(
                .error(
                    "\(overrides.count) settings (--set) of \(size) bytes are more than are taken: \(limit.elements) of "
                        + InputLimit.size(limit.bytes), help: "write them into the project file"))
        }
        for override in overrides { Override.apply(override, to: &root, format, &diagnostics) }
        Tags.check(root, format, &diagnostics)

        var reading = Reading(format, places: Places(start: start), diagnostics: diagnostics)
        let draft: ProjectDraft
        switch format {
        case .hlsbuild:
            var native = ProjectDraft()
            root.entries?.read(ProjectFields.all, "the project file", at: root, into: &native, &reading)
            draft = native
        case .hls4ml:
            var hls4ml = HLS4MLDraft()
            root.entries?.read(
                HLS4MLFields.all, "an hls4ml file", at: root, into: &hls4ml, &reading,
                elsewhere: HLSConfigFields.belowModel)
            draft = hls4ml.finished(root: root, &reading)
        }
        return (root, draft, reading)
    }

    /// A project's name made of any text: the nearest that is legal in C++ and Verilog.
    public static func name(from text: String) -> String { Identifier.made(from: text) }

    /// Which of the two formats a root mapping is: the one that more of its keys belong to, hlsbuild's in doubt. Nil
    /// where no key, not even misspelt, belongs to either.
    static func format(of root: Node) -> ProjectFormat? {
        var native = 0
        var foreign = 0
        for entry in root.entries ?? [] {
            guard let key = entry.key.text else { continue }
            if ProjectFields.all.contains(where: { $0.name == key }) { native += 1 }
            if HLS4MLFields.all.contains(where: { $0.name == key }) { foreign += 1 }
        }
        if foreign > native { return .hls4ml }
        if native > 0 { return .hlsbuild }
        let names = ProjectFields.all.map(\.name)
        // Whose first keys are all of another kind is no project file.
        let meant = (root.entries ?? []).prefix([Diagnostic].errorLimit).contains { entry in
            entry.key.text.map { Spelling.nearest(to: $0, in: names) != nil } ?? false
        }
        return meant ? .hlsbuild : nil
    }

    /// By position; what the command line says comes last. Of very many errors the first are kept, and said so.
    private static func sorted(_ diagnostics: [Diagnostic], _ file: String) -> [Diagnostic] {
        diagnostics.inOrder(of: file).bounded
    }
}

extension ProjectDraft {
    /// What can only be said of several values together.
    func check(_ root: Node, _ reading: inout Reading) {
        if let part, let backend, backend != .open, !["xc", "xq", "xa"].contains(where: part.lowercased().hasPrefix) {
            reading.diagnostics.append(
                .error(
                    "'\(part)' is no part that \(backend.rawValue) knows", at: reading.places.locate(["part"]),
                    help: "an AMD part begins with xc: write, for example, \(PartName.example), or 'backend: open'"))
        }
        if vendor.cosimSamples > 0, data?.inputs.isEmpty ?? true {
            reading.diagnostics.append(
                .error(
                    "there is nothing to simulate the RTL on", at: reading.places.locate(["synth", "cosim"]),
                    help: "name the data: 'data: {input: x.npy}'"))
        }
        if vendor.format == .xo, backend == .vivado || io != .stream {
            reading.diagnostics.append(
                .error(
                    "a kernel object needs 'backend: vitis' and 'io: stream'",
                    at: reading.places.locate(["export", "format"]), help: "write 'format: ip_catalog' for an IP"))
        }
        if reading.places.wrote(["export", "version"]), reading.places.wrote(["ip", "version"]) {
            reading.diagnostics.append(
                .error(
                    "the version of the IP is stated twice", at: reading.places.locate(["export", "version"]),
                    help: "keep one of 'ip: {version: ...}' and 'export: {version: ...}'"))
        }
        if let data, data.tolerance != nil, data.expected.isEmpty {
            reading.diagnostics.append(
                .error(
                    "a tolerance without expected outputs is not used",
                    at: reading.places.locate(["data", "tolerance"]), help: "name the outputs: 'expected: y.npy'"))
        }
        if let data, !data.expected.isEmpty, data.inputs.isEmpty, reading.places.wrote(["data", "expected"]) {
            reading.diagnostics.append(
                .error(
                    "expected outputs without an input are not used", at: reading.places.locate(["data", "expected"]),
                    help: "name the input: 'input: x.npy'"))
        }
    }

    /// The project, unless something required is missing (which has been reported).
    func project(_ file: String, _ reading: Reading, _ diagnostics: [Diagnostic]) -> Project? {
        guard let name, let model, let part, let clock = clock ?? Ratio(5).map({ Clock(period: $0) }) else {
            return nil
        }
        return Project(
            file: file, format: reading.format, name: name, model: model, backend: backend ?? .open, part: part,
            clock: clock, io: io ?? .parallel, interface: interface ?? InterfaceOptions(),
            options: options, data: data ?? DataFiles(),
            expectations: expectations ?? [], tools: tools ?? [:], vendor: vendor, hints: hints, places: reading.places,
            warnings: diagnostics)
    }
}
