/// What a tool of high-level synthesis is started for.
public enum HLSTask: String, Hashable, Sendable, CaseIterable {
    /// C++ to RTL.
    case synthesis
    /// The RTL simulated with the C++ test bench.
    case cosimulation
    /// The RTL as an IP for the catalog.
    case packaging
    /// The RTL as a kernel object for the accelerator flow.
    case kernel

    /// The file of the written project that the tool takes its orders from.
    public func orders(_ scripting: ToolEntry.Scripting) -> String {
        switch (scripting, self) {
        case (.hlsConfig, .synthesis): "synth.cfg"
        case (.hlsConfig, .cosimulation): "cosim.cfg"
        case (.hlsConfig, .packaging), (.hlsConfig, .kernel): "export.cfg"
        case (.hlsTcl, .synthesis), (.vivadoTcl, .synthesis): "synth.tcl"
        case (.hlsTcl, .cosimulation), (.vivadoTcl, .cosimulation): "cosim.tcl"
        case (.hlsTcl, .packaging), (.vivadoTcl, .packaging): "export.tcl"
        case (.hlsTcl, .kernel), (.vivadoTcl, .kernel): "kernel.tcl"
        }
    }

    /// What the log of a run has if it went well.
    ///
    /// Our scripts print it as their last act, which they reach only if every command before succeeded, or failed where
    /// the script allows for it. Of configuration files the vendor's drivers say so themselves, at the end of a good run.
    public func marker(_ scripting: ToolEntry.Scripting) -> String {
        switch (scripting, self) {
        case (.hlsTcl, .synthesis), (.vivadoTcl, .synthesis): "hlsbuild: synth complete"
        case (.hlsTcl, .cosimulation), (.vivadoTcl, .cosimulation): "hlsbuild: cosim complete"
        case (.hlsTcl, .packaging), (.hlsTcl, .kernel), (.vivadoTcl, .packaging), (.vivadoTcl, .kernel):
            "hlsbuild: export complete"
        case (.hlsConfig, .synthesis): "[v++ 60-791] Total elapsed time"
        case (.hlsConfig, .cosimulation), (.hlsConfig, .packaging), (.hlsConfig, .kernel):
            "[vitis-run 60-791] Total elapsed time"
        }
    }

    /// How `vitis-run` is told what to do; nil: that is not its task.
    var option: String? {
        switch self {
        case .synthesis: nil
        case .cosimulation: "--cosim"
        case .packaging, .kernel: "--package"
        }
    }

    /// What messages call it.
    public var title: String {
        switch self {
        case .synthesis: "C synthesis"
        case .cosimulation: "co-simulation"
        case .packaging, .kernel: "export"
        }
    }
}
