package import HLSWriter
package import Layers
package import TestSupport

/// A written project, compiled in a folder of its own.
package struct Simulation {
    package let folder: Scratch
    package let files: [GeneratedFile]

    package static let flags =
        "-std=c++11 -O0 -Wall -Wextra -Werror -Wno-unknown-pragmas -Wno-unused-label -fno-exceptions"

    /// How projects are written that no test says more of.
    package static func settings(_ dialect: WriterSettings.Dialect = .vitis, project: String = "net") -> WriterSettings
    {
        WriterSettings(project: project, dialect: dialect, part: "xcu250-figd2104-2L-e", clockPeriod: "5")
    }

    package init(
        _ design: Design, _ settings: WriterSettings = settings(),
        templates: [String: [UInt8]] = Repository.templateFiles
    ) throws {
        try self.init(alone: HLSProject(design, project: settings.project).files(settings, templates: templates))
    }

    /// Some files of a project, and nothing else.
    package init(alone files: [GeneratedFile]) throws {
        self.files = files
        folder = try Scratch()
        for file in files { try folder.write(file.path, file.bytes) }
    }

    /// Runs a shell command in the project's folder, which must succeed.
    package func shell(_ command: String) async throws {
        try await Command.shell("exec 2>&1; " + command, in: folder.path).works()
    }

    package func compile(_ flags: String = flags) async throws {
        let sources = HLSProject.compilationUnits(files).map(\.source).joined(separator: " ")
        try await shell("g++ \(flags) -Ifirmware/ap_types \(sources) -o csim")
    }

    package func run(_ inputs: [Int64]) async throws -> [Int64] {
        try folder.write("in.bin", inputs.flatMap { word in withUnsafeBytes(of: word.littleEndian) { Array($0) } })
        try await shell("./csim in.bin out.bin")
        let bytes = try folder.bytes("out.bin")
        return bytes.withUnsafeBytes { buffer in
            (0..<bytes.count / 8).map {
                Int64(littleEndian: buffer.loadUnaligned(fromByteOffset: $0 * 8, as: Int64.self))
            }
        }
    }
}
