public import Basics
public import LayerKit
public import Options

/// A layer that is applied to each slice along the leading axes, by itself and with the same trained numbers.
public struct TimeDistributed: ModelLayer {
    public var layer: Layer
    /// How many leading axes.
    public var axes: Int

    public init(_ layer: any ModelLayer, axes: Int) {
        self.layer = Layer(layer)
        self.axes = axes
    }

    public static let key = "timeDistributed"
    public static var operations: [any DesignOperation.Type] { [] }
    public static var imports: [ImportRule] { [] }

    public var typeName: String { "TimeDistributed" }
    public var precisionRoles: [PrecisionRole] { [] }
    public var usedOptions: [LayerOption] { [] }
    public var presence: LayerPresence { .operation }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] {
        let steps = Array(inputs.first?.prefix(axes) ?? [])
        guard steps.count == axes, inputs.allSatisfy({ Array($0.prefix(axes)) == steps }) else {
            throw LayerError("the inputs \(inputs) do not have the same \(axes) leading axes")
        }
        return try layer.definition.outputShapes(of: inputs.map { Array($0.dropFirst(axes)) }).map { steps + $0 }
    }

    /// Steps are more samples.
    public func floatKernel(_ shapes: [Shape]) -> FloatKernel {
        let kernel = layer.definition.floatKernel(shapes.map { Array($0.dropFirst(axes)) })
        let steps = Array(shapes[0].prefix(axes)).elementCount
        return FloatKernel { inputs, samples in kernel(inputs, samples: samples * steps) }
    }

    public func absorbing(_ affine: Affine) -> TimeDistributed? { nil }

    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered { throw site.unwritten() }
}
