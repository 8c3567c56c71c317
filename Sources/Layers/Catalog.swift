public import Basics
public import FixedPoint
public import LayerKit
import Options

/// Every layer there is.
public enum Catalog {
    public static let layers: [any ModelLayer.Type] = [
        InputLayer.self,
        Dense.self,
        BatchNormalization.self,
        Linear.self,
        Rectifier.self,
        ExponentialUnit.self,
        TableActivation.self,
        HardSigmoid.self,
        Softmax.self,
        Reshape.self,
        Dropout.self,
    ]
}

/// Every layer a Model can hold. A new layer is one case here and one folder beside this file; the compiler then asks
/// for its facets in each switch below.
public enum Layer: Hashable, Sendable, Codable {
    case input(InputLayer)
    case dense(Dense)
    case batchNormalization(BatchNormalization)
    case linear(Linear)
    case rectifier(Rectifier)
    case exponentialUnit(ExponentialUnit)
    case tableActivation(TableActivation)
    case hardSigmoid(HardSigmoid)
    case softmax(Softmax)
    case reshape(Reshape)
    case dropout(Dropout)

    /// The case of a layer.
    public init(_ layer: any ModelLayer) {
        switch layer {
        case let layer as InputLayer: self = .input(layer)
        case let layer as Dense: self = .dense(layer)
        case let layer as BatchNormalization: self = .batchNormalization(layer)
        case let layer as Linear: self = .linear(layer)
        case let layer as Rectifier: self = .rectifier(layer)
        case let layer as ExponentialUnit: self = .exponentialUnit(layer)
        case let layer as TableActivation: self = .tableActivation(layer)
        case let layer as HardSigmoid: self = .hardSigmoid(layer)
        case let layer as Softmax: self = .softmax(layer)
        case let layer as Reshape: self = .reshape(layer)
        case let layer as Dropout: self = .dropout(layer)
        default: preconditionFailure("\(type(of: layer)) is not in the catalogue")
        }
    }

    /// The layer behind the case, for what all layers answer alike.
    public var definition: any ModelLayer {
        switch self {
        case .input(let layer): layer
        case .dense(let layer): layer
        case .batchNormalization(let layer): layer
        case .linear(let layer): layer
        case .rectifier(let layer): layer
        case .exponentialUnit(let layer): layer
        case .tableActivation(let layer): layer
        case .hardSigmoid(let layer): layer
        case .softmax(let layer): layer
        case .reshape(let layer): layer
        case .dropout(let layer): layer
        }
    }

    /// The layer as an operation of the firmware; nil for a layer that computes nothing there.
    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered<Operation>? {
        switch self {
        case .input, .dropout: nil
        case .dense(let layer): try layer.lower(site)
        case .batchNormalization(let layer): try layer.lower(site)
        case .linear(let layer): layer.lower(site)
        case .rectifier(let layer): layer.lower(site)
        case .exponentialUnit(let layer): try layer.lower(site)
        case .tableActivation(let layer): try layer.lower(site)
        case .hardSigmoid(let layer): layer.lower(site)
        case .softmax(let layer): try layer.lower(site)
        case .reshape(let layer): layer.lower(site)
        }
    }
}

/// Everything a node of a Design can compute.
public enum Operation: Hashable, Sendable, Codable {
    case dense(DenseOperation)
    case scaleBias(ScaleBiasOperation)
    case cast(CastOperation)
    case rectifier(RectifierOperation)
    case exponentialUnit(ExponentialUnitOperation)
    case table(TableOperation)
    case hardSigmoid(HardSigmoidOperation)
    case softmax(SoftmaxOperation)
    /// The same elements under another shape: no hardware.
    case view(ViewOperation)

    /// The operation behind the case.
    public var definition: any DesignOperation {
        switch self {
        case .dense(let operation): operation
        case .scaleBias(let operation): operation
        case .cast(let operation): operation
        case .rectifier(let operation): operation
        case .exponentialUnit(let operation): operation
        case .table(let operation): operation
        case .hardSigmoid(let operation): operation
        case .softmax(let operation): operation
        case .view(let operation): operation
        }
    }

    public var resultType: FixedType { definition.resultType }

    /// The operation for 64-bit words. Spelt out per case so that every kernel is specialised in this module.
    public func kernel64(inputs: [FixedType], shapes: [Shape]) -> Kernel<Int64> {
        switch self {
        case .dense(let operation): operation.kernel(inputs: inputs, shapes: shapes)
        case .scaleBias(let operation): operation.kernel(inputs: inputs, shapes: shapes)
        case .cast(let operation): operation.kernel(inputs: inputs, shapes: shapes)
        case .rectifier(let operation): operation.kernel(inputs: inputs, shapes: shapes)
        case .exponentialUnit(let operation): operation.kernel(inputs: inputs, shapes: shapes)
        case .table(let operation): operation.kernel(inputs: inputs, shapes: shapes)
        case .hardSigmoid(let operation): operation.kernel(inputs: inputs, shapes: shapes)
        case .softmax(let operation): operation.kernel(inputs: inputs, shapes: shapes)
        case .view(let operation): operation.kernel(inputs: inputs, shapes: shapes)
        }
    }

    /// The operation for 128-bit words, where an intermediate needs more than 64.
    public func kernel128(inputs: [FixedType], shapes: [Shape]) -> Kernel<Int128> {
        definition.kernel(inputs: inputs, shapes: shapes)
    }
}
