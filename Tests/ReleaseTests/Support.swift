import Basics
import TestSupport

/// A folder for one test, and the program run in it.
struct Playground {
    let scratch: Scratch
    let program: String

    var path: String { scratch.path }

    init() throws {
        scratch = try Scratch()
        program = try Repository.program("hlsbuild")
    }

    /// A copy of a project of the repository, without what was built in it.
    func project(_ source: String = "Templates/projects/minimal", as name: String) throws {
        let folder = Repository.root + "/" + source
        for file in try Files.list(folder) where !["build", ".hlsbuild"].contains(file) {
            try scratch.write(name + "/" + file, try Files.read(folder + "/" + file))
        }
    }

    /// A line of shell in the folder; `$hlsbuild` is the program.
    private func command(_ script: String) -> Command {
        let own = ["hlsbuild": program, "HLSBUILD_SEATS": path + "/seats"]
        return .shell(script, in: path, environment: Command.plainEnvironment.merging(own) { _, new in new })
    }

    @discardableResult
    func sh(_ script: String) async throws -> Ended { try await command(script).run() }

    /// The same, for what must succeed.
    @discardableResult
    func works(_ script: String) async throws -> Ended { try await command(script).works() }

    func bytes(_ name: String) throws -> [UInt8] { try scratch.bytes(name) }

    func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

    func write(_ name: String, _ bytes: [UInt8]) throws { try scratch.write(name, bytes) }

    func write(_ name: String, _ text: String) throws { try scratch.write(name, text) }

    func exists(_ name: String) -> Bool { scratch.exists(name) }
}
