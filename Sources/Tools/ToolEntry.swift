/// What a tool is needed for. One role is filled by one program at a time.
public enum ToolRole: String, Hashable, Sendable, CaseIterable {
    /// C++ to RTL and the IP package, for `backend: vitis`.
    case vitis
    /// The same for `backend: vivado`.
    case vivadoHLS = "vivado_hls"
    /// RTL to gates, for both.
    case vivado

    /// What the user knows it as.
    public var title: String {
        switch self {
        case .vitis: "Vitis HLS"
        case .vivadoHLS: "Vivado HLS"
        case .vivado: "Vivado"
        }
    }

    /// The stages that run it.
    public var stages: [String] {
        switch self {
        case .vitis, .vivadoHLS: ["synth", "export"]
        case .vivado: ["vsynth"]
        }
    }
}

/// One program of the vendor over a range of releases: everything that the rest of hlsbuild must know about it.
///
/// A new release that behaves like the last needs nothing; one that differs is one more entry in `ToolTable`. Code asks
/// the entry and never compares releases itself.
public struct ToolEntry: Hashable, Sendable {
    /// The name of the executable.
    public var program: String
    public var role: ToolRole
    /// The first release that this holds for.
    public var from: ToolVersion
    /// The first release that it does not hold for any more; nil: none yet.
    public var before: ToolVersion?
    /// Folders of an installation that hold the program: `Vivado`, `Vitis_HLS`.
    public var products: [String]
    /// How the program runs a script, or synthesises by a configuration file.
    public var command: [Word]
    /// What goes on after C synthesis, where that is another program in the same folder; nil: the same program.
    public var successor: Successor?
    public var scripting: Scripting
    /// How the program is asked for its release.
    public var versionArguments: [String]
    /// Values that the scripts take from `tool.tcl`, in its order.
    public var scriptValues: [ScriptValue]
    public var reports: ReportPaths
    public var quirks: Set<Quirk>
    /// What the written project calls the script that states `scriptValues`.
    public static let scriptFile = "tool.tcl"

    /// Mebibytes that one run needs, as an estimate for how many may run at once.
    public var memory: Int

    /// One argument of a command.
    public enum Word: Hashable, Sendable {
        case text(String)
        /// The name of the script or of the configuration file.
        case script
        /// What to do, for a program that has an option for each task.
        case task
        /// The folder that the program keeps its project in.
        case project
    }

    /// A program that takes over after C synthesis.
    public struct Successor: Hashable, Sendable {
        public var program: String
        public var command: [Word]
    }

    /// What the program takes its orders from.
    public enum Scripting: Hashable, Sendable {
        case hlsTcl, vivadoTcl
        /// A configuration file for each task; the programs know by themselves what to do with it.
        case hlsConfig
    }

    /// One `set name value` of `tool.tcl`.
    public struct ScriptValue: Hashable, Sendable {
        public var name: String
        public var value: String
        public var comment: String

        init(_ name: String, _ value: String, _ comment: String) {
            self.name = name
            self.value = value
            self.comment = comment
        }
    }

    /// Where the results of a run lie below its folder.
    public struct ReportPaths: Hashable, Sendable {
        /// All that the program keeps from one run to the next; `{top}` stands for the name of the top function.
        public var project: String
        /// Below it lie `syn/`, `sim/` and `impl/`.
        public var solution: String
        /// The folder that a kernel object is written into; empty: the folder of the run.
        public var kernels: String

        public func project(top: String) -> String { project.replacing("{top}", with: top) }

        public func solution(top: String) -> String { solution.replacing("{top}", with: top) }

        /// The Verilog of C synthesis.
        public func verilog(top: String) -> String { solution(top: top) + "/syn/verilog" }

        /// The kernel object of an export.
        public func kernel(top: String) -> String {
            (kernels.isEmpty ? "" : kernels.replacing("{top}", with: top) + "/") + top + ".xo"
        }
    }

    /// What a release is known to do wrong or not at all.
    public enum Quirk: String, Hashable, Sendable, CaseIterable {
        /// The vendor announces that the program will go.
        case deprecated
        /// Packaging an IP fails since 2022 unless its version is stated.
        case revisionOverflow
        /// No `.xo` for the accelerator flow.
        case noKernelObject
        /// A script that does not end with `exit` leaves the program waiting for commands.
        case staysOpen
    }

    /// Whether the entry describes this release of its program.
    public func covers(_ version: ToolVersion) -> Bool {
        version >= from && before.map { version < $0 } ?? true
    }

    /// The arguments that run a script.
    public func arguments(script: String) -> [String] { Self.arguments(command, script: script) }

    /// The program that does a task, and its arguments.
    public func invocation(_ task: HLSTask, top: String) -> (program: String, arguments: [String]) {
        guard task != .synthesis, let successor else {
            return (program, arguments(task, orders: task.orders(scripting), top: top))
        }
        let project = reports.project(top: top)
        let words = Self.arguments(successor.command, script: task.orders(scripting), task: task, project: project)
        return (successor.program, words)
    }

    /// The arguments of the program itself for a task by any file of orders.
    public func arguments(_ task: HLSTask, orders: String, top: String) -> [String] {
        Self.arguments(command, script: orders, task: task, project: reports.project(top: top))
    }

    private static func arguments(
        _ words: [Word], script: String, task: HLSTask = .synthesis, project: String = ""
    ) -> [String] {
        words.compactMap { word in
            switch word {
            case .text(let text): text
            case .script: script
            case .task: task.option
            case .project: project
            }
        }
    }

    /// The releases in words: `2020.2 to 2024.2`.
    public var releases: String {
        guard let before else { return "\(from) and later" }
        return "\(from) up to but not including \(before)"
    }
}
