internal import Basics
public import LayerKit
public import Options

/// A constant around the elements.
public struct Padding: ModelLayer {
    /// One for each axis.
    public var pads: [Pad]
    public var value: Double

    public init(pads: [Pad], value: Double = 0) {
        self.pads = pads
        self.value = value
    }

    public static let key = "padding"
    public static var operations: [any DesignOperation.Type] { [PaddingOperation.self] }
    public static var imports: [ImportRule] { kerasImports + onnxImports }

    public var typeName: String { "ZeroPadding" }
    public var precisionRoles: [PrecisionRole] { [.result] }
    public var usedOptions: [LayerOption] { [] }
    public var presence: LayerPresence { .operation }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] {
        let shape = inputs.first ?? [], all = 0...InputLimit.tensor.elements
        guard pads.count == shape.count, pads.allSatisfy({ all.contains($0.before) && all.contains($0.after) }) else {
            throw LayerError(
                "paddings \(pads.map { [$0.before, $0.after] }) do not fit an input of shape \(shape)",
                attribute: "padding")
        }
        return [zip(shape, pads).map { $0 + $1.before + $1.after }]
    }

    public func floatKernel(_ shapes: [Shape]) -> FloatKernel {
        let shape = shapes[0], pads = pads
        let own = Strides.steps(of: shape)
        let places = Strides(zip(shape, pads).map { $0 + $1.before + $1.after }).map { index -> Int in
            var place = 0
            for axis in index.indices {
                let at = index[axis] - pads[axis].before
                if !(0..<shape[axis]).contains(at) { return -1 }
                place += at * own[axis]
            }
            return place
        }
        return .selecting(places, of: shape.elementCount, else: value)
    }

    public func absorbing(_ affine: Affine) -> Padding? { nil }
}
