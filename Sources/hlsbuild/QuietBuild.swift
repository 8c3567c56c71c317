import Basics
import BuildEngine
import Glibc
import Stages

/// The short way through a build with nothing to do.
enum QuietBuild {
    /// Options under which the answer is the same one line.
    private static let plain: Set<String> = ["-q", "--quiet", "-k", "--keep-going", "--no-color"]

    /// What the answer depends on besides the files: the stages and the project file's name and overrides.
    static func request(targets: [String], file: String, overrides: [String]) -> String {
        "build\n" + targets.joined(separator: " ") + "\n" + file + "\n" + overrides.joined(separator: "\n")
    }

    /// Prints the answer and returns true if the last build of the same request stands as it is.
    static func answer(_ form: CommandLineForm) -> Bool {
        guard form.verb == "build", let asked = Asked(form.arguments) else { return false }
        let path = asked.directory.map { asked.file.hasPrefix("/") ? asked.file : $0 + "/" + asked.file } ?? asked.file
        let (folder, name) = Workspace.split(path)
        let request = request(targets: asked.targets, file: name, overrides: asked.overrides)
        guard let summary = QuietCheck.holds(request: request, in: folder) else { return false }
        if !asked.isSilent { print(line(summary)) }
        return true
    }

    static func line(_ summary: BuildSummary) -> String {
        "nothing to do: " + summary.stages.map(\.name).joined(separator: ", ") + " up to date"
    }

    /// The command line, if it is one of those that can be answered shortly.
    private struct Asked {
        var targets: [String] = []
        var file = "hlsbuild.yml"
        var directory: String?
        var overrides: [String] = []
        var isSilent = false

        init?(_ words: [String]) {
            var index = 0
            func value() -> String? { index + 1 < words.count ? words[index + 1] : nil }
            while index < words.count {
                let word = words[index]
                switch word {
                case "-f", "--file", "-C", "--directory", "--set", "-j", "--jobs":
                    guard let value = value() else { return nil }
                    switch word {
                    case "-f", "--file": file = value
                    case "-C", "--directory": directory = value
                    case "--set": overrides.append(value)
                    default: break
                    }
                    index += 1
                case _ where QuietBuild.plain.contains(word): if word == "-q" || word == "--quiet" { isSilent = true }
                case _ where word.hasPrefix("-"): return nil
                default: targets.append(word)
                }
                index += 1
            }
        }
    }
}
