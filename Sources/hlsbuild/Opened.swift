import Basics
import BuildEngine
import BuildReports
import Config
import Glibc
import Stages
import Steps
import ToolRunner

/// What most commands begin with: the folder entered, the project read, its warnings shown.
struct Opened {
    let workspace: Workspace
    let runner: any ActionRunner = LocalRunner()

    init(_ options: GlobalOptions) throws {
        try Opened.enter(options)
        workspace = try Workspace(file: options.file, overrides: options.overrides)
        if !options.quiet {
            for warning in workspace.project.warnings { Terminal.tell(warning) }
        }
    }

    /// Works in the folder of `-C`. Throws also where the folder has no name that text can hold.
    static func enter(_ options: GlobalOptions) throws {
        if let folder = options.directory, chdir(folder) != 0 {
            let reason = String(cString: strerror(errno))
            throw DiagnosticError(.error("cannot enter folder '\(folder)': \(reason)", help: "-C names a folder"))
        }
        _ = try Workspace.currentFolder()
    }

    func builder(_ reporter: any Reporter = SilentReporter()) -> Builder {
        Builder(world: workspace.world, runner: runner, reporter: reporter)
    }

    /// A diagnostic with its place in the project file, where it has a subject there.
    func located(_ diagnostic: Diagnostic) -> Diagnostic { workspace.project.located(diagnostic) }

    /// How the program ends after a build.
    func status(of summary: BuildSummary) -> ExitStatus {
        if summary.interrupted { return .interrupted }
        let failed = summary.stages.filter { $0.outcome == .failed }
        if failed.contains(where: { workspace.road[$0.name]?.blame == .input }) { return .usage }
        if !failed.isEmpty { return .failed }
        return summary.stages.contains { $0.outcome == .unavailable || $0.outcome == .blocked } ? .unavailable : .done
    }

    /// Keeps what a build did for `report`. The build is over and right without it.
    func remember(_ summary: BuildSummary) {
        do {
            try BuildHistory.remember(summary, in: workspace)
        } catch {
            Terminal.tell(.warning("'report' will not know of this build: \(error)"))
        }
    }

    /// Throws where `-j` is no number of commands.
    static func check(jobs: Int?) throws {
        guard let jobs, jobs < 1 else { return }
        throw DiagnosticError(
            .error("'-j \(jobs)': no command could run", help: "write 1 or more, or leave it out: one per processor"))
    }

    /// Processors of this machine.
    static var processors: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}
