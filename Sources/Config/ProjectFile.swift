public import Basics

/// Reading project files of both formats.
public enum ProjectFile {
    /// Reads and types a project file.
    ///
    /// - Parameters:
    ///   - path: the file; diagnostics name it as given here.
    ///   - overrides: settings of the command line, `layers.fc1.reuse=4`; the last of two for one key wins.
    /// - Throws: all errors of the file at once, sorted by position.
    public static func load(path: String, overrides: [String] = []) throws(DiagnosticError) -> Project {
        throw DiagnosticError(.error("not readable yet"))
    }

    /// The same for a text that is already in memory.
    public static func parse(_ bytes: [UInt8], file: String, overrides: [String] = []) throws(DiagnosticError)
        -> Project
    {
        throw DiagnosticError(.error("not readable yet"))
    }
}
