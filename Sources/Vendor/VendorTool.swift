internal import Basics
public import BuildEngine
public import Tools

/// A program of the vendor that was found on this machine.
public struct VendorTool: Sendable {
    public var entry: ToolEntry
    /// The program, its release and what tells it from another installation of the same release.
    public var identity: ToolIdentity
    public var version: ToolVersion
    /// The script that sets up its environment; nil: there is none, and the program takes that of this process.
    public var settingsScript: String?
    /// Where it was found, in words.
    public var origin: String
    /// The program that takes over after C synthesis but is not beside it; nil: nothing is missing.
    public var missingSuccessor: String?
}

/// What a step of the vendor's tools runs, and how.
///
/// Only what decides the result is encoded, and so part of the key.
struct VendorRun: Encodable, Sendable {
    var tool: ToolIdentity
    /// Another tool that the first one starts by itself.
    var companion: ToolIdentity?
    let entry: ToolEntry
    /// Sourced, in this order, in the environment of the run alone.
    let settingsScripts: [String]
    let surroundings: Surroundings

    private enum CodingKeys: String, CodingKey { case tool, companion }

    /// What a run needs and what does not change its result.
    struct Surroundings: Sendable {
        /// Where licences are.
        var environment: [String: String] = [:]
        var claims: [CommandPlan.Claim] = []
        /// Bytes; nil: not known.
        var memory: Int64?
        /// By which processes share them.
        var pool: CommandPlan.Pool?
        var retry: CommandPlan.Retry?
    }

    init(_ tool: VendorTool, companion: VendorTool? = nil, _ surroundings: Surroundings) {
        self.tool = tool.identity
        self.companion = companion?.identity
        entry = tool.entry
        settingsScripts = [tool.settingsScript, companion?.settingsScript].compactMap { $0 }
        self.surroundings = surroundings
    }

    /// The plan of a run of `script`.
    func plan(script: String, arguments: [String] = [], outputs: [CommandPlan.Output]) -> CommandPlan {
        plan(words: entry.arguments(script: script) + arguments, outputs: outputs)
    }

    /// The plan of a run that does a task for the top function `top`.
    func plan(_ task: HLSTask, top: String, outputs: [CommandPlan.Output]) -> CommandPlan {
        switch (entry.scripting, task) {
        case (.hlsTcl, _), (.vivadoTcl, _), (.hlsConfig, .synthesis):
            return plan(words: entry.invocation(task, top: top).arguments, outputs: outputs)
        case (.hlsConfig, .cosimulation):
            let report = entry.reports.solution(top: top) + "/sim/report/\(top)_cosim.rpt"
            return plan(shell: continuing(task, top: top, unless: report), outputs: outputs)
        case (.hlsConfig, .packaging), (.hlsConfig, .kernel):
            return plan(shell: continuing(task, top: top, unless: nil), outputs: outputs)
        }
    }

    private func plan(words: [String], outputs: [CommandPlan.Output]) -> CommandPlan {
        if settingsScripts.isEmpty { return plan(tool, words, path: nil, outputs) }
        return plan(shell: "exec " + Self.line([tool.path] + words), outputs: outputs)
    }

    /// What a shell does once the environment of the tools is set up.
    private func plan(shell: String, outputs: [CommandPlan.Output]) -> CommandPlan {
        let sourced = settingsScripts.map { ". \($0.shellWord) && " }.joined()
        let bash = ToolIdentity(name: "bash", path: "/bin/bash", version: "", digest: Digest(of: "bash"))
        let path = settingsScripts.isEmpty ? nil : "/usr/local/bin:/usr/bin:/bin"
        return plan(bash, ["-c", sourced + shell], path: path, outputs)
    }

    /// - Parameter path: The search path; nil: that of this process.
    private func plan(
        _ program: ToolIdentity, _ arguments: [String], path: String?, _ outputs: [CommandPlan.Output]
    ) -> CommandPlan {
        // The C locale: dates and decimal points in reports follow it.
        var environment = ["LC_ALL": "C"]
        environment["PATH"] = path
        var plan = CommandPlan(
            tool: program, arguments: arguments, outputs: outputs, environment: environment,
            passThrough: Installation.licenceVariables + (path == nil ? ["PATH"] : []))
        plan.unkeyedEnvironment = surroundings.environment
        plan.resources.memory = surroundings.memory
        plan.places = [tool, companion].compactMap { $0?.path }.flatMap(Installation.folders(ofProgram:))
        plan.claims = surroundings.claims
        plan.pool = surroundings.pool
        plan.retry = surroundings.retry
        return plan
    }

    /// A task that goes on with the project of C synthesis, and synthesises anew if that does not serve here.
    ///
    /// The scripts in Tcl do the same by themselves. A run that was ended by a signal is not followed by another.
    /// - Parameter proof: A file that shows that the project did serve, so that the failure is the design's.
    private func continuing(_ task: HLSTask, top: String, unless proof: String?) -> String {
        let project = entry.reports.project(top: top).shellWord
        let orders = task.orders(entry.scripting)
        let again = entry.arguments(.synthesis, orders: orders, top: top)
        let served = proof.map { " && [ ! -e \($0.shellWord) ]" } ?? ""
        return """
            go_on() { \(Self.line([successor] + entry.invocation(task, top: top).arguments)); }
            go_on; status=$?
            if [ $status -ne 0 ] && [ $status -le 128 ]\(served); then
              echo '\(VendorLog.anew)the project of C synthesis does not serve here'
              rm -rf \(project) && \(Self.line([tool.path] + again)) && go_on; status=$?
            fi
            exit $status
            """
    }

    /// The program beside the tool that takes over after C synthesis, else the tool.
    private var successor: String {
        entry.successor.map { Self.beside(tool.path, $0.program) } ?? tool.path
    }

    /// A program in the folder of another.
    static func beside(_ path: String, _ program: String) -> String {
        (path.rest(before: PathText.name(of: path)) ?? "") + program
    }

    private static func line(_ words: [String]) -> String { words.map(\.shellWord).joined(separator: " ") }
}
