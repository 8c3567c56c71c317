import Basics
import BuildEngine
import Stages

/// The short way through a build with nothing to do.
enum QuietBuild {
    /// What the answer depends on besides the files: the stages and the project file's name and overrides.
    static func request(targets: [String], file: String, overrides: [String]) -> String {
        "build\n" + targets.joined(separator: " ") + "\n" + file + "\n" + overrides.joined(separator: "\n")
    }

    /// Prints the answer and returns true if the last build of the same request stands as it is.
    static func answer(_ form: CommandLineForm) -> Bool {
        guard form.verb == "build", let asked = Asked(form.words) else { return false }
        let path =
            asked.directory.map { PathText.isAbsolute(asked.file) ? asked.file : $0 + "/" + asked.file } ?? asked.file
        let (folder, name) = PathText.split(path)
        let request = request(targets: asked.targets, file: name, overrides: asked.overrides)
        guard let summary = QuietCheck.holds(request: request, in: folder) else { return false }
        if !asked.isSilent { Terminal.writeOut(line(summary) + "\n") }
        return true
    }

    static func line(_ summary: BuildSummary) -> String {
        "nothing to do: " + summary.stages.map(\.name).joined(separator: ", ") + " up to date"
    }

    /// The command line, if it is one of those that can be answered shortly.
    struct Asked: Equatable {
        var targets: [String] = []
        var file = ProjectSearch.name
        var directory: String?
        var overrides: [String] = []
        var isSilent = false

        init?(_ words: [CommandLineForm.Word]) {
            for word in words {
                switch word {
                case .plain(let stage): targets.append(stage)
                case .valued("file", let value): file = value
                case .valued("directory", let value): directory = value
                case .valued("set", let value): overrides.append(value)
                // Any number of commands at once does nothing; what is no number is for the parser to refuse.
                case .valued("jobs", let value): guard let jobs = Int(value), jobs > 0 else { return nil }
                case .option("-q"), .option("--quiet"): isSilent = true
                case .option("-k"), .option("--keep-going"), .option("--no-color"): break
                case .valued, .option: return nil
                }
            }
        }
    }
}
