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
    /// How types that are not stated follow from what is known.
    public let rules: any TypeRules

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
        layer: String, typeName: String, options: OptionTable, io: IOType, inputs: [Value], outputs: [Shape],
        result: PrecisionChoice? = nil, types: [PrecisionRole: FixedType] = [:],
        quantizers: [TrainedRole: TrainedQuantizer] = [:]
    ) {
        self.layer = layer
        self.typeName = typeName
        self.options = options
        self.io = io
        self.inputs = inputs
        self.outputs = outputs
        rules =
            StatedTypes(
                options, layer: layer, typeName: typeName, result: result, types: types, quantizers: quantizers
            ).rules
    }

    private init(_ site: LoweringSite, _ inputs: [Value], _ outputs: [Shape], _ rules: any TypeRules) {
        layer = site.layer
        typeName = site.typeName
        options = site.options
        io = site.io
        self.inputs = inputs
        self.outputs = outputs
        self.rules = rules
    }

    /// The site of a part of the layer: what it reads and gives, and how its types follow.
    public func part(reading inputs: [Value], giving outputs: [Shape], rules: any TypeRules) -> LoweringSite {
        LoweringSite(self, inputs, outputs, rules)
    }

    /// Where an operation of the layer stands that reads what comes in and gives what the layer gives.
    public func site(_ operation: some DesignOperation) -> OperationSite {
        OperationSite(
            io: io, inputs: inputs.map(\.spec),
            outputs: zip(operation.results, outputs).map { TensorSpec(types: $0, shape: $1) })
    }

    public var compat: Compat { options.compat }

    /// An option of the layer that is not a precision.
    public func option<Value>(_ option: KeyPath<LayerOptions, Value?>) -> Value? {
        options.value(option, layer: layer, type: typeName)
    }

    /// The size of a layer's table: the stated one, or 1024.
    public func tableSize() throws(DiagnosticError) -> Int {
        let size = option(\.tableSize) ?? 1024
        guard (2...(1 << 20)).contains(size) else {
            throw error(
                "a table of \(size) entries is not possible", attribute: "table_size",
                help: "a table has between 2 and \(1 << 20) entries")
        }
        return size
    }

    /// The reuse factor of a layer that multiplies elements one by one; nil where it states none. No more than come at
    /// once can share a multiplier, and a factor that is stated for all layers is meant for larger ones: then as many as
    /// come share one, with a warning.
    public func reuseOfElements(_ warnings: inout [Diagnostic]) -> Int? {
        guard let wanted = option(\.reuse), wanted > 1 else { return nil }
        let spec = inputs[0].spec
        let most = max(1, io == .parallel ? spec.count : spec.channels)
        if wanted > most {
            warnings.append(
                warning(
                    "reuse \(wanted) is more than the \(most) elements that are multiplied at once; \(most) is taken",
                    attribute: "reuse", help: "legal reuse factors are 1 to \(most)"))
        }
        return min(wanted, most)
    }

    public func error(_ message: String, attribute: String? = nil, help: String? = nil) -> DiagnosticError {
        DiagnosticError(LayerError(message, attribute: attribute, help: help).diagnostic(layer: layer))
    }

    /// Why a layer that is read has no operations.
    public func unwritten() -> DiagnosticError { DiagnosticError(Self.unwritten(layer, typeName)) }

    /// That nothing says yet what the firmware computes for a layer.
    public static func unwritten(_ layer: String, _ typeName: String) -> Diagnostic {
        .error(
            "layer '\(layer)': \(typeName) is read, but not in the firmware yet", subject: ["layers", layer],
            help: "'hlsbuild predict --engine float' computes the model as trained")
    }

    public func warning(_ message: String, attribute: String? = nil, help: String? = nil) -> Diagnostic {
        let subject = ["layers", layer] + (attribute.map { [$0] } ?? [])
        return .warning("layer '\(layer)': \(message)", subject: subject, help: help)
    }
}
