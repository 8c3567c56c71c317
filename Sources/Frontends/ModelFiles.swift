/// The files of a trained model, read already: what a stage's key covers is what is parsed.
public enum ModelFiles: Sendable {
    /// One file with everything.
    case whole(File)
    /// The architecture in one file, its weights in another.
    case parts(architecture: File, weights: File)

    public struct File: Sendable {
        /// As the user wrote it, for messages.
        public var name: String
        public var bytes: [UInt8]

        public init(name: String, bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }
    }
}
