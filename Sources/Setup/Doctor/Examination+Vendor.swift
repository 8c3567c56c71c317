internal import Basics
internal import BuildEngine
internal import Config
internal import Stages
internal import Tools
internal import Vendor

extension Examination {
    /// A tool of the vendor, found as the stages find it.
    ///
    /// - Parameter roots: Where installations are looked for; nil: where the installers put them.
    static func vendorFinding(_ tool: Tool, _ role: ToolRole, world: World, project: Workspace?, roots: [String]? = nil)
        async -> Finding
    {
        var finding = Finding(
            key: tool.key?.rawValue, title: tool.title, names: tool.names, state: .missing, enables: tool.enables,
            source: tool.source)
        do {
            let finder = try VendorTools(world: world, tools: project?.project.tools ?? [:], roots: roots)
            switch try await finder.find(role) {
            case .missing(let message, let refused):
                finding.remarks = finder.stated[role] == nil ? refused : [message]
            case .found(let found):
                finding.state = .found(path: found.identity.path, version: found.identity.version)
                finding.remarks = remarks(found)
            }
        } catch let error as DiagnosticError {
            let first = error.diagnostics.first
            finding.state = .broken(
                path: first?.location.map(\.description) ?? UserTools.shownPath, problem: first?.message ?? "")
        } catch {
            finding.state = .broken(path: UserTools.shownPath, problem: "\(error)")
        }
        return finding
    }

    private static func remarks(_ tool: VendorTool) -> [String] {
        var remarks = ["from \(tool.origin)"]
        if let script = tool.settingsScript {
            remarks.append("its runs source \(script)")
        } else {
            remarks.append("no \(Installation.settingsScript) beside it: its runs have the PATH of this shell")
        }
        switch tool.entry.scripting {
        case .hlsTcl, .vivadoTcl: break
        case .hlsConfig: remarks.append("it is driven by configuration files in place of Tcl")
        }
        if let missing = tool.missingSuccessor {
            remarks.append("no \(missing) beside it: it cannot co-simulate or export")
        }
        return remarks + ToolEntry.Quirk.allCases.filter(tool.entry.quirks.contains).compactMap(\.remark)
    }
}

extension ToolEntry.Quirk {
    /// What a user should know; nil: what hlsbuild takes care of alone.
    fileprivate var remark: String? {
        switch self {
        case .deprecated: "the vendor replaces this program by vitis-run"
        case .revisionOverflow: "packages an IP only if its version is stated, which hlsbuild always does"
        case .noKernelObject: "cannot export .xo kernels"
        case .staysOpen: nil
        }
    }
}
