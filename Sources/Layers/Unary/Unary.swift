public import Basics
internal import Glibc
public import LayerKit
public import Options

/// A function of every element by itself.
public struct Unary: ModelLayer {
    public enum Function: Hashable, Sendable, Codable {
        case exp, log, log1p, expm1, sqrt, rsqrt, square, reciprocal
        case abs, negate, sign, floor, ceil, round
        case sin, cos, tan, sinh, cosh, asin, acos, atan, asinh, acosh, atanh, erf
        /// `x sigmoid(x)`.
        case silu
        /// `x P(X <= x)` for a normal X, and its approximation by a hyperbolic tangent (Hendrycks and Gimpel 2016).
        case gelu, geluTanh
        /// `x tanh(softplus(x))`.
        case mish
        case logSigmoid
        /// `alpha (e^(x / alpha) - 1)` below zero.
        case celu(alpha: Double)
        /// `x - tanh(x)`.
        case tanhShrink
        /// Zero between `-lambda` and `lambda`; `x`, or `x` moved toward zero by lambda, elsewhere.
        case hardShrink(lambda: Double), softShrink(lambda: Double)
        /// `x clip(slope x + shift, 0, 1)`.
        case hardSwish(slope: Double, shift: Double)
        case power(Double)
        case clip(low: Double, high: Double)
        /// `log(1 + e^(beta x)) / beta`.
        case softplus(beta: Double)
        /// 1 where an element is at least, or above, the threshold; else 0.
        case step(threshold: Double, inclusive: Bool)
        /// 1 where an element is not negative, else -1.
        case binaryTanh
        /// 1 above 0.5, 0 above -0.5, else -1.
        case ternaryTanh
    }

    public var function: Function

    public init(_ function: Function) { self.function = function }

    public static let key = "unary"
    public static var operations: [any DesignOperation.Type] { [] }
    public static var imports: [ImportRule] {
        kerasImports + onnxImports
    }

    private static var onnxImports: [ImportRule] {
        [
            ImportRule(.onnx, "Abs", is: Unary(.abs)),
            ImportRule(.onnx, "Acos", is: Unary(.acos)),
            ImportRule(.onnx, "Acosh", is: Unary(.acosh)),
            ImportRule(.onnx, "Asin", is: Unary(.asin)),
            ImportRule(.onnx, "Asinh", is: Unary(.asinh)),
            ImportRule(.onnx, "Atan", is: Unary(.atan)),
            ImportRule(.onnx, "Atanh", is: Unary(.atanh)),
            ImportRule(.onnx, "Ceil", is: Unary(.ceil)),
            ImportRule(.onnx, "Cos", is: Unary(.cos)),
            ImportRule(.onnx, "Cosh", is: Unary(.cosh)),
            ImportRule(.onnx, "Erf", is: Unary(.erf)),
            ImportRule(.onnx, "Exp", is: Unary(.exp)),
            ImportRule(.onnx, "Floor", is: Unary(.floor)),
            ImportRule(.onnx, "Log", is: Unary(.log)),
            ImportRule(.onnx, "Mish", is: Unary(.mish)),
            ImportRule(.onnx, "Neg", is: Unary(.negate)),
            ImportRule(.onnx, "Reciprocal", is: Unary(.reciprocal)),
            ImportRule(.onnx, "Round", is: Unary(.round)),
            ImportRule(.onnx, "Sign", is: Unary(.sign)),
            ImportRule(.onnx, "Sin", is: Unary(.sin)),
            ImportRule(.onnx, "Sinh", is: Unary(.sinh)),
            ImportRule(.onnx, "Sqrt", is: Unary(.sqrt)),
            ImportRule(.onnx, "Tan", is: Unary(.tan)),
            ImportRule(.onnx, "HardSwish", is: Unary(.hardSwish(slope: 1.0 / 6, shift: 0.5))),
            ImportRule(.onnx, "Celu", read: fromONNX),
            ImportRule(.onnx, "Clip", read: fromONNX),
            ImportRule(.onnx, "Gelu", read: fromONNX),
            ImportRule(.onnx, "Pow", read: fromONNX),
            ImportRule(.onnx, "Shrink", read: fromONNX),
            ImportRule(.onnx, "Swish", read: fromONNX),
        ]
    }

    public var typeName: String { "Activation" }
    public var precisionRoles: [PrecisionRole] { [] }
    public var usedOptions: [LayerOption] { [] }
    public var presence: LayerPresence { .operation }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] { [inputs.first ?? []] }

    public func floatKernel(_ shapes: [Shape]) -> FloatKernel {
        let function = function
        return .elementwise { function($0) }
    }

    public func absorbing(_ affine: Affine) -> Unary? { nil }

    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered { throw site.unwritten() }
}

extension Unary.Function {
    /// The function's value, in double precision.
    func callAsFunction(_ x: Double) -> Double {
        switch self {
        case .exp: Glibc.exp(x)
        case .log: Glibc.log(x)
        case .log1p: Glibc.log1p(x)
        case .expm1: Glibc.expm1(x)
        case .sqrt: x.squareRoot()
        case .rsqrt: 1 / x.squareRoot()
        case .square: x * x
        case .reciprocal: 1 / x
        case .abs: Swift.abs(x)
        case .negate: -x
        case .sign: x > 0 ? 1 : x < 0 ? -1 : 0
        case .floor: Glibc.floor(x)
        case .ceil: Glibc.ceil(x)
        case .round: x.rounded(.toNearestOrEven)
        case .sin: Glibc.sin(x)
        case .cos: Glibc.cos(x)
        case .tan: Glibc.tan(x)
        case .sinh: Glibc.sinh(x)
        case .cosh: Glibc.cosh(x)
        case .asin: Glibc.asin(x)
        case .acos: Glibc.acos(x)
        case .atan: Glibc.atan(x)
        case .asinh: Glibc.asinh(x)
        case .acosh: Glibc.acosh(x)
        case .atanh: Glibc.atanh(x)
        case .erf: Glibc.erf(x)
        case .silu: x * Self.sigmoid(x)
        case .gelu: 0.5 * x * Glibc.erfc(-x / 2.0.squareRoot())
        case .geluTanh: 0.5 * x * (1 + Glibc.tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
        case .mish: x * Glibc.tanh(Self.softplus(x))
        case .logSigmoid: -Self.softplus(-x)
        case .celu(let alpha): x >= 0 ? x : alpha * Glibc.expm1(x / alpha)
        case .tanhShrink: x - Glibc.tanh(x)
        case .hardShrink(let lambda): Swift.abs(x) > lambda ? x : 0
        case .softShrink(let lambda): x > lambda ? x - lambda : x < -lambda ? x + lambda : 0
        case .hardSwish(let slope, let shift): x * max(0, min(1, slope * x + shift))
        case .power(let exponent): Glibc.pow(x, exponent)
        case .clip(let low, let high): max(low, min(high, x))
        case .softplus(let beta): Self.softplus(beta * x) / beta
        case .step(let threshold, let inclusive): (inclusive ? x >= threshold : x > threshold) ? 1 : 0
        case .binaryTanh: x >= 0 ? 1 : -1
        case .ternaryTanh: x > 0.5 ? 1 : x > -0.5 ? 0 : -1
        }
    }

    /// Without overflow for large arguments.
    private static func sigmoid(_ x: Double) -> Double {
        x >= 0 ? 1 / (1 + Glibc.exp(-x)) : Glibc.exp(x) / (1 + Glibc.exp(x))
    }

    private static func softplus(_ x: Double) -> Double { max(x, 0) + Glibc.log1p(Glibc.exp(-Swift.abs(x))) }
}
