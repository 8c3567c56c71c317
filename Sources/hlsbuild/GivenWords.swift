import Basics

/// The words of the command line as this process was given them.
enum GivenWords {
    /// Whether programs read what is printed. Known before the words are parsed, since what is wrong with them is told too.
    static let askForJSON = has("--json")
    static let forbidColor = has("--no-color")

    /// Whether an option stands before `--`. It is never the value of another: a value does not begin with a hyphen.
    private static func has(_ option: String) -> Bool {
        CommandLine.arguments.dropFirst().prefix { $0 != "--" }.contains(option)
    }

    /// The error for the first word that is not UTF-8; nil where all are.
    ///
    /// A text that was mended would be the name of another file: what is written under it would appear beside the one
    /// that was meant.
    static func fault() -> Diagnostic? {
        let words = UnsafeMutableBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc))
        for (index, word) in words.enumerated().dropFirst() {
            guard let word, String(validatingCString: word) == nil else { continue }
            return .error(
                "word \(index) of the command line, '\(String(cString: word))', is not UTF-8",
                help: "rename the file or folder, or lead a symbolic link to it")
        }
        return nil
    }
}
