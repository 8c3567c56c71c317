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
    /// How the program runs a script.
    public var command: [Word]
    public var scripting: Scripting
    /// How the program is asked for its release.
    public var versionArguments: [String]
    /// Values that the scripts take from `tool.tcl`, in its order.
    public var scriptValues: [ScriptValue]
    public var reports: ReportPaths
    public var quirks: Set<Quirk>
    /// Mebibytes that one run needs, as an estimate for how many may run at once.
    public var memory: Int

    /// One argument of a command.
    public enum Word: Hashable, Sendable {
        case text(String)
        /// The script's file name.
        case script
    }

    /// What the program takes its orders from.
    public enum Scripting: Hashable, Sendable {
        case hlsTcl, vivadoTcl
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
        /// Below it lie `syn/`, `sim/` and `impl/`; `{top}` stands for the name of the top function.
        public var solution: String

        public func solution(top: String) -> String { solution.replacing("{top}", with: top) }
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
    public func arguments(script: String) -> [String] {
        command.map { word in
            switch word {
            case .text(let text): text
            case .script: script
            }
        }
    }

    /// The releases in words: `2020.2 to 2024.2`.
    public var releases: String {
        guard let before else { return "\(from) and later" }
        return "\(from) up to but not including \(before)"
    }
}
