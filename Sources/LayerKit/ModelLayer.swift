internal import Arrays
public import Basics
public import Options

/// A layer as it was trained: its attributes and weights, without a word about fixed point.
///
/// One conforming type per layer, in a folder of its own under `Sources/Layers`. Each requirement is a facet that every
/// layer answers, so that the compiler asks a new one for all of them.
public protocol ModelLayer: CatalogEntry {
    /// The operations that the layer can become and that stand in its room.
    static var operations: [any DesignOperation.Type] { get }

    /// Operations of other rooms that it becomes, too.
    static var borrowed: [any DesignOperation.Type] { get }

    /// The ops of every format that are this layer, and how each is read; none for a layer that only passes make.
    static var imports: [ImportRule] { get }

    /// The layer's class as hls4ml's `LayerType` and our `types` name it (`Dense`, `BatchNormalization`).
    var typeName: String { get }

    /// The precisions a user may state for this layer.
    var precisionRoles: [PrecisionRole] { get }

    /// The options that mean something for this layer; any other that a user states for it is an error.
    var usedOptions: [LayerOption] { get }

    /// What of the layer is in the firmware.
    var presence: LayerPresence { get }

    /// The shape of each output; throws what does not fit, without naming the layer.
    func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape]

    /// The layer as trained, in double precision, for inputs of these shapes.
    ///
    /// Precondition: `outputShapes(of:)` takes them.
    func floatKernel(_ shapes: [Shape]) -> FloatKernel

    /// The layer with a scale and an offset for each channel of its output taken into its own weights; nil where it
    /// has none that could take them.
    func absorbing(_ affine: Affine) -> Self?

    /// The layer as operations of the firmware with every type stated.
    func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered
}

extension ModelLayer {
    public static var borrowed: [any DesignOperation.Type] { [] }

    /// Whether the layer is read and computed as trained, but nothing says yet what the firmware computes for it.
    public var isUnwritten: Bool { presence == .operation && Self.operations.isEmpty && Self.borrowed.isEmpty }
}

/// What of a layer is in the firmware.
public enum LayerPresence: Hashable, Sendable {
    /// A tensor that comes from outside.
    case input
    /// Nothing: what comes in goes out.
    case nothing
    /// Hardware, or at least elements in another order.
    case operation
}

/// `y = scale x + bias`, for each channel of the last axis, in single precision, or in double where passes have made it.
public struct Affine: Hashable, Sendable, Codable {
    public var scale: Tensor
    public var bias: Tensor

    public init(scale: Tensor, bias: Tensor) {
        self.scale = scale
        self.bias = bias
    }

    /// Numbers in double precision.
    public init(scale: [Double], bias: [Double]) {
        self.init(scale: Tensor(doubles: scale), bias: Tensor(doubles: bias))
    }

    /// Whether there is more in it than single precision.
    public var isDouble: Bool {
        if case .float32 = scale.numbers, case .float32 = bias.numbers { return false }
        return true
    }

    /// This and then another, in double precision. One number goes along with any number of channels.
    public func followed(by next: Affine) -> Affine {
        let a = scale.doubles, b = bias.doubles, c = next.scale.doubles, d = next.bias.doubles
        let count = [a.count, b.count, c.count, d.count].max() ?? 1
        func at(_ values: [Double], _ place: Int) -> Double { values[values.count == 1 ? 0 : place % values.count] }
        return Affine(
            scale: (0..<count).map { at(a, $0) * at(c, $0) },
            bias: (0..<count).map { at(b, $0) * at(c, $0) + at(d, $0) })
    }
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
