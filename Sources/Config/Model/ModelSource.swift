/// Where the trained model is read from. Paths are as written, relative to the project file's folder.
public enum ModelSource: Hashable, Sendable, Codable {
    /// One file that holds architecture and weights; its format is told from its content.
    case file(String)
    /// Architecture and weights apart (Keras `model.json` + `weights.h5`).
    case parts(architecture: String, weights: String)

    /// The files to read, architecture first.
    public var files: [String] {
        switch self {
        case .file(let path): [path]
        case .parts(let architecture, let weights): [architecture, weights]
        }
    }
}
