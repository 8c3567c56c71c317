internal import Basics
internal import BuildEngine
internal import Config
internal import Glibc
internal import Release
internal import Stages
internal import Steps
internal import Tools
internal import Vendor

/// The files of a release, collected within a build: all that the engine hands out is verified by digest.
struct ReleaseFiles: Sendable {
    /// Contents by their paths in the release.
    var files: [String: [UInt8]] = [:]
    var leftOut: [Manifest.LeftOut] = []
    /// Settings of the command line as they hold within the release.
    var settings: [String] = []

    /// The folders of what was given; everything else was made.
    static let inputs = [project, templates]
    static let project = "project", templates = "templates"
}

/// Collects them.
struct ReleaseCollector: Sendable {
    let workspace: Workspace
    /// The project file's own name.
    let projectFile: String
    /// `--set` of the command line.
    let overrides: [String]
    /// Present stages.
    let stages: [String]

    func collect(_ context: StageContext) async throws -> ReleaseFiles {
        var release = ReleaseFiles()
        let portable = try await takeProject(context, &release)
        let templates = try await takeTemplates(context, &release)
        for stage in stages { try take(stage, context, &release) }
        if EmulatorStep.needs.allSatisfy({ stages.contains($0.rawValue) }) {
            try await takeEmulator(portable, templates, context, &release)
        }
        return release
    }

    private func takeProject(_ context: StageContext, _ release: inout ReleaseFiles) async throws -> PortableProject {
        let text = try context.bytes(of: context.source(projectFile))
        let portable = try PortableProject(
            workspace.project, text: text, settings: overrides, name: projectFile, releases: try await releases(context)
        )
        release.settings = portable.settings
        release.files["project/" + projectFile] = portable.text
        for (path, place) in portable.places {
            if context.world.exists(path.text) {
                release.files["project/" + place] = try context.bytes(of: context.source(path.text))
            } else {
                release.leftOut.append(.init(path: "project/" + place, why: "it was not there, and no stage needed it"))
            }
        }
        return portable
    }

    /// Which releases the tools are whose places the project file states.
    private func releases(_ context: StageContext) async throws -> [ToolName: ToolVersion] {
        var releases: [ToolName: ToolVersion] = [:]
        for (name, place) in workspace.project.tools where place.has("/") {
            guard let role = name.role else { continue }
            let tools = try VendorTools(world: context.world, tools: workspace.project.tools)
            if case .found(let tool) = try await tools.find(role) { releases[name] = tool.version }
        }
        return releases
    }

    private func takeTemplates(_ context: StageContext, _ release: inout ReleaseFiles) async throws
        -> [String: Artifact]
    {
        let parts = TemplateSource.parts + TemplateSource.releaseParts
        let artifacts = try await workspace.road.site.templates.artifacts(context, parts: parts)
        for (path, artifact) in artifacts { release.files["templates/" + path] = try context.bytes(of: artifact) }
        return artifacts
    }

    private func take(_ stage: String, _ context: StageContext, _ release: inout ReleaseFiles) throws {
        let made = StageIdentity(stage)
        for (path, artifact) in try context.outputs(of: made) where context.isLaidOut(path, of: made) {
            let place = "build/\(stage)/\(path)"
            let bytes = try context.bytes(of: artifact)
            if let why = UnreleasedFile.reason(path, bytes) {
                release.leftOut.append(.init(path: place, why: why))
                continue
            }
            if UnreleasedFile.names(context.world.folder, in: bytes) {
                release.leftOut.append(.init(path: place, why: "it names a folder of the machine that it was made on"))
                continue
            }
            release.files[place] = bytes
        }
    }

    private func takeEmulator(
        _ portable: PortableProject, _ templates: [String: Artifact], _ context: StageContext,
        _ release: inout ReleaseFiles
    ) async throws {
        let data =
            workspace.project.data.inputs.allSatisfy { context.world.exists($0) }
            ? workspace.project.data.inputs : []
        var inputs = try StageOutput.design.inputs(context)
        for (path, artifact) in try context.outputs(of: .write) where path.begins(with: "firmware/") {
            inputs.append(StepInput(EmulatorStep.written + "/" + path, artifact))
        }
        for (path, artifact) in templates where path.begins(with: "release/") {
            inputs.append(StepInput(EmulatorStep.templates + "/" + path, artifact))
        }
        inputs += try workspace.road.site.dataInputs(data, context)
        do {
            let result = try await context.run(
                EmulatorStep.self, "emulator",
                settings: EmulatorStep.Settings(
                    project: workspace.project.name, data: data.map { portable.places[ExactText($0)] ?? $0 }),
                inputs: inputs.sorted { $0.name < $1.name })
            for (path, artifact) in result.outputs {
                release.files["emulator/" + path] = try context.bytes(of: artifact)
            }
        } catch let error as DiagnosticError {
            let why = error.diagnostics.first?.message ?? "it cannot be made"
            release.leftOut.append(.init(path: "emulator", why: why))
        }
    }
}

/// What of a stage's outputs is no part of a release.
enum UnreleasedFile {
    /// Containers of the vendor's tools that hold times, hosts or identities which no two runs share.
    private static let endings = [
        "log", "jou", "aps", "adb", "wdb", "wcfg", "dcp", "pb", "str", "xpr", "hwh", "xsa", "xclbin",
    ]

    static func reason(_ path: String, _ bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46]) {
            return "compiled for one kind of machine: 'hlsbuild' makes it from the sources"
        }
        let folders = PathText.parts(of: path).dropLast()
        if folders.contains(where: { $0.isExactly(".autopilot") }) {
            return "the tool's own notes: different in every run"
        }
        return endings.contains(PathText.ending(of: path)) ? "it holds the time or the place of the run" : nil
    }

    /// Whether the bytes hold the path of a folder. One of a single part (`/work`) is too common a text to tell.
    static func names(_ folder: String, in bytes: [UInt8]) -> Bool {
        guard PathText.parts(of: folder).count > 1 else { return false }
        let wanted = Array(folder.utf8)
        return bytes.withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress, let first = wanted.first else { return false }
            var at = 0
            while at + wanted.count <= buffer.count,
                let hit = memchr(start + at, Int32(first), buffer.count - wanted.count - at + 1)
            {
                if memcmp(hit, wanted, wanted.count) == 0 { return true }
                at = start.distance(to: UnsafeRawPointer(hit)) + 1
            }
            return false
        }
    }
}
