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

    /// A tensor of the Design as the next layer sees it.
    public struct Value: Sendable {
        public var type: FixedType
        public var shape: Shape
        public var ranges: Ranges

        public init(type: FixedType, shape: Shape, ranges: Ranges) {
            self.type = type
            self.shape = shape
            self.ranges = ranges
        }
    }

    public init(layer: String, typeName: String, options: OptionTable, io: IOType, inputs: [Value]) {
        self.layer = layer
        self.typeName = typeName
        self.options = options
        self.io = io
        self.inputs = inputs
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

/// What lowering a layer gives.
public struct Lowered<Operation: Sendable>: Sendable {
    public var operation: Operation
    /// Bounds of the output, the cast to the result type included.
    public var ranges: Ranges
    public var warnings: [Diagnostic]

    public init(_ operation: Operation, ranges: Ranges, warnings: [Diagnostic] = []) {
        self.operation = operation
        self.ranges = ranges
        self.warnings = warnings
    }
}
