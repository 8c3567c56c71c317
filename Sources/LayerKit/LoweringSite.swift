public import Basics
public import FixedPoint
public import Options

/// What a layer sees when it becomes an operation: what comes in, and what the project file says about it.
public struct LoweringSite: Sendable {
    public let layer: String
    public let typeName: String
    public let options: OptionTable
    public let io: IOType
    /// What comes in, one entry per input.
    public let inputs: [Value]
    /// The shapes of what the layer gives.
    public let outputs: [Shape]

    /// A tensor of the Design as the next layer sees it.
    public struct Value: Sendable {
        public var spec: TensorSpec
        public var ranges: Ranges

        /// The type that holds every element.
        public var type: FixedType { spec.type }
        public var shape: Shape { spec.shape }

        public init(_ spec: TensorSpec, ranges: Ranges) {
            self.spec = spec
            self.ranges = ranges
        }
    }

    public init(
        layer: String, typeName: String, options: OptionTable, io: IOType, inputs: [Value], outputs: [Shape]
    ) {
        self.layer = layer
        self.typeName = typeName
        self.options = options
        self.io = io
        self.inputs = inputs
        self.outputs = outputs
    }

    /// Where an operation of the layer stands that reads what comes in and gives what the layer gives.
    public func site(_ operation: some DesignOperation) -> OperationSite {
        OperationSite(
            io: io, inputs: inputs.map(\.spec),
            outputs: zip(operation.results, outputs).map { TensorSpec(types: $0, shape: $1) })
    }

    public var compat: Compat { options.compat }

    /// The type stated for a role, defaults of the scopes included; nil where it is to be inferred.
    public func stated(_ role: PrecisionRole) -> FixedType? {
        switch options.precision(role, layer: layer, type: typeName) {
        case .type(let type): type
        case .auto: nil
        case nil: compat == .hls4ml ? options.modelDefault : nil
        }
    }

    /// The type stated for a role by its own name; nil where only a default covers it, or it is to be inferred.
    public func stated(exactly role: PrecisionRole) -> FixedType? {
        if case .type(let type)? = options.precision(exactly: role, layer: layer, type: typeName) { return type }
        return nil
    }

    /// An option of the layer that is not a precision.
    public func option<Value>(_ option: KeyPath<LayerOptions, Value?>) -> Value? {
        options.value(option, layer: layer, type: typeName)
    }

    /// Result type of an activation without one of its own: hls4ml's model default, else what `inferred` says.
    public func result(inferred: FixedType) -> FixedType {
        stated(.result) ?? (compat == .hls4ml ? options.modelDefault : inferred)
    }

    public func error(_ message: String, attribute: String? = nil, help: String? = nil) -> DiagnosticError {
        DiagnosticError(LayerError(message, attribute: attribute, help: help).diagnostic(layer: layer))
    }

    public func warning(_ message: String, attribute: String? = nil, help: String? = nil) -> Diagnostic {
        let subject = ["layers", layer] + (attribute.map { [$0] } ?? [])
        return .warning("layer '\(layer)': \(message)", subject: subject, help: help)
    }
}
