/// What files of constants hold.
public enum ConstantForm: Hashable, Sendable {
    case written
    /// All but the numbers: to find out whether they can be written.
    case leftOut
}

/// A file of the written project.
public struct GeneratedFile: Hashable, Sendable {
    /// Relative to the project's folder, with slashes.
    public var path: String
    public var bytes: [UInt8]

    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    init(_ path: String, _ text: String) {
        self.init(path: path, bytes: Array(text.utf8))
    }
}
