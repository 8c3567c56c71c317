import ArgumentParser
import Basics
import BuildEngine
import Glibc
import Stages
import ToolRunner

/// The program. A build with nothing to do is answered before the argument parser is even set up: setting it up costs
/// more than the whole answer.
@main struct Main {
    static func main() async {
        let words = Array(CommandLine.arguments.dropFirst())
        let form = CommandLineForm(words, verbs: HLSBuild.verbs, stages: Set(ProjectFlow.stageNames))
        if QuietBuild.answer(form) { return }
        do {
            var command = try HLSBuild.parseAsRoot(form.words)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let status as ExitStatus {
            exit(status.rawValue)
        } catch let error as DiagnosticError {
            Terminal.writeError(error.description)
            exit(ExitStatus.usage.rawValue)
        } catch is CancellationError {
            exit(ExitStatus.interrupted.rawValue)
        } catch {
            // The parser's own errors, help and version; its code for wrong usage is not ours.
            let isHelp = HLSBuild.exitCode(for: error).isSuccess
            let text = HLSBuild.fullMessage(for: error)
            if isHelp { print(text) } else { Terminal.writeError(text + "\n") }
            exit(isHelp ? 0 : ExitStatus.usage.rawValue)
        }
    }
}

/// How the program ends; other programs rely on it.
enum ExitStatus: Int32, Error {
    case done = 0
    /// A stage failed or an expectation was not met.
    case failed = 1
    /// The command line, the project file or the model is wrong.
    case usage = 2
    /// A tool is missing or unusable.
    case unavailable = 3
    case interrupted = 130
}

/// The root of the command line.
struct HLSBuild: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hlsbuild",
        abstract: "Build FPGA firmware from a trained neural network, re-running only what is stale.",
        discussion: """
            hlsbuild [STAGE ...] builds up to these stages, all of them by default: \
            \(ProjectFlow.stageNames.joined(separator: ", ")).

            Exit status: 0 done; 1 a stage failed or an expectation was not met; 2 the command line, the project file \
            or the model is wrong; 3 a tool is missing or unusable; 130 interrupted.
            """,
        version: version,
        subcommands: [
            Build.self, Check.self, Status.self, Why.self, Graph.self, Log.self, Predict.self,
            Schema.self, Clean.self, CollectGarbage.self,
        ])

    static let version = "0.1.0"

    /// The words that may stand first.
    static let verbs: Set<String> = [
        "build", "check", "status", "why", "graph", "log", "predict", "report", "init", "doctor", "schema", "clean",
        "gc", "help",
    ]
}
