/// How far csim's answer may lie from what is expected.
public enum Tolerance: Hashable, Sendable, Codable {
    /// Not at all: every value equal.
    case exact
    /// Largest absolute difference of one value.
    case absolute(Ratio)

    /// As a project file states it.
    public var text: String {
        switch self {
        case .exact: "exact"
        case .absolute(let ratio): ratio.description
        }
    }
}

/// What csim runs and what it must give. Paths are as written, relative to the project file's folder.
public struct DataFiles: Hashable, Sendable, Codable {
    /// One file a model input, in the model's order (`.npy`, `.npz` or hls4ml's `.dat` text).
    public var inputs: [String] = []
    /// One file a model output.
    public var expected: [String] = []
    /// One file a model output: the class of each sample, as its index or one-hot.
    public var labels: [String] = []
    /// Nil: not stated; a difference is then reported and never fails.
    public var tolerance: Tolerance?

    public init() {}

    /// All that are named.
    public var files: [String] { inputs + expected + labels }
}
