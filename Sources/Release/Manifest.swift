public import Basics
internal import FoundationEssentials

/// What a release holds, and what it does not and why: `manifest.json`.
public struct Manifest: Codable, Equatable, Sendable {
    /// A stage of the flow.
    public struct Stage: Codable, Equatable, Sendable {
        public var name: String
        public var present: Bool
        /// Why it is missing; nil where it is present.
        public var why: String?

        public init(name: String, present: Bool, why: String?) {
            self.name = name
            self.present = present
            self.why = why
        }
    }

    /// A file that a present stage made and that is not in the release.
    public struct LeftOut: Codable, Equatable, Sendable {
        public var path: String
        public var why: String

        public init(path: String, why: String) {
            self.path = path
            self.why = why
        }
    }

    /// A program that a present stage ran.
    public struct Tool: Codable, Hashable, Sendable {
        public var stage: String
        public var name: String
        /// What it says of itself.
        public var version: String
        /// Of the executable and what belongs to it.
        public var sha256: String

        public init(stage: String, name: String, version: String, sha256: String) {
            self.stage = stage
            self.name = name
            self.version = version
            self.sha256 = sha256
        }
    }

    /// `hlsbuild-release` and the version of this form: raised when a reader of the old one would misread it.
    public var format: String
    public var project: String
    /// The version of hlsbuild that made the release.
    public var hlsbuild: String
    /// The project file, a path in the release.
    public var projectFile: String
    /// Settings of the command line (`--set`) that go on top of the project file.
    public var settings: [String]
    public var stages: [Stage]
    public var leftOut: [LeftOut]
    public var tools: [Tool]

    public static let format = "hlsbuild-release 1"
    /// Its name in the release.
    public static let path = "manifest.json"

    public init(
        project: String, hlsbuild: String, projectFile: String, settings: [String], stages: [Stage],
        leftOut: [LeftOut], tools: [Tool]
    ) {
        format = Self.format
        self.project = project
        self.hlsbuild = hlsbuild
        self.projectFile = projectFile
        self.settings = settings
        self.stages = stages
        self.leftOut = leftOut
        self.tools = tools
    }

    /// Reads the manifest of a release; throws where it is none that this version understands.
    public init(_ archive: ReleaseArchive) throws(DiagnosticError) {
        guard let bytes = archive.files[Self.path] else {
            throw DiagnosticError(.error("the release has no \(Self.path)"))
        }
        struct Form: Codable { var format: String }
        let decoder = JSONDecoder()
        guard let form = try? decoder.decode(Form.self, from: Data(bytes)) else {
            throw DiagnosticError(.error("\(Self.path) is not what hlsbuild writes"))
        }
        guard form.format == Self.format, let manifest = try? decoder.decode(Manifest.self, from: Data(bytes)) else {
            throw DiagnosticError(
                .error(
                    "\(Self.path) has the form '\(form.format)', this version of hlsbuild reads '\(Self.format)'",
                    help: "use the version that made it"))
        }
        self = manifest
    }

    public func encoded() throws -> [UInt8] { try JSONText.encode(self) }
}

/// JSON with sorted keys, one member a line: the same value gives the same bytes.
enum JSONText {
    static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value)) + [UInt8(ascii: "\n")]
    }
}
