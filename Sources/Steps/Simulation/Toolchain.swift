internal import Basics
internal import BuildEngine
internal import Config
internal import ToolRunner

/// The C++ compiler of the C simulation.
enum Toolchain {
    private static let usual = ["g++", "clang++"]

    /// The compiler that the project names, or the first of g++ and clang++ on the search path.
    static func compiler(_ site: ProjectSite, _ context: StageContext) async throws -> ToolIdentity {
        let finder = ToolFinder(world: context.world)
        let named = site.project.tools[.cxx].map { [$0] }
        let names = site.takesAnyCompiler ? (named ?? []) + usual : named ?? usual
        var unusable: StageUnavailable?
        for name in names {
            do {
                if let driver = try await finder.find(name) { return try await whole(driver, finder, context.world) }
            } catch let error as DiagnosticError {
                // It is there but cannot be started or says nothing: unusable, which is not a fault of the project.
                unusable = StageUnavailable(error.diagnostics)
                if !site.takesAnyCompiler { break }
            }
        }
        if let unusable { throw unusable }
        throw StageUnavailable(
            "no C++ compiler: \(names.joined(separator: " and ")) \(names.count == 1 ? "is" : "are") not there",
            subject: named == nil ? [] : ["tools", ToolName.cxx.rawValue],
            help: "install one ('apt-get install g++'), or name one: 'tools: {cxx: /path/to/g++}'")
    }

    /// Those of some flags that a compiler does not know. It is asked once, and the answer kept for as long as it is the
    /// same program.
    static func unknown(_ flags: [String], to compiler: ToolIdentity, _ world: World) async throws -> [String] {
        let finder = ToolFinder(world: world)
        /// With all of its flags it preprocesses nothing at all, which gives lines that begin with `#`; else it says what it
        /// does not know.
        func takes(_ flags: [String]) async throws -> Bool {
            let query = ToolFinder.VersionQuery(["-w"] + flags + ["-E", "-x", "c++", "/dev/null"])
            let answer = try await finder.find(compiler.path, version: query)?.version
            return answer?.begins(with: "#") == true
        }
        if try await takes(flags) { return [] }
        var unknown: [String] = []
        for flag in flags where try await !takes([flag]) { unknown.append(flag) }
        return unknown
    }

    /// The driver together with the compiler proper and the assembler behind it: an upgrade of any makes new objects.
    private static func whole(_ driver: ToolIdentity, _ finder: ToolFinder, _ world: World) async throws
        -> ToolIdentity
    {
        var hasher = DigestHasher()
        hasher.update(field: driver.digest.hex)
        for part in ["cc1plus", "as", "ld"] {
            let query = ToolFinder.VersionQuery(["-print-prog-name=" + part])
            guard let answer = try await finder.find(driver.path, version: query)?.version,
                let path = PathText.isAbsolute(answer) ? answer : finder.locate(answer), world.exists(path)
            else { continue }
            hasher.update(field: part)
            hasher.update(field: try world.program(path).digest?.hex ?? "")
        }
        return ToolIdentity(name: driver.name, path: driver.path, version: driver.version, digest: hasher.finish())
    }
}
