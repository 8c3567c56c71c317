import Basics
import FixedPoint
import LayerKit
import Options

/// How the parts of a recurrent layer become operations, whatever rules their types follow.
struct RecurrentLowering {
    let layer: Recurrent
    let site: LoweringSite
    var warnings: [Diagnostic] = []

    init(_ layer: Recurrent, _ site: LoweringSite) {
        self.layer = layer
        self.site = site
    }

    var units: Int { layer.units }
    var isResetBefore: Bool { layer.cell == .gru(resetAfter: false) }

    /// A product, and bounds of its sums.
    struct Product {
        var operation: DenseOperation
        var ranges: Ranges
    }

    /// The product with the features of a step.
    mutating func input(_ value: LoweringSite.Value) throws(DiagnosticError) -> Product {
        try product(layer.kernel, layer.bias, value, (.weight, .bias), nil)
    }

    /// The product with the state: for all gates, or where the reset comes before it, for all but the candidate's.
    mutating func state(_ value: LoweringSite.Value) throws(DiagnosticError) -> Product {
        let columns = 0..<(isResetBefore ? 2 : layer.cell.gates) * units
        return try recurrent(columns, value)
    }

    /// The product with what the reset leaves of the state.
    mutating func candidate(_ value: LoweringSite.Value) throws(DiagnosticError) -> Product {
        try recurrent(2 * units..<3 * units, value)
    }

    private mutating func recurrent(_ columns: Range<Int>, _ value: LoweringSite.Value) throws(DiagnosticError)
        -> Product
    {
        let all = layer.cell.gates * units, weights = layer.recurrentKernel.singles
        let own = (0..<units).flatMap { weights[($0 * all + columns.lowerBound)...].prefix(columns.count) }
        guard let kernel = Tensor(shape: [units, columns.count], values: own) else {
            throw site.error("the recurrent kernel has shape \(layer.recurrentKernel.shape)", attribute: "kernel")
        }
        let bias = layer.recurrentBias.map { Tensor(Array($0.singles[columns])) }
        // hls4ml shares multipliers of both products alike.
        let stated = site.compat == .native ? site.option(\.recurrentReuse) : nil
        return try product(
            kernel, bias, value, (.recurrentWeight, .recurrentBias), stated.map { ($0, "recurrent_reuse") })
    }

    private mutating func product(
        _ kernel: Tensor, _ bias: Tensor?, _ value: LoweringSite.Value, _ roles: (PrecisionRole, PrecisionRole),
        _ reuse: (Int, String)?
    ) throws(DiagnosticError) -> Product {
        let place = site.part(
            reading: [value], giving: [[kernel.shape[1]]], rules: site.rules.withoutInference)
        var lowering = ProductLowering(site: place, kernel: kernel, bias: bias)
        lowering.roles = (weight: roles.0, bias: roles.1)
        lowering.reuse = reuse.map { (factor: $0.0, attribute: $0.1) }
        let lowered = try lowering.lower(value.ranges) { (_, _) throws(DiagnosticError) in 1 }
        warnings += lowered.warnings
        // A sum goes on as it is.
        var operation = lowered.operation
        let sum = operation.sum(value.type, value.ranges)
        operation.resultType = operation.accum ?? sum.exactAccumulator
        let isExact = operation.accum == nil || operation.exactSum
        return Product(
            operation: operation, ranges: isExact ? sum.ranges.final : sum.ranges.final.cast(to: operation.resultType))
    }

    /// A function of a value for each unit, and bounds of what it gives.
    /// - Parameter result: the type of that; `.auto`: as the function needs it.
    mutating func function(
        _ function: Layer, of type: FixedType, _ bounds: Interval, result: PrecisionChoice
    ) throws(DiagnosticError) -> (operation: Operation, bounds: Interval) {
        let rules = StatedTypes(site.options, layer: site.layer, typeName: site.typeName, result: result).rules
        let value = LoweringSite.Value(TensorSpec(type, [units]), ranges: bounds.ranges(units))
        let place = site.part(reading: [value], giving: [[units]], rules: rules)
        let lowered = try function.definition.lower(place)
        guard lowered.parts.count == 1, Self.isFunction(lowered.parts[0].operation) else {
            throw site.error(
                "its activation \(function.definition.typeName) has no firmware inside of a recurrent layer",
                attribute: "activation", help: "sigmoid, tanh, relu and their relatives have")
        }
        warnings += lowered.warnings
        let operation = lowered.parts[0].operation
        return (Operation(operation), Self.bounds(of: operation) ?? lowered.parts[0].ranges[0].interval)
    }

    /// Exact bounds of a function that has some whatever it is computed of; nil for others.
    private static func bounds(of operation: any DesignOperation) -> Interval? {
        let ends: Interval
        switch operation {
        case let table as TableOperation: ends = Interval(table.table.values.min() ?? 0, table.table.values.max() ?? 0)
        case is HardSigmoidOperation: ends = Interval(0, 1)
        default: return nil
        }
        let type = operation.results[0].storage
        // A number that wraps may become any other.
        guard type.minimum <= ends.low, ends.high <= type.maximum else { return Interval(type.minimum, type.maximum) }
        func held(_ value: Double) -> Double { type.value(Int64(clamping: type.quantize(value))) }
        return Interval(held(ends.low), held(ends.high))
    }

    /// Whether an operation computes a number of each number alone.
    private static func isFunction(_ operation: any DesignOperation) -> Bool {
        switch operation {
        case is TableOperation, is HardSigmoidOperation, is ELUOperation: true
        case let relu as ReLUOperation: (relu.slope?.raw.count ?? 1) == 1
        case let cast as CastOperation: if case .uniform = cast.resultType { true } else { false }
        default: false
        }
    }

    /// The operation with bounds of the states that it gives.
    func lowered(_ operation: RecurrentOperation, hidden: Interval, cell: Interval) -> Lowered {
        let ranges = zip(operation.outputs, site.outputs).map { output, shape in
            output == .cell
                ? cell.ranges(shape.elementCount).cast(to: operation.cellType ?? operation.stateType)
                : hidden.ranges(shape.elementCount).cast(to: operation.stateType)
        }
        let part = Lowered.Part(
            operation, inputs: site.inputs.indices.map { .input($0) }, shapes: site.outputs, ranges: ranges)
        return Lowered(parts: [part], warnings: warnings)
    }
}
