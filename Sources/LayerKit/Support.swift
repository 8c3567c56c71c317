/// Whether a back end can hold an operation.
public enum Support: Hashable, Sendable {
    case supported
    /// The reason completes the sentence "layer 'x' cannot be built: ...".
    case unsupported(String)
}
