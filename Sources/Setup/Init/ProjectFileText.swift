internal import Basics
internal import Config
internal import FixedPoint
internal import Options

/// A project as the text of a project file in hlsbuild's own form.
struct ProjectFileText {
    private(set) var text = ""

    /// Everything that the project states; the paths of its files as `path` gives them.
    init(_ project: Project, heading: [String], path: (String) -> String) {
        comment(heading)
        line("project: " + Self.scalar(project.name))
        model(project.model, path)
        line("backend: " + project.backend.rawValue)
        line("part: " + Self.scalar(project.part))
        clock(project.clock)
        line("io: " + project.io.rawValue)
        if project.compat == .hls4ml {
            comment(["Types, tables and casts of hls4ml 1.3.0: the numbers stay the same, bit for bit."])
        }
        line("compat: " + project.compat.rawValue)
        settings(project.options.project, maximum: project.options.maximumPrecision, indent: 0)
        scopes("types", project.options.types)
        scopes("layers", project.options.layers)
        data(project.data, path)
        programs(project.tools)
    }

    private mutating func line(_ text: String, _ indent: Int = 0) {
        self.text += String(repeating: "  ", count: indent) + text + "\n"
    }

    mutating func comment(_ lines: [String]) { for text in lines { line("# " + text) } }

    private mutating func model(_ source: ModelSource, _ path: (String) -> String) {
        switch source {
        case .file(let file): line("model: " + Self.scalar(path(file)))
        case .parts(let architecture, let weights):
            line("model:")
            line("architecture: " + Self.scalar(path(architecture)), 1)
            line("weights: " + Self.scalar(path(weights)), 1)
        }
    }

    private mutating func clock(_ clock: Clock) {
        // Twelve places: far below what any tool keeps.
        let period = clock.period.decimal(places: 12) + " ns"
        guard let uncertainty = clock.uncertainty else { return line("clock: " + period) }
        line("clock:")
        line("period: " + period, 1)
        line("uncertainty: \(uncertainty.decimal(places: 12))%", 1)
    }

    private mutating func scopes(_ key: String, _ scopes: [String: LayerOptions]) {
        let stated = scopes.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }
        guard !stated.isEmpty else { return }
        line(key + ":")
        for (name, options) in stated {
            line(Self.scalar(name) + ":", 1)
            settings(options, maximum: nil, indent: 2)
        }
    }

    private mutating func settings(_ options: LayerOptions, maximum: FixedType?, indent: Int) {
        precision(options, maximum, indent)
        func put(_ key: String, _ value: (some CustomStringConvertible)?) {
            if let value { line("\(key): \(value)", indent) }
        }
        put("reuse", options.reuse)
        put("strategy", options.strategy?.rawValue)
        put("adder_slack", options.adderSlack)
        put("implementation", options.implementation?.rawValue)
        put("table_size", options.tableSize)
        put("exp_table_size", options.expTableSize)
        put("inv_table_size", options.invTableSize)
        put("skip", options.skip)
        put("recurrent_reuse", options.recurrentReuse)
        put("depthwise_reuse", options.depthwiseReuse)
        put("pointwise_reuse", options.pointwiseReuse)
        put("parallelization", options.parallelization)
        put("fifo_depth", options.fifoDepth)
    }

    private mutating func precision(_ options: LayerOptions, _ maximum: FixedType?, _ indent: Int) {
        var rows: [(key: String, type: String)] = []
        if let standard = options.defaultPrecision { rows.append(("default", standard.written)) }
        if let maximum { rows.append(("maximum", maximum.description)) }
        for role in PrecisionRole.allCases {
            if let choice = options.precision[role] { rows.append((role.rawValue, choice.written)) }
        }
        guard let first = rows.first else { return }
        if rows.count == 1, first.key == "default" { return line("precision: " + first.type, indent) }
        line("precision:", indent)
        for row in rows { line("\(row.key): \(row.type)", indent + 1) }
    }

    private mutating func data(_ data: DataFiles, _ path: (String) -> String) {
        guard !data.files.isEmpty else { return }
        line("data:")
        func files(_ key: String, _ files: [String]) {
            if files.count == 1, let file = files.first { return line("\(key): " + Self.scalar(path(file)), 1) }
            guard !files.isEmpty else { return }
            line(key + ":", 1)
            for file in files { line("- " + Self.scalar(path(file)), 2) }
        }
        files("input", data.inputs)
        files("expected", data.expected)
        files("labels", data.labels)
        switch data.tolerance {
        case .exact: line("tolerance: exact", 1)
        case .absolute(let ratio): line("tolerance: " + ratio.decimal(places: 12), 1)
        case nil: break
        }
    }

    private mutating func programs(_ tools: [ToolName: String]) {
        guard !tools.isEmpty else { return }
        line("tools:")
        for name in ToolName.allCases {
            if let program = tools[name] { line("\(name.rawValue): " + Self.scalar(program), 1) }
        }
    }

    /// A text as a YAML scalar that reads as that text: plain where nothing can be mistaken in it.
    static func scalar(_ text: String) -> String {
        func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) || byte == 95 }
        func isPlain(_ byte: UInt8) -> Bool { isLetter(byte) || (45...57).contains(byte) }
        let words = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
        let first = text.utf8.first ?? 0
        if isLetter(first) || first == UInt8(ascii: "/"), text.utf8.allSatisfy(isPlain),
            !words.contains(text.lowercased())
        {
            return text
        }
        if !text.unicodeScalars.contains(where: isEscaped) {
            return "'" + text.substituting("'", with: "''") + "'"
        }
        return "\"" + text.unicodeScalars.map(Self.escaped).joined() + "\""
    }

    /// Whether a character ends a line for YAML or cannot be seen, or is none at all.
    private static func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned: true
        default: false
        }
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": return "\\\""
        case "\\": return "\\\\"
        case _ where isEscaped(scalar):
            let hex = String(scalar.value, radix: 16)
            let (mark, digits) = scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
            return "\\" + mark + String(repeating: "0", count: digits - hex.count) + hex
        default: return String(scalar)
        }
    }
}

extension PrecisionChoice {
    /// As a project file has it.
    fileprivate var written: String {
        switch self {
        case .auto: "auto"
        case .type(let type): type.description
        }
    }
}
