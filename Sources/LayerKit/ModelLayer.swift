public import Basics
public import Options

/// A layer as it was trained: its attributes and weights, without a word about fixed point.
///
/// One conforming type per layer, in a folder of its own under `Sources/Layers`; every requirement is one facet in a
/// file of its own, so that a new layer is asked for all of them by the compiler.
public protocol ModelLayer: Hashable, Sendable, Codable {
    /// The ops of every format that are this layer, and how each is read; none for a layer that only passes make.
    static var imports: [ImportRule] { get }

    /// The layer's class as hls4ml's `LayerType` and our `types` name it (`Dense`, `BatchNormalization`).
    var typeName: String { get }

    /// The precisions a user may state for this layer.
    var precisionRoles: [PrecisionRole] { get }

    /// The options that mean something for this layer; any other that a user states for it is an error.
    var usedOptions: [LayerOption] { get }

    /// The shape of the output; throws what does not fit, without naming the layer.
    func outputShape(of inputs: [Shape]) throws(LayerError) -> Shape

    /// The layer as trained, in double precision, one sample: inputs and output row-major.
    func evaluateFloat(_ inputs: [[Double]], _ shapes: [Shape]) -> [Double]
}

/// Why a layer cannot be what it says: what is wrong, which attribute is meant, what would be right.
public struct LayerError: Error, Hashable, Sendable {
    public var message: String
    public var attribute: String?
    public var help: String?

    public init(_ message: String, attribute: String? = nil, help: String? = nil) {
        self.message = message
        self.attribute = attribute
        self.help = help
    }

    /// The error as a diagnostic that names the layer and points at its entry in the project file.
    public func diagnostic(layer: String) -> Diagnostic {
        let subject = ["layers", layer] + (attribute.map { [$0] } ?? [])
        return .error("layer '\(layer)': \(message)", subject: subject, help: help)
    }
}
