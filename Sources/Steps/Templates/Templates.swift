internal import Basics
public import BuildEngine
internal import Glibc

/// Where the C++ headers, kernels and scripts come from that go into every firmware.
public enum TemplateSource: Hashable, Sendable {
    /// A folder that users may edit.
    case folder(String)
    /// The copy within the executable.
    case embedded

    /// The folder named by HLSBUILD_TEMPLATES; else the one beside the executable (`Templates`), or where `make
    /// install` puts it (`../share/hlsbuild/Templates`), or the source tree's own for an executable below `.build`;
    /// else the copy within the executable.
    public static func find(in world: World) -> TemplateSource {
        if let stated = world.environment("HLSBUILD_TEMPLATES"), !stated.isEmpty { return .folder(stated) }
        guard let executable = executablePath() else { return .embedded }
        let folder = PathText.split(executable).folder
        var candidates = [folder + "/Templates", PathText.split(folder).folder + "/share/hlsbuild/Templates"]
        let parts = PathText.parts(of: executable)
        if let build = parts.lastIndex(where: { $0.isExactly(".build") }) {
            candidates.append(parts[..<build].map { "/" + $0 }.joined() + "/Templates")
        }
        for candidate in candidates where world.exists(candidate + "/" + marker) { return .folder(candidate) }
        return .embedded
    }

    /// A file that a folder of templates always has.
    private static let marker = "hls/ap_types/ap_fixed.h"

    /// The files of a folder of templates by their paths in it.
    /// - Parameter parts: folders below it.
    public func artifacts(_ context: StageContext, parts: [String] = Self.parts) async throws -> [String: Artifact] {
        switch self {
        case .folder(let folder):
            guard context.world.exists(folder + "/" + Self.marker) else {
                throw DiagnosticError(
                    .error(
                        "there are no templates in '\(folder)'",
                        help:
                            "HLSBUILD_TEMPLATES names a copy of hlsbuild's folder 'Templates'; unset it to use the own"
                    ))
            }
            var found: [String: Artifact] = [:]
            for part in parts { try Self.collect(folder, part, 1, context.world, &found) }
            return found
        case .embedded:
            let settings = EmbeddedTemplatesStep.Settings(
                digest: EmbeddedTemplates.digest(parts).hex, parts: parts)
            return try await context.run(EmbeddedTemplatesStep.self, "templates", settings: settings).outputs
        }
    }

    /// The folders of templates that a written project is made of.
    public static let parts = ["cfg", "firmware", "hls", "tcl"]

    /// The folders that only a release needs besides.
    public static let releaseParts = ["release"]

    /// Links are followed, and may lead in circles.
    private static func collect(
        _ root: String, _ path: String, _ depth: Int, _ world: World, _ found: inout [String: Artifact]
    ) throws {
        let limit = InputLimit.templates
        guard depth <= limit.depth ?? 16 else {
            throw DiagnosticError(
                .error(
                    "'\(root)/\(path)' lies more than \(limit.depth ?? 16) folders deep", help: "is a link a circle?"))
        }
        for name in try world.list(root + "/" + path) where !name.begins(with: ".") {
            let inner = path + "/" + name
            switch world.status(root + "/" + inner)?.kind {
            case .directory: try collect(root, inner, depth + 1, world, &found)
            case .file:
                guard found.count < limit.elements else {
                    throw DiagnosticError(
                        .error("more than \(limit.elements) files in '\(root)'", help: "HLSBUILD_TEMPLATES names it"))
                }
                found[inner] = try world.source(root + "/" + inner, within: limit)
            default: break
            }
        }
    }

    private static func executablePath() -> String? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = buffer.withUnsafeMutableBytes { bytes in
            bytes.baseAddress.map { readlink("/proc/self/exe", $0.assumingMemoryBound(to: CChar.self), bytes.count) }
                ?? 0
        }
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }
}
