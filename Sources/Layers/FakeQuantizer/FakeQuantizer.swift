public import LayerKit
public import Options

/// A tensor on a grid, still as real numbers: `(round(clip(x / scale + zero, low, high)) - zero) scale`.
///
/// What training with quantisers in the graph computes (QONNX' Quant, BipolarQuant and Trunc, ONNX' QuantizeLinear with
/// DequantizeLinear behind it), in single precision as it does there: a value that lies between two steps of the grid
/// goes the same way.
public struct FakeQuantizer: ModelLayer {
    /// How a number of steps becomes a whole one.
    public enum Rounding: String, Hashable, Sendable, Codable {
        case halfEven, halfAwayFromZero, halfTowardZero, halfUp, ceil, floor, awayFromZero, towardZero
        /// 1, or -1 below zero.
        case sign
    }

    /// Bits that are dropped of a number that is on a grid already.
    public struct Truncation: Hashable, Sendable, Codable {
        /// Steps of the first grid in one of the second.
        public var divisor: Tensor
        public var scale: Tensor
        public var zeroPoint: Tensor

        public init(divisor: Tensor, scale: Tensor, zeroPoint: Tensor) {
            self.divisor = divisor
            self.scale = scale
            self.zeroPoint = zeroPoint
        }
    }

    // One number each, or as many as go along with the tensor's axes.
    public var scale: Tensor
    public var zeroPoint: Tensor
    /// In steps; nil: unbounded.
    public var low: Tensor?
    public var high: Tensor?
    public var rounding: Rounding
    /// What is dropped before the steps are bounded and rounded; they are whole by then.
    public var truncation: Truncation?
    /// What is computed of each channel before it is quantised; nil: nothing. Only passes put it here.
    public var input: Affine?
    /// Whether whole steps are given, without their scale: a pass has put it behind.
    public var givesSteps: Bool {
        get { unscaled == true }
        set { unscaled = newValue ? true : nil }
    }
    private var unscaled: Bool?

    public init(
        scale: Tensor, zeroPoint: Tensor, low: Tensor?, high: Tensor?, rounding: Rounding, truncation: Truncation? = nil
    ) {
        self.scale = scale
        self.zeroPoint = zeroPoint
        self.low = low
        self.high = high
        self.rounding = rounding
        self.truncation = truncation
    }

    public static let key = "fakeQuantizer"
    public static var operations: [any DesignOperation.Type] { [ThresholdOperation.self] }
    public static var borrowed: [any DesignOperation.Type] {
        [CastOperation.self, BatchNormalizationOperation.self]
    }

    public static var imports: [ImportRule] {
        [
            ImportRule(.onnx, "Quant", read: fromONNXQuant),
            ImportRule(.onnx, "BipolarQuant", read: fromONNXBipolarQuant),
            ImportRule(.onnx, "Trunc", read: fromONNXTrunc),
            ImportRule(.onnx, "QuantizeDequantize", read: fromONNXQuantizeDequantize),
        ]
    }

    public var typeName: String { "Quant" }
    public var precisionRoles: [PrecisionRole] { [] }
    public var usedOptions: [LayerOption] { [] }
    public var presence: LayerPresence { .operation }

    var parameters: [Tensor] {
        let dropped = truncation.map { [$0.divisor, $0.scale, $0.zeroPoint] } ?? []
        return [scale, zeroPoint] + [low, high].compactMap(\.self) + dropped
    }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] {
        let shape = inputs.first ?? []
        for parameter in parameters where parameter.count != 1 {
            guard Merge.broadcast(parameter.shape, shape) == shape else {
                throw LayerError(
                    "quantiser parameters of shape \(parameter.shape) do not go along with a tensor of shape \(shape)",
                    attribute: "scale")
            }
        }
        return [shape]
    }

    public func floatKernel(_ shapes: [Shape]) -> FloatKernel {
        if input != nil || givesSteps {
            let channels = channels(in: shapes[0])
            return .perElement(channels.count) { x, place in channels[place](x) }
        }
        let grid = Grid(self, shapes[0])
        return .perElement(grid.count) { x, place in Double(grid(Float(x), place)) }
    }

    public func absorbing(_ affine: Affine) -> FakeQuantizer? { nil }
}

extension FakeQuantizer.Rounding {
    func callAsFunction(_ x: Float) -> Float {
        switch self {
        case .halfEven: x.rounded(.toNearestOrEven)
        // As QONNX computes it: the half is added in single precision.
        case .halfAwayFromZero: Self.signed(x) { ($0 + 0.5).rounded(.down) }
        case .halfTowardZero: Self.signed(x) { ($0 - 0.5).rounded(.up) }
        case .halfUp: (x + 0.5).rounded(.down)
        case .ceil: x.rounded(.up)
        case .floor: x.rounded(.down)
        case .awayFromZero: x.rounded(.awayFromZero)
        case .towardZero: x.rounded(.towardZero)
        case .sign: x >= 0 ? 1 : -1
        }
    }

    private static func signed(_ x: Float, _ size: (Float) -> Float) -> Float {
        x == 0 ? 0 : x > 0 ? size(x) : -size(-x)
    }
}

/// A quantiser's parameters for every element of a sample, or for all of them.
private struct Grid: Sendable {
    /// 1: the same for all.
    let count: Int
    let scale: [Float]
    let zero: [Float]
    let low: [Float]?
    let high: [Float]?
    let divisor: [Float]?
    let resultScale: [Float]
    let resultZero: [Float]
    let rounding: FakeQuantizer.Rounding

    init(_ quantizer: FakeQuantizer, _ shape: Shape) {
        let truncation = quantizer.truncation
        let all = [quantizer.scale, quantizer.zeroPoint, quantizer.low, quantizer.high, truncation?.divisor]
        let isUniform = (all + [truncation?.scale, truncation?.zeroPoint]).allSatisfy { ($0?.count ?? 1) == 1 }
        count = isUniform ? 1 : shape.elementCount
        func spread(_ tensor: Tensor) -> [Float] {
            let values = tensor.singles
            if isUniform { return values }
            if values.count == 1 { return [Float](repeating: values[0], count: shape.elementCount) }
            return Merge.places(of: tensor.shape, in: shape)?.map { values[$0] } ?? values
        }
        scale = spread(quantizer.scale)
        zero = spread(quantizer.zeroPoint)
        low = quantizer.low.map(spread)
        high = quantizer.high.map(spread)
        divisor = truncation.map { spread($0.divisor) }
        resultScale = truncation.map { spread($0.scale) } ?? scale
        resultZero = truncation.map { spread($0.zeroPoint) } ?? zero
        rounding = quantizer.rounding
    }

    func callAsFunction(_ x: Float, _ place: Int) -> Float {
        var steps = x / scale[place] + zero[place]
        if let divisor { steps = steps.rounded(.toNearestOrEven) / divisor[place] }
        if let high { steps = min(steps, high[place]) }
        if let low { steps = max(steps, low[place]) }
        return (rounding(steps) - resultZero[place]) * resultScale[place]
    }
}
