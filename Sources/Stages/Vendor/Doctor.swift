internal import Basics
public import BuildEngine
public import Config
internal import Tools

/// One tool of the vendor as `hlsbuild doctor` shows it.
public struct ToolReport: Sendable {
    /// `Vitis HLS`.
    public var title: String
    /// Its key under `tools`.
    public var key: String
    /// The stages that need it.
    public var stages: [String]
    /// The absolute path of the program; nil: it is missing.
    public var path: String?
    /// Release and build number as the program states them.
    public var version: String?
    /// Where it was found: `PATH`, a variable, an install root, a key of the project file.
    public var origin: String?
    /// The script that is sourced for its runs.
    public var settingsScript: String?
    /// What to know about this release.
    public var remarks: [String]
    /// What is missing, what it would enable and how to get it, in one line; nil: it is there.
    public var problem: String?
}

/// What is found of the vendor's tools.
public enum Doctor {
    /// All tools of the vendor, whichever the project needs.
    ///
    /// - Parameters:
    ///   - world: Of the project, or of any folder where there is none.
    ///   - tools: What the project file states under `tools`.
    /// - Throws: what is wrong with the user's file of tools.
    public static func vendorTools(_ world: World, tools: [ToolName: String] = [:]) async throws -> [ToolReport] {
        let finder = try VendorTools(world: world, tools: tools)
        var reports: [ToolReport] = []
        for role in ToolRole.allCases {
            var report = ToolReport(title: role.title, key: role.key, stages: role.stages, remarks: [])
            switch try await finder.find(role) {
            case .missing(let message): report.problem = message
            case .found(let tool):
                report.path = tool.identity.path
                report.version = tool.identity.version
                report.origin = tool.origin
                report.settingsScript = tool.settingsScript
                report.remarks = remarks(tool)
            }
            reports.append(report)
        }
        return reports
    }

    private static func remarks(_ tool: VendorTool) -> [String] {
        var remarks = ToolEntry.Quirk.allCases.filter(tool.entry.quirks.contains).compactMap(\.remark)
        if tool.settingsScript == nil {
            remarks.append("no \(Installation.settingsScript) beside it: it runs with the environment of this shell")
        }
        return remarks
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
