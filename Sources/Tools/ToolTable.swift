/// All programs and releases that hlsbuild knows how to drive.
public enum ToolTable {
    ///
    /// Of one role the preferred program stands last.
    public static let entries: [ToolEntry] = [
        vivadoHLS, vitisConfig, vitisHLSFirst, vitisHLS, vitisRun, vivado,
    ]

    /// The programs that fill a role, the preferred one first, each once.
    public static func programs(_ role: ToolRole) -> [String] {
        var names: [String] = []
        for entry in entries.reversed() where entry.role == role && !names.contains(entry.program) {
            names.append(entry.program)
        }
        return names
    }

    /// The entry for a release of a program; nil: hlsbuild does not know how to drive it.
    public static func entry(program: String, version: ToolVersion) -> ToolEntry? {
        entries.first { $0.program == program && $0.covers(version) }
    }

    /// The entry of the newest releases of a role: what written projects are meant for when nothing else is known.
    public static func newest(_ role: ToolRole) -> ToolEntry? { entries.last { $0.role == role } }

    private static let classic = ToolEntry.ReportPaths(
        project: "{top}_prj", solution: "{top}_prj/solution1", kernels: "")

    private static func flowOption(_ option: String) -> ToolEntry.ScriptValue {
        .init("flow_option", option, "the option of open_solution that names the flow; none: there is but one")
    }

    private static func partitionOption(_ option: String) -> ToolEntry.ScriptValue {
        .init(
            "partition_option", option,
            "the option of config_array_partition that raises the limit of complete partitions; none: no limit")
    }

    private static func profilingOptions(_ options: String) -> ToolEntry.ScriptValue {
        .init(
            "profiling_options", options,
            "the options of cosim_design that tell how full the FIFOs become; none: it cannot")
    }

    private static let profiling = "-enable_dataflow_profiling"

    private static func sizingOption(_ option: String) -> ToolEntry.ScriptValue {
        .init(
            "fifo_sizing_option", option,
            "the option of cosim_design that searches for depths of the FIFOs; none: it cannot")
    }

    private static let sizing = "-enable_fifo_sizing"

    static let vivadoHLS = ToolEntry(
        program: "vivado_hls", role: .vivadoHLS, from: ToolVersion(2018, 1), before: ToolVersion(2020, 2),
        products: ["Vivado"], command: [.text("-f"), .script], scripting: .hlsTcl, versionArguments: ["-version"],
        scriptValues: [
            flowOption("{}"), partitionOption("-maximum_size"), profilingOptions("{}"), sizingOption("{}"),
        ], reports: classic, quirks: [.revisionOverflow, .noKernelObject, .staysOpen], memory: 6 << 10)

    /// The first release spelt one option in its own way.
    static let vitisHLSFirst = ToolEntry(
        program: "vitis_hls", role: .vitis, from: ToolVersion(2020, 1), before: ToolVersion(2020, 2),
        products: ["Vitis", "Vitis_HLS"], command: [.text("-f"), .script], scripting: .hlsTcl,
        versionArguments: ["-version"],
        scriptValues: [
            flowOption("-target"), partitionOption("{}"), profilingOptions("{}"), sizingOption("{}"),
        ],
        reports: classic, quirks: [.revisionOverflow, .staysOpen], memory: 4 << 10)

    static let vitisHLS = ToolEntry(
        program: "vitis_hls", role: .vitis, from: ToolVersion(2020, 2), before: ToolVersion(2025, 1),
        products: ["Vitis_HLS", "Vitis"], command: [.text("-f"), .script], scripting: .hlsTcl,
        versionArguments: ["-version"],
        scriptValues: [
            flowOption("-flow_target"), partitionOption("{}"), profilingOptions(profiling), sizingOption(sizing),
        ],
        reports: classic, quirks: [.revisionOverflow, .deprecated, .staysOpen], memory: 4 << 10)

    /// `--mode` is there from 2023.1; the vendor recommends the program from 2023.2.
    static let vitisRun = ToolEntry(
        program: "vitis-run", role: .vitis, from: ToolVersion(2023, 1), before: nil, products: ["Vitis"],
        command: [.text("--mode"), .text("hls"), .text("--tcl"), .script], scripting: .hlsTcl,
        versionArguments: ["--version"],
        scriptValues: [
            flowOption("-flow_target"), partitionOption("{}"), profilingOptions(profiling), sizingOption(sizing),
        ],
        reports: classic, quirks: [], memory: 4 << 10)

    /// Configuration files in place of Tcl, for whoever asks for it.
    ///
    /// From 2023.2 the options have the names that the written files use (2023.1 packaged by `syn.output.format`);
    /// 2026.1 replaces `flow_target`.
    static let vitisConfig = ToolEntry(
        program: "v++", role: .vitis, from: ToolVersion(2023, 2), before: ToolVersion(2026, 1), products: ["Vitis"],
        command: [
            .text("-c"), .text("--mode"), .text("hls"), .text("--config"), .script, .text("--work_dir"), .project,
        ],
        successor: .init(
            program: "vitis-run",
            command: [
                .text("--mode"), .text("hls"), .task, .text("--config"), .script, .text("--work_dir"), .project,
            ]), scripting: .hlsConfig, versionArguments: ["--version"], scriptValues: [],
        reports: .init(project: "{top}_work", solution: "{top}_work/hls", kernels: "{top}_work"), quirks: [],
        memory: 4 << 10)

    static let vivado = ToolEntry(
        program: "vivado", role: .vivado, from: ToolVersion(2018, 1), before: nil, products: ["Vivado"],
        command: [
            .text("-mode"), .text("batch"), .text("-nojournal"), .text("-nolog"), .text("-notrace"), .text("-source"),
            .script,
        ], scripting: .vivadoTcl, versionArguments: ["-version"], scriptValues: [], reports: classic, quirks: [],
        memory: 6 << 10)
}

extension ToolEntry {
    /// The file `tool.tcl` of a written project: what the scripts need to know of the release that runs them.
    public var script: String {
        var text = "# What differs between releases of the tool. These values are for \(role.title) \(releases).\n"
        for value in scriptValues { text += "# \(value.comment)\nset \(value.name) \(value.value)\n" }
        return text
    }
}
