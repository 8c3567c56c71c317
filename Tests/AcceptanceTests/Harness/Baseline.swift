import Basics
import Synchronization

/// Builds that many tests start from or compare with, made once.
enum Baseline {
    /// The project as it lies in the repository, built.
    static let folder: Result<String, Program.Failure> = {
        do {
            let folder = try Temporary.folder("baseline")
            let playground = try Playground()
            let outcome = try playground.build()
            guard outcome.status == 0 else { return .failure(.init(description: outcome.errors)) }
            try Program.run("/bin/cp", "-a", playground.folder, folder + "/project")
            return .success(folder + "/project")
        } catch {
            return .failure(.init(description: "\(error)"))
        }
    }()

    private static let known = Mutex<[Digest: Tree]>([:])

    /// What a clean build of the same sources in another folder gives, with an empty store.
    static func clean(_ playground: Playground) throws -> Tree {
        var words = playground.arguments + playground.environment.map { "\($0.key)=\($0.value)" }.sorted()
        words.append(try Tree(playground.folder, excluding: ["build", ".hlsbuild"]).digest.hex)
        if let templates = playground.environment["HLSBUILD_TEMPLATES"] { words.append(try Tree(templates).digest.hex) }
        let key = Digest(of: words.joined(separator: "\n"))
        if let tree = known.withLock({ $0[key] }) { return tree }
        let clean = try Playground(copying: playground)
        let outcome = try clean.build()
        guard outcome.status == 0 else { throw Program.Failure(description: "clean build: \(outcome.errors)") }
        let tree = try clean.result()
        known.withLock { $0[key] = tree }
        return tree
    }
}
