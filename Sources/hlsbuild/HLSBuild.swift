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

            Exit status: 0 done; 1 a stage failed or an expectation was not met; 2 the command line, the project file \
            or the model is wrong; 3 a tool is missing or unusable; 4 a release could not be checked in full; \
            130 interrupted.
            """,
        version: "hlsbuild " + version,
        subcommands: [
            Build.self, Check.self, Status.self, Why.self, Graph.self, Log.self, ShowReport.self, Diff.self,
            Predict.self,
            MakeRelease.self, Verify.self, Initialize.self, Doctor.self, Schema.self, Clean.self, CollectGarbage.self,
        ])

    static let version = "0.1.0"

    /// The words that may stand first. Kept beside the list above, because making the list costs more than a build with
    /// nothing to do; a test compares the two.
    static let verbs = [
        "build", "check", "status", "why", "graph", "log", "report", "diff", "predict", "release", "verify", "init",
        "doctor", "schema", "clean", "gc", "help",
    ]
}
