public import Basics
public import BuildEngine
internal import FoundationEssentials
internal import Glibc
public import Release

/// A release built again from the project in it, in a clean folder, and compared.
public struct Rebuild: Sendable {
    /// A stage of the release that could not be built here, for want of a tool.
    public struct Unchecked: Sendable {
        public var stage: String
        public var why: String
        /// Its files in the release, with which nothing was compared.
        public var files: [String]
    }

    /// What came of it.
    public struct Outcome: Sendable {
        /// Everything that is not as in the release; empty if it was built again byte for byte.
        public var differences: [Diagnostic] = []
        /// What the release states and a rebuild cannot prove: who made it, with which tools, why a stage is not in it.
        public var notes: [Diagnostic] = []
        public var unchecked: [Unchecked] = []
        /// Files that were made again and are the same, and those that were given, which all others were made from.
        public var equal = 0
        /// Whether the build was ended by a signal.
        public var interrupted = false
    }

    private let builder: ReleaseBuilder
    private let hlsbuild: String

    /// - Parameter hlsbuild: the version of this program.
    public init(
        _ archive: ReleaseArchive, _ manifest: Manifest, hlsbuild: String, runner: any ActionRunner,
        reporter: any Reporter, jobs: Int
    ) {
        builder = ReleaseBuilder(
            archive: archive, manifest: manifest, runner: runner, reporter: reporter, jobs: jobs)
        self.hlsbuild = hlsbuild
    }

    /// - Throws: `DiagnosticError` if the release cannot be one.
    public func run() async throws -> Outcome {
        guard let rebuilt = try await rebuilt() else { return Outcome(interrupted: true) }
        return try ReleaseComparison(
            archive: builder.archive, claimed: builder.manifest, rebuilt: rebuilt, hlsbuild: hlsbuild
        ).outcome()
    }

    /// What the release is to be compared with; nil if making it was interrupted.
    func rebuilt() async throws -> RebuiltRelease? {
        let folder = try Self.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await builder.rebuild(in: folder)
    }

    private static func temporaryFolder() throws(DiagnosticError) -> String {
        let base = getenv("TMPDIR").flatMap { String(validatingCString: $0) } ?? ""
        var name = Array(((base.isEmpty ? "/tmp" : base) + "/hlsbuild-verify-XXXXXX").utf8CString)
        guard mkdtemp(&name) != nil else {
            throw DiagnosticError(
                .error("cannot make a folder to build in: \(String(cString: strerror(errno)))", help: "set TMPDIR"))
        }
        return String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
