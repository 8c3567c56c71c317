public import FixedPoint
public import Options

/// What a project file says about the types of one layer, before any rule reads it.
public struct StatedTypes: Sendable {
    private let options: OptionTable
    private let layer: String
    private let typeName: String
    /// What a pass says of the result, which goes before what is stated.
    private let result: PrecisionChoice?
    /// What a pass says of trained numbers, which goes before as well.
    private let types: [PrecisionRole: FixedType]
    private let quantizers: [TrainedRole: TrainedQuantizer]

    public init(
        _ options: OptionTable, layer: String, typeName: String, result: PrecisionChoice? = nil,
        types: [PrecisionRole: FixedType] = [:], quantizers: [TrainedRole: TrainedQuantizer] = [:]
    ) {
        self.result = result
        self.types = types
        self.quantizers = quantizers
        self.options = options
        self.layer = layer
        self.typeName = typeName
    }

    /// What is stated for a role, defaults of the scopes included; nil where nothing is.
    public func choice(_ role: PrecisionRole) -> PrecisionChoice? {
        if role == .result, let result { return result }
        if let type = types[role] { return .type(type) }
        return options.precision(role, layer: layer, type: typeName)
    }

    /// The type stated for a role by its own name; nil where only a default covers it, or it is to be inferred.
    public func exactly(_ role: PrecisionRole) -> FixedType? {
        if role == .result, case .type(let type)? = result { return type }
        if let type = types[role] { return type }
        if case .type(let type)? = options.precision(exactly: role, layer: layer, type: typeName) { return type }
        return nil
    }

    /// The type that the model file's own quantiser has for a role; nil where it states none.
    public func quantized(_ role: PrecisionRole) -> FixedType? {
        switch role {
        case .weight: quantizers[.kernel]?.type
        case .bias: quantizers[.bias]?.type
        default: nil
        }
    }

    /// The project's default type.
    public var modelDefault: FixedType { options.modelDefault }

    /// The cap of inferred sums, where one is stated.
    public var maximum: FixedType? { options.maximumPrecision }

    /// The rules of the project's `compat`: the one place where it is chosen.
    public var rules: any TypeRules {
        switch options.compat {
        case .native: NativeTypes(self)
        case .hls4ml: HLS4MLTypes(self)
        }
    }
}
