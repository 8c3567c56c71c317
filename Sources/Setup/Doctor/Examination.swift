internal import Basics
public import BuildEngine
internal import Config
public import Stages
internal import ToolRunner
internal import Vendor

/// What of the programs that hlsbuild can use is on this machine.
public struct Examination: Sendable {
    /// One kind of program.
    public struct Finding: Hashable, Sendable {
        public enum State: Hashable, Sendable {
            case found(path: String, version: String)
            /// There, but it cannot be asked; with what it says instead.
            case broken(path: String, problem: String)
            case missing
        }

        /// The key under `tools` of a project file that names another program; nil where none does.
        public var key: String?
        public var title: String
        /// The names that were looked for.
        public var names: [String]
        public var state: State
        /// What it is good for.
        public var enables: String
        /// How to get it.
        public var source: String
        /// What else to know: where it was found, what its release cannot do.
        public var remarks: [String] = []
    }

    public var findings: [Finding]

    /// Looks for every tool.
    /// - Parameter project: A project whose own choice of programs counts; nil: the search path alone.
    public init(world: World, project: Workspace?) async {
        let finder = ToolFinder(world: world)
        findings = []
        for tool in Tool.all {
            if let role = tool.key?.role {
                findings.append(await Self.vendorFinding(tool, role, world: world, project: project))
                continue
            }
            let chosen = tool.key.flatMap { project?.project.tools[$0] }
            let names = chosen.map { [$0] } ?? tool.names
            findings.append(
                Finding(
                    key: tool.key?.rawValue, title: tool.title, names: names,
                    state: await Self.state(of: tool, names, finder),
                    enables: tool.enables, source: tool.source))
        }
    }

    private static func state(of tool: Tool, _ names: [String], _ finder: ToolFinder) async -> Finding.State {
        guard let path = names.lazy.compactMap({ finder.locate($0) }).first else { return .missing }
        do {
            let found = try await finder.find(path, version: tool.version)
            let version = found?.version.split(separator: "\n").map { $0.drop { $0 == " " || $0 == "*" } } ?? []
            return .found(path: path, version: version.joined(separator: ", "))
        } catch let error as DiagnosticError {
            return .broken(path: path, problem: error.diagnostics.first?.message ?? "it cannot be run")
        } catch {
            return .broken(path: path, problem: "\(error)")
        }
    }
}
