import Basics
import Glibc
import Stages

/// The repository of a project as it was at a git revision, in a folder of its own. Nothing in the user's own tree, index
/// or history is touched.
struct GitCheckout {
    /// Where the project file lies in it.
    let projectFile: String
    private let folder: String

    /// - Parameter projectFile: the one of today, which tells the repository and the place in it.
    init(revision: String, projectFile: String) throws {
        guard !revision.isEmpty, !revision.begins(with: "-") else {
            throw DiagnosticError(
                .error("'git:\(revision)' names no revision", help: "for example git:HEAD~1 or git:v1.0"))
        }
        var template = Array("/tmp/hlsbuild-diff-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw FileError.last("create a folder", "/tmp") }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        self.folder = folder
        let (place, name) = PathText.split(projectFile)
        do {
            let prefix = try Self.run(["git", "-C", place, "rev-parse", "--show-prefix"], folder)
            let top = try Self.run(["git", "-C", place, "rev-parse", "--show-toplevel"], folder)
            let archive = folder + "/tree.tar"
            _ = try Self.run(["git", "-C", top, "archive", "--format=tar", "-o", archive, revision], folder)
            try Files.makeDirectories(folder + "/tree")
            _ = try Self.run(["tar", "-xf", archive, "-C", folder + "/tree"], folder)
            self.projectFile = folder + "/tree/" + prefix + name
        } catch {
            Self.removeTree(folder)
            throw error
        }
    }

    func remove() { Self.removeTree(folder) }

    private static func removeTree(_ folder: String) { _ = try? run(["rm", "-rf", "--", folder], nil) }

    /// Runs a program to its end; its first line of output.
    /// - Parameter scratch: where output is kept; nil: nowhere.
    private static func run(_ words: [String], _ scratch: String?) throws -> String {
        let output = scratch.map { $0 + "/output" } ?? "/dev/null",
            errors = scratch.map { $0 + "/errors" } ?? "/dev/null"
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        var arguments = words.map { strdup($0) }
        arguments.append(nil)
        defer { for argument in arguments { free(argument) } }
        var child = pid_t()
        let started = posix_spawnp(&child, words[0], &actions, nil, arguments, environ)
        guard started == 0 else {
            throw DiagnosticError(
                .error(
                    "cannot start '\(words[0])': \(String(cString: strerror(started)))", help: "git: needs git and tar")
            )
        }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        guard status == 0 else {
            let reason =
                (try? Files.text(errors, within: .report))?.split(separator: "\n").first.map(String.init) ?? "it failed"
            throw DiagnosticError(
                .error(
                    "\(words[0]): \(reason)",
                    help: "git: needs a repository that holds the project, and a revision of it"))
        }
        guard scratch != nil else { return "" }
        return try Files.text(output, within: .report).split(separator: "\n").first.map(String.init) ?? ""
    }
}
