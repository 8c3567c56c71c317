public import FixedPoint

/// Which of a layer's values a type is stated for.
public enum PrecisionRole: String, Hashable, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
    case result, weight, bias, accum
    /// A constant of an activation: the slope of a leaky ReLU, the threshold of a thresholded one.
    case param
    /// An activation table.
    case table
    case expTable = "exp_table"
    case invTable = "inv_table"
    /// The argument of softmax's inverse table.
    case invInp = "inv_inp"
    case scale
    /// Weights and bias that act on a recurrent layer's state.
    case recurrentWeight = "recurrent_weight"
    case recurrentBias = "recurrent_bias"
    /// The two halves of a separable convolution.
    case depthwise
    case depthwiseAccum = "depthwise_accum"
    case depthwiseResult = "depthwise_result"
    case pointwise
    case pointwiseAccum = "pointwise_accum"
    /// The rows of an embedding.
    case embeddings

    /// Whether the type belongs to a table: such types come from the layer's own rule, never from the `default` of a
    /// precision, which is meant for values that flow.
    public var isTable: Bool {
        switch self {
        case .table, .expTable, .invTable, .invInp: true
        case .result, .weight, .bias, .accum, .param, .scale, .recurrentWeight, .recurrentBias, .depthwise,
            .depthwiseAccum, .depthwiseResult, .pointwise, .pointwiseAccum, .embeddings:
            false
        }
    }
}

/// A type as a user may state it.
public enum PrecisionChoice: Hashable, Sendable {
    /// To be inferred.
    case auto
    case type(FixedType)
}

extension PrecisionChoice: Codable {
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        self = text == "auto" ? .auto : .type(try FixedType(parsing: text))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .auto: try container.encode("auto")
        case .type(let type): try container.encode(type.description)
        }
    }
}

/// What may be stated for a layer, for all layers of a type, or for the whole project. Nil: not stated there.
public struct LayerOptions: Hashable, Sendable, Codable {
    public var precision: [PrecisionRole: PrecisionChoice] = [:]
    /// The `default` of a precision mapping, or a precision written as one type.
    public var defaultPrecision: PrecisionChoice?
    /// How often one multiplier is used for one input: 1 is fully parallel.
    public var reuse: Int?
    public var strategy: Strategy?
    /// Levels of adders that distributed arithmetic may have beyond the fewest.
    public var adderSlack: Int?
    public var implementation: SoftmaxImplementation?
    public var tableSize: Int?
    public var expTableSize: Int?
    public var invTableSize: Int?
    /// Leave a final softmax out of the firmware.
    public var skip: Bool?
    /// `reuse` of a recurrent layer's multiplications with its state.
    public var recurrentReuse: Int?
    /// `reuse` of the two halves of a separable convolution.
    public var depthwiseReuse: Int?
    public var pointwiseReuse: Int?
    /// How many positions of a layer are computed at once: pixels of a convolution, rows for dense and softmax.
    public var parallelization: Int?
    /// How many stream elements each FIFO of the layer's result holds; not stated: found from the schedule.
    public var fifoDepth: Int?

    public init() {}

    public var isEmpty: Bool { self == LayerOptions() }
}

/// All that a project file says about layers, with the one rule of precedence: layer over layer type over project.
///
/// Types of layers are compared without regard to case, as hls4ml does. A layer is called exactly as in the model, once
/// `LayerNames` has said which one is meant.
public struct OptionTable: Hashable, Sendable, Codable {
    public var compat: Compat = .native
    public var project = LayerOptions()
    /// By layer class (`Dense`, `Activation`), as it was written.
    public var types: [String: LayerOptions] = [:]
    /// By layer name, as it was written.
    public var layers: [String: LayerOptions] = [:]
    /// Cap of inferred widths (hls4ml's `maximum`).
    public var maximumPrecision: FixedType?

    public init() {}

    /// The scopes that apply to a layer, the strongest first.
    private func scopes(_ layer: String, _ type: String) -> [LayerOptions] {
        [layers[layer], options(ofType: type), project].compactMap { $0 }
    }

    private func options(ofType type: String) -> LayerOptions? {
        if let exact = types[type] { return exact }
        let folded = type.lowercased()
        return types.first { $0.key.lowercased() == folded }?.value
    }

    /// The precision stated for `role` of a layer: in each scope the role itself, then that scope's default (which
    /// tables do not take). Nil where no scope states one.
    public func precision(_ role: PrecisionRole, layer: String, type: String) -> PrecisionChoice? {
        for scope in scopes(layer, type) {
            if let choice = scope.precision[role] ?? (role.isTable ? nil : scope.defaultPrecision) { return choice }
        }
        return nil
    }

    /// The precision stated for `role` by that very name: defaults do not count.
    public func precision(exactly role: PrecisionRole, layer: String, type: String) -> PrecisionChoice? {
        scopes(layer, type).lazy.compactMap { $0.precision[role] }.first
    }

    /// The project's default type, which `auto` weights and biases take: `fixed<16,6>` where none is stated.
    public var modelDefault: FixedType {
        if case .type(let type)? = project.defaultPrecision { return type }
        return .fixed(16, 6)
    }

    /// What the table says of `skip`, and nothing else of it.
    public var skips: OptionTable {
        func reduced(_ options: LayerOptions) -> LayerOptions? {
            guard let skip = options.skip else { return nil }
            var result = LayerOptions()
            result.skip = skip
            return result
        }
        var table = OptionTable()
        table.compat = compat
        table.project = reduced(project) ?? LayerOptions()
        table.types = types.compactMapValues(reduced)
        table.layers = layers.compactMapValues(reduced)
        return table
    }

    /// Any other option, the strongest scope that states it.
    public func value<Value>(_ option: KeyPath<LayerOptions, Value?>, layer: String, type: String) -> Value? {
        for scope in scopes(layer, type) {
            if let value = scope[keyPath: option] { return value }
        }
        return nil
    }
}
