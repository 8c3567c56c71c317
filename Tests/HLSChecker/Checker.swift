/// Checks a written project against the rules.
struct Checker {
    struct Finding: Hashable, Sendable, CustomStringConvertible {
        var rule: Rule
        var file: String
        var text: String

        var description: String { "\(rule) \(file): \(text)" }
    }

    /// What was read before: most projects share their kernels.
    struct Memory: Sendable {
        fileprivate var sources: [String: [String: CheckedSource]] = [:]
        fileprivate var findings: [String: [String: [Finding]]] = [:]
    }

    let target: PragmaTable.Target
    /// The files of the written project by path, those of ap_types left out.
    let files: [String: String]

    init(_ files: [String: String], _ target: PragmaTable.Target) {
        self.target = target
        self.files = files.filter { !$0.key.contains("ap_types/") }
    }

    func findings(_ memory: inout Memory) -> [Finding] {
        let sources = files.keys.filter(isHardware).sorted().map { source($0, &memory) }
        let host = files.keys.filter(isHost).sorted().map { source($0, &memory) }
        let project = CheckedProject(files, target, sources, host: host)
        let indexers = IndexRules.indexers(sources)
        var found: [Finding] = []
        let functions = project.functions
        for source in sources {
            let text = files[source.path] ?? ""
            if let known = memory.findings["\(target) \(source.path)"]?[text] {
                found += known
            } else {
                let fresh = alone(source, indexers)
                memory.findings["\(target) \(source.path)", default: [:]][text] = fresh
                found += fresh
            }
            PlaceRules(source: source, target: target, topFunction: project.top).check(&found)
            DataflowRules(source: source, functions: functions, top: project.top).check(&found)
        }
        SizeRules(project: project).check(&found)
        WidthRules(project: project).check(&found)
        DefinitionRules(project: project).check(&found)
        TurnRules(project: project).check(&found)
        RegroupRules(project: project).check(&found)
        SymbolRules(project: project).check(&found)
        AdderRules(project: project).check(&found)
        TopRules(project: project).check(&found)
        DivisionRules(project: project).check(&found)
        SharingRules(project: project).check(&found)
        ScriptRules(project: project).check(&found)
        HostRules(project: project).check(&found)
        ScheduleRules(project: project).check(&found)
        return found
    }

    private func source(_ path: String, _ memory: inout Memory) -> CheckedSource {
        let text = files[path] ?? "", key = "\(target) \(path)"
        if let known = memory.sources[key]?[text] { return known }
        let source = CheckedSource(path, text, target)
        memory.sources[key, default: [:]][text] = source
        return source
    }

    /// What a file shows by itself, the functions that take an index beside it.
    private func alone(_ source: CheckedSource, _ indexers: [String: Set<Int>]) -> [Finding] {
        var found: [Finding] = []
        LanguageRules(source: source).check(&found)
        LoopRules(source: source).check(&found)
        IndexRules(source: source, indexers: indexers).check(&found)
        ElementRules(source: source, target: target).check(&found)
        return found
    }

    /// What only programs for a computer are made of.
    private func isHost(_ path: String) -> Bool {
        !path.contains("/") && (path.hasSuffix(".h") || path.hasSuffix(".cpp"))
    }

    /// What the synthesis reads.
    private func isHardware(_ path: String) -> Bool {
        path.hasPrefix("firmware/") && (path.hasSuffix(".h") || path.hasSuffix(".cpp")) && !path.contains("/weights/")
    }
}
