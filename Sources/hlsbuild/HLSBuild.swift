import ArgumentParser
import Stages

/// The root of the command line.
struct HLSBuild: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hlsbuild",
        abstract: "Build FPGA firmware from a trained neural network, re-running only what is stale.",
        usage: "hlsbuild [<stage> ...] [<options>]\nhlsbuild <command> [<options>]",
        discussion: """
            hlsbuild [STAGE ...] builds up to these stages, all of them by default: \
            \(Road.names.joined(separator: ", ")). Its options are those of 'hlsbuild help build'.

            Examples:
              hlsbuild init parity                 a project to begin with
              hlsbuild -C parity csim              build it up to its C simulation
              hlsbuild -C parity report            what came out
              hlsbuild csim --set layers.fc1.reuse=4
              hlsbuild why csim                    what changed

            Exit status: 0 done; 1 a stage failed or an expectation was not met; 2 the command line, the project file \
            or the model is wrong; 3 a tool is missing or unusable; 4 a release could not be checked in full; \
            130 interrupted.
            """,
        version: "hlsbuild " + version,
        groupedSubcommands: [
            CommandGroup(name: "Begin", subcommands: [Initialize.self, Doctor.self, Schema.self, Check.self]),
            CommandGroup(
                name: "Build", subcommands: [Build.self, Status.self, Why.self, Log.self, Graph.self]),
            CommandGroup(name: "Results", subcommands: [ShowReport.self, Diff.self, Predict.self]),
            CommandGroup(name: "Ship", subcommands: [MakeRelease.self, Verify.self]),
            CommandGroup(name: "Tidy", subcommands: [Clean.self, CollectGarbage.self]),
        ])

    static let version = "0.1.0"

    /// The words that may stand first. Kept beside the list above, because making the list costs more than a build with
    /// nothing to do; a test compares the two.
    static let verbs = [
        "build", "check", "status", "why", "graph", "log", "report", "diff", "predict", "release", "verify", "init",
        "doctor", "schema", "clean", "gc", "help",
    ]
}
