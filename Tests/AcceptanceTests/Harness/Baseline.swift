import Basics
import Synchronization
import TestSupport

/// Builds that many tests start from or compare with, made once.
enum Baseline {
    /// The project as it lies in the repository, built: `project` in this folder.
    static let folder = Task {
        let scratch = try Scratch()
        let playground = try await Playground()
        let outcome = try await playground.build()
        guard outcome.status == 0 else { throw TestFailure(outcome.errors) }
        try await Command("/bin/cp", ["-a", playground.folder, scratch.path + "/project"]).works()
        return scratch
    }

    private static let known = Mutex<[Digest: Tree]>([:])

    /// What a clean build of the same sources in another folder gives, with an empty store.
    static func clean(_ playground: Playground) async throws -> Tree {
        var words = playground.arguments + playground.environment.map { "\($0.key)=\($0.value)" }.sorted()
        words.append(try Tree(playground.folder, excluding: ["build", ".hlsbuild"]).digest.hex)
        if let templates = playground.environment["HLSBUILD_TEMPLATES"] { words.append(try Tree(templates).digest.hex) }
        let key = Digest(of: words.joined(separator: "\n"))
        if let tree = known.withLock({ $0[key] }) { return tree }
        let clean = try await Playground(copying: playground)
        let outcome = try await clean.build()
        guard outcome.status == 0 else { throw TestFailure("clean build: \(outcome.errors)") }
        let tree = try clean.result()
        known.withLock { $0[key] = tree }
        return tree
    }
}
