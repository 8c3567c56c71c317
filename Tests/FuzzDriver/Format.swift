import TestSupport

/// One kind of input and the reader of it: what a new format of models adds to `Format.all`.
struct Format: Sendable {
    /// How inputs are changed besides bit by bit.
    enum Shape: Sendable {
        /// Words, numbers, brackets and lines.
        case text
        /// Integers of two, four and eight bytes.
        case binary
        /// Numbers and words that stand at places which others state: a change leaves the length.
        case patched
        /// A JSON document, which stays one.
        case json
        /// A message of protobuf, which stays one.
        case messages
        /// A zip archive, whose files are changed by what they are.
        case archive

        /// Whether a change leaves what its parser asks for.
        var isKept: Bool {
            switch self {
            case .text, .binary: false
            case .patched, .json, .messages, .archive: true
            }
        }
    }

    let name: String
    let shape: Shape
    /// Small inputs that are right.
    let seeds: [[UInt8]]
    /// Makes a changed input whole again where checksums would have it refused before anything else is looked at; nil
    /// where there are none.
    let mend: (@Sendable (_ changed: [UInt8], _ dice: inout Dice) -> [UInt8])?
    /// Reads an input. Whatever it throws is a refusal.
    let read: @Sendable ([UInt8]) throws -> Void

    init(
        _ name: String, _ shape: Shape, seeds: [[UInt8]],
        mend: (@Sendable ([UInt8], inout Dice) -> [UInt8])? = nil, read: @escaping @Sendable ([UInt8]) throws -> Void
    ) {
        self.name = name
        self.shape = shape
        self.seeds = seeds
        self.mend = mend
        self.read = read
    }
}
