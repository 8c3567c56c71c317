internal import Basics
internal import BuildEngine
internal import Tools

/// A program of the vendor that was found on this machine.
struct VendorTool: Sendable {
    var entry: ToolEntry
    /// The program, its release and what tells it from another installation of the same release.
    var identity: ToolIdentity
    var version: ToolVersion
    /// The script that sets up its environment; nil: there is none, and the program takes that of this process.
    var settingsScript: String?
    /// Where it was found, in words.
    var origin: String
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
        let words = entry.arguments(script: script) + arguments
        // The C locale: dates and decimal points in reports follow it.
        var environment = ["LC_ALL": "C"]
        var handedOn = Installation.licenceVariables
        var program = tool
        var all = words
        if settingsScripts.isEmpty {
            handedOn.append("PATH")
        } else {
            environment["PATH"] = "/usr/local/bin:/usr/bin:/bin"
            let sourced = settingsScripts.map { ". \(Self.quoted($0)) && " }.joined()
            let command = ([tool.path] + words).map(Self.quoted).joined(separator: " ")
            all = ["-c", sourced + "exec " + command]
            program = ToolIdentity(name: "bash", path: "/bin/bash", version: "", digest: Digest(of: "bash"))
        }
        var plan = CommandPlan(
            tool: program, arguments: all, outputs: outputs, environment: environment, passThrough: handedOn)
        plan.unkeyedEnvironment = surroundings.environment
        plan.claims = surroundings.claims
        plan.pool = surroundings.pool
        plan.retry = surroundings.retry
        return plan
    }

    /// One word of a shell.
    static func quoted(_ word: String) -> String {
        "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
