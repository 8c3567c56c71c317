/// What is taken of one kind of input, and no more: every reader has a limit here, so that no file asks for memory or
/// time beyond what its kind is worth. The README states the same list.
///
/// Sizes are compared before anything is allocated. The limits lie far beyond what training and building write, and
/// within what a process of a gibibyte of address space reads; where they do not (a model or data of hundreds of
/// megabytes), `AddressSpace` is asked as well.
public struct InputLimit: Hashable, Sendable {
    /// The kind, as messages name it: `a project file`.
    public let name: String
    /// Bytes of the file or the text.
    public let bytes: Int
    /// What it is made of, and how many of that.
    public let elements: Int
    public let elementName: String
    /// Levels, where it is a tree.
    public let depth: Int?

    private init(_ name: String, bytes: Int, _ elements: Int, _ elementName: String, depth: Int? = nil) {
        self.name = name
        self.bytes = bytes
        self.elements = elements
        self.elementName = elementName
        self.depth = depth
    }

    /// Project files of both formats; aliases count as what they stand for.
    public static let projectFile = InputLimit("a project file", bytes: 8 << 20, 200_000, "values", depth: 64)
    /// One `--set`, on the command line or in the manifest of a release.
    public static let setting = InputLimit("a setting (--set)", bytes: 64 << 10, 16, "keys")
    /// All of them.
    public static let settings = InputLimit("all settings", bytes: 1 << 20, 1000, "settings")
    /// The JSON of a model's architecture, in a file of its own or within an HDF5 file.
    public static let modelJSON = InputLimit("a model's JSON", bytes: 32 << 20, 1_000_000, "values", depth: 100)
    /// HDF5 files; other formats of models hold no more.
    public static let model = InputLimit("a model file", bytes: 1 << 30, 100_000, "objects", depth: 32)
    /// A Python pickle within a model file: names and shapes, the numbers lie beside it.
    public static let pickle = InputLimit("a pickle of a model", bytes: 16 << 20, 1_000_000, "values")
    /// What a model file says, whatever its format.
    public static let network = InputLimit("a network", bytes: 1 << 30, 4096, "layers")
    /// What enters and leaves a layer.
    public static let tensor = InputLimit("a tensor between layers", bytes: 1 << 25, 1 << 22, "elements")
    /// All tensors between the layers of a network.
    public static let tensors = InputLimit("all tensors between layers", bytes: 1 << 28, 1 << 25, "elements")
    /// Files that `data`, `--input` and the like name.
    public static let data = InputLimit("a data file", bytes: 1 << 31, 1 << 28, "numbers")
    /// What a run of a network gives for all samples, by whatever engine: a few bytes of samples can ask for any number.
    public static let results = InputLimit("the results of a run", bytes: 1 << 31, 1 << 28, "numbers")
    /// The templates of the written projects; the bytes are those of one of them.
    public static let templates = InputLimit("a folder of templates", bytes: 16 << 20, 10_000, "files", depth: 16)
    /// Reports and logs of the vendor's tools, uncompressed.
    public static let report = InputLimit("a report or log", bytes: 128 << 20, 4_000_000, "lines", depth: 128)
    /// What `verify` reads.
    public static let release = InputLimit("a release", bytes: 1 << 30, 100_000, "files")
    /// Zip archives; the bytes are those of all files in them, uncompressed.
    public static let zip = InputLimit("a zip archive", bytes: 1 << 30, 65_534, "files")
    /// What hlsbuild keeps for itself beside the results: which file had which digest, how each stage stands.
    public static let state = InputLimit("a file of hlsbuild's state", bytes: 256 << 20, 1, "file")
    /// Whatever has no limit of its own: results in the store, files that a tool made, lists of compilers.
    public static let other = InputLimit("any other file", bytes: 1 << 31, 1, "file")

    /// All of them, in the order of the README.
    public static let all = [
        projectFile, setting, settings, modelJSON, model, pickle, network, tensor, tensors, data, results, templates,
        report,
        release, zip, state, other,
    ]

    /// Throws for a file of so many bytes that is larger.
    public func check(size: Int, of path: String) throws(FileError) {
        guard size > bytes else { return }
        throw FileError("read", path, tooLarge: "\(size) bytes are more than \(name) may have (\(Self.size(bytes)))")
    }

    /// `8 MiB`, `1 GiB`: the limits are whole ones.
    public static func size(_ bytes: Int) -> String {
        for (unit, shift) in [("GiB", 30), ("MiB", 20), ("KiB", 10)] where bytes >= 1 << shift {
            return "\(bytes >> shift) \(unit)"
        }
        return "\(bytes) bytes"
    }
}
