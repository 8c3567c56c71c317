/// A format of trained models. Ops of different formats are different ops, whatever they are called.
public enum ImportFormat: String, Hashable, Sendable, CaseIterable {
    /// Keras 2: layer classes by their name (`Dense`), its activation functions behind `activations.`
    /// (`activations.relu`).
    case keras
    /// ONNX, and what is translated into its ops: operators of the default domain as opset 18 spells them, and the
    /// quantisers of QONNX.
    case onnx
}

/// What a node of an import graph computes: an op, as its format calls it.
public struct ImportKey: Hashable, Sendable, CustomStringConvertible {
    public let format: ImportFormat
    public let op: String

    public init(_ format: ImportFormat, _ op: String) {
        self.format = format
        self.op = op
    }

    public var description: String { "\(format.rawValue) \(op)" }
}
