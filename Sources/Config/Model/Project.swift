public import Basics
public import Options

/// Which of the two spellings a project file uses.
public enum ProjectFormat: String, Hashable, Sendable, Codable, CaseIterable { case hlsbuild, hls4ml }

/// A project file, read and typed: what a user has stated, defaults filled in, no file other than it opened.
///
/// Paths are kept as written; `path(_:)` resolves one. Locations live in `places`, so that two files with the same
/// meaning give equal values everywhere else.
public struct Project: Sendable {
    /// The project file, as it was named.
    public var file: String
    public var format: ProjectFormat
    /// A C identifier; prefix of every symbol and file that is made.
    public var name: String
    public var model: ModelSource
    public var backend: Backend
    /// Device, package and speed grade as the vendor's tools spell them (`xcu250-figd2104-2L-e`).
    public var part: String
    public var clock: Clock
    public var io: IOType
    /// How the firmware is connected to what surrounds it.
    public var interface: InterfaceOptions
    /// Precision, reuse, strategy and the like: by project, layer type and layer.
    public var options: OptionTable
    public var data: DataFiles
    public var expectations: [Expectation]
    /// Programs to use in place of those found on the search path, as written.
    public var tools: [ToolName: String]
    /// How the vendor's tools are run.
    public var vendor: VendorOptions
    /// How to read the model, where an hls4ml YAML says so.
    public var hints: ImportHints
    public var places: Places
    /// What is not an error but should be known, sorted by position.
    public var warnings: [Diagnostic]

    public var compat: Compat { options.compat }

    /// The folder that paths in the file are relative to: `.` where the file was named without one.
    public var directory: String {
        PathText.split(file).folder
    }

    /// A path of the file, resolved against the project file's folder.
    public func path(_ written: String) -> String {
        if PathText.isAbsolute(written) || directory == "." { return written }
        return directory == "/" ? "/" + written : directory + "/" + written
    }

    /// Where the value under `subject` was written, or the deepest written part above it.
    ///
    /// Subjects are paths of native keys (`["layers", "fc1", "reuse"]`) for both formats.
    public func locate(_ subject: [String]) -> SourceLocation { places.locate(subject) }

    /// The diagnostic with its location found by its subject, where it had none.
    public func located(_ diagnostic: Diagnostic) -> Diagnostic {
        guard diagnostic.location == nil else { return diagnostic }
        var diagnostic = diagnostic
        diagnostic.location = locate(diagnostic.subject)
        return diagnostic
    }
}

/// A program that stages run. The raw value is the key under `tools`.
public enum ToolName: String, Hashable, Sendable, Codable, CaseIterable {
    /// C++ compiler for csim.
    case cxx
    case vitis, vivado
    case vivadoHLS = "vivado_hls"
    case yosys, nextpnr, verilator, iverilog
}
