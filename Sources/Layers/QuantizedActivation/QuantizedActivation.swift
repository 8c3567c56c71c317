public import LayerKit
public import Options

/// Every element rounded to one of few values, as networks that were trained for firmware do between their layers.
public struct QuantizedActivation: ModelLayer {
    public var grid: Grid
    /// What is computed before the rounding, where it is no layer of its own: inside a recurrent layer.
    public var functions: [Layer]
    /// What the values of the grid are multiplied with: one number, or one for each place of the last axis; nil: 1.
    public var scale: Tensor?
    /// What is computed of each channel of the last axis before; nil: nothing. Only passes put it here.
    public var input: Affine?

    public init(_ grid: Grid, scale: Tensor? = nil) {
        self.grid = grid
        functions = []
        self.scale = scale
    }

    public static let key = "quantizedActivation"
    public static var operations: [any DesignOperation.Type] { [] }
    public static var borrowed: [any DesignOperation.Type] {
        [CastOperation.self, ThresholdOperation.self, BatchNormalizationOperation.self]
    }

    public static var imports: [ImportRule] {
        [
            ImportRule(.keras, "FixedPointQuantizer", read: fromFixedPointQuantizer),
            ImportRule(.keras, "quantizers.fixed", read: fromFixed),
            ImportRule(.keras, "quantizers.fixed_each", read: fromFixedEach),
            ImportRule(.keras, "quantizers.binary", read: fromBinary),
            ImportRule(.keras, "quantizers.ternary", read: fromTernary),
            ImportRule(.keras, "quantizers.power_of_two", read: fromPowerOfTwo),
            ImportRule(.keras, "quantizers.clip", read: clip),
            ImportRule(.keras, "quantizers.chain", read: chain),
            ImportRule(.keras, "quantizers.hard_swish", read: hardSwish),
            ImportRule(.keras, "quantizers.hard_sigmoid", read: hardSigmoid),
        ] + QuantizerParts.imports
    }

    public var typeName: String { "Activation" }
    public var precisionRoles: [PrecisionRole] { [] }
    public var usedOptions: [LayerOption] { [] }
    public var presence: LayerPresence { .operation }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] {
        let shape = inputs.first ?? []
        if case .fixed(let types) = grid, !types.fits(shape) {
            throw LayerError("the types of its elements are not those of a tensor of shape \(shape)")
        }
        if let scale, scale.count != 1, scale.count != shape.last {
            throw LayerError("\(scale.count) scales for the \(shape.last ?? 0) places of the last axis")
        }
        return [shape]
    }

    public func floatKernel(_ shapes: [Shape]) -> FloatKernel {
        let kernels = functions.map { $0.definition.floatKernel(shapes) } + [gridKernel(shapes[0])]
        let kernel =
            kernels.count == 1
            ? kernels[0]
            : FloatKernel { inputs, samples in
                kernels.reduce(inputs) { $1($0, samples: samples) }
            }
        if let input {
            var plain = self
            plain.input = nil
            let before = BatchNormalization(input).floatKernel(shapes), after = plain.floatKernel(shapes)
            return FloatKernel { inputs, samples in after(before(inputs, samples: samples), samples: samples) }
        }
        guard let factors = scale?.doubles else { return kernel }
        return FloatKernel { inputs, samples in
            var y = kernel(inputs, samples: samples)[0]
            for index in y.indices { y[index] *= factors[index % factors.count] }
            return [y]
        }
    }

    private func gridKernel(_ shape: Shape) -> FloatKernel {
        switch grid {
        case .fixed(let types):
            let distinct = types.distinct(in: shape)
            let grids = distinct.types.map { FixedGrid($0) }
            if grids.count == 1 { return .elementwise { [grid = grids[0]] in grid($0) } }
            return .perElement(shape.elementCount) { x, place in grids[distinct.place(of: place)](x) }
        case .binary(let zeroOne):
            let low = zeroOne ? 0.0 : -1.0
            return .elementwise { $0 < 0 ? low : 1 }
        case .ternary(let threshold):
            let limit = Double(threshold)
            return .elementwise { abs($0) >= limit ? ($0 > 0 ? 1 : $0 < 0 ? -1 : 0) : 0 }
        case .powersOfTwo(let grid):
            return .elementwise { grid($0) }
        }
    }

    public func absorbing(_ affine: Affine) -> QuantizedActivation? { nil }
}

extension QuantizedActivation {
    /// The values that there are.
    public enum Grid: Hashable, Sendable, Codable {
        /// Fixed point: each element is rounded and bounded as its type says.
        case fixed(ElementTypes)
        /// 1 from zero on; below it -1, or 0.
        case binary(zeroOne: Bool)
        /// The sign of what is of at least this size, 0 for the rest.
        case ternary(threshold: Float)
        case powersOfTwo(PowerOfTwoGrid)
    }
}
