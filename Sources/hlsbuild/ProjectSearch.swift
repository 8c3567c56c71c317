import Basics
import Glibc

/// The project file above the folder that a command works in, for whoever stands deep in a project.
struct ProjectSearch {
    static let name = "hlsbuild.yml"

    enum Finding: Equatable {
        /// Relative to the folder that the command works in.
        case found(String)
        /// It belongs to somebody else, whose programs it could name.
        case foreign(String)
    }

    /// More folders than a path has.
    private static let mostLevels = 128

    /// Nil where the command line names a project file, the command needs none, one is where it is looked for first, or
    /// there is none anywhere.
    static func finding(for form: CommandLineForm) -> Finding? {
        guard form.needsProject else { return nil }
        let folder = form.folder.isEmpty ? "" : form.folder + "/"
        return Files.linkStatus(folder + name) == nil ? finding(above: folder) : nil
    }

    /// - Parameter folder: with a slash at its end, or empty.
    private static func finding(above folder: String) -> Finding? {
        var above = ""
        for _ in 0..<mostLevels {
            let last = Files.status(folder + above + ".")
            above += "../"
            guard let last, let here = Files.status(folder + above),
                here.inode != last.inode || here.device != last.device
            else { return nil }
            var status = stat()
            guard stat(folder + above + name, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
            let isOwn = status.st_uid == geteuid() || status.st_uid == 0
            return isOwn ? .found(above + name) : .foreign(above + name)
        }
        return nil
    }

    /// The user's own project file above a folder that has none, relative to it.
    static func above(_ folder: String) -> String? {
        guard Files.linkStatus(folder + name) == nil, case .found(let path) = finding(above: folder) else { return nil }
        return path
    }

    /// The command line with the project file that was found, after having said so.
    static func completed(_ form: CommandLineForm) -> CommandLineForm {
        var form = form
        switch finding(for: form) {
        case nil: break
        case .found(let path):
            form.name(projectFile: path)
            if !form.isQuiet { Terminal.tell(Diagnostic(.note, "the project file is '\(whole(path, form))'")) }
        case .foreign(let path):
            Terminal.tell(
                .warning(
                    "'\(whole(path, form))' belongs to another user and is not taken", help: "'-f \(path)' takes it"))
        }
        return form
    }

    /// The path from the root, where there is one.
    private static func whole(_ path: String, _ form: CommandLineForm) -> String {
        guard let real = realpath(form.folder.isEmpty ? path : form.folder + "/" + path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }
}

extension CommandLineForm {
    /// The folder of `-C`; empty without one.
    fileprivate var folder: String {
        words.reduce("") { folder, word in
            if case .valued("directory", let named) = word { named } else { folder }
        }
    }

    fileprivate var isQuiet: Bool {
        words.contains { $0 == .option("-q") || $0 == .option("--quiet") }
    }

    /// Whether the command works on a project that the command line does not name.
    fileprivate var needsProject: Bool {
        let sides = words.count { if case .plain = $0 { true } else { false } }
        let isNamed = words.contains { word in
            switch word {
            case .valued("file", _), .valued("read", _): true
            case .option("-h"), .option("--help"), .option("--version"): true
            case .valued, .option, .plain: false
            }
        }
        switch verb {
        case "build", "check", "status", "why", "graph", "log", "report", "predict", "release", "doctor", "clean", "gc":
            return !isNamed
        // Two sides name their projects themselves.
        case "diff": return !isNamed && sides < 2
        default: return false
        }
    }
}
