internal import Glibc
public import LayerKit
public import Options

/// The activations that the firmware looks up in a table.
public enum TableActivation: String, ModelLayer, CaseIterable {
    case sigmoid, tanh, softplus, softsign

    public static let key = "tableActivation"
    public static var operations: [any DesignOperation.Type] { [TableOperation.self] }

    public static var imports: [ImportRule] {
        [
            ImportRule(.keras, "activations.sigmoid", is: sigmoid),
            ImportRule(.keras, "activations.tanh", is: tanh),
            ImportRule(.keras, "activations.softplus", is: softplus),
            ImportRule(.keras, "activations.softsign", is: softsign),
            ImportRule(.onnx, "Sigmoid", is: sigmoid),
            ImportRule(.onnx, "Tanh", is: tanh),
            ImportRule(.onnx, "Softplus", is: softplus),
            ImportRule(.onnx, "Softsign", is: softsign),
        ]
    }

    public var typeName: String { "Activation" }
    public var precisionRoles: [PrecisionRole] { [.result, .table] }
    public var usedOptions: [LayerOption] { [.tableSize] }
    public var presence: LayerPresence { .operation }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] { [inputs.first ?? []] }

    public func floatKernel(_ shapes: [Shape]) -> FloatKernel { .elementwise(value) }

    public func absorbing(_ affine: Affine) -> TableActivation? { nil }

    /// The function, in double precision, without overflow for large arguments.
    func value(_ x: Double) -> Double {
        switch self {
        case .sigmoid: x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x))
        case .tanh: Glibc.tanh(x)
        case .softplus: max(x, 0) + log1p(exp(-abs(x)))
        case .softsign: x / (1 + abs(x))
        }
    }

    /// The function as the peer fills its tables: single precision, rounded where its C++ rounds.
    func tableValue(_ x: Float) -> Double {
        switch self {
        case .sigmoid: Double(Float(1.0 / Double(1 + expf(-x))))
        case .tanh: Glibc.tanh(Double(x))
        case .softplus: Double(Float(log(Double(expf(x)) + 1)))
        case .softsign: Double(Float(Double(x) / (Double(abs(x)) + 1)))
        }
    }

    /// The peer's table covers arguments in [-range, range).
    var range: Int {
        switch self {
        case .sigmoid, .softplus, .softsign: 8
        case .tanh: 4
        }
    }
}
