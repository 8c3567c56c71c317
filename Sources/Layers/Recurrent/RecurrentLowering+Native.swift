import Basics
import FixedPoint
import LayerKit
import Options

extension RecurrentLowering {
    /// Bits of a number that is rounded between two steps.
    private static let widest = 24
    /// A state that grows beyond this is none that a network was trained for.
    private static let farthest = 0x1p40

    /// Types in which no number of any step overflows: the bounds of the states are followed from step to step.
    mutating func native() throws(DiagnosticError) -> Lowered {
        let earlier = warnings
        for margin in [0x1p-10, 0x1p-4, 1] {
            warnings = earlier
            if let lowered = try native(margin: margin) { return lowered }
        }
        throw site.error(
            "the types of its functions do not hold what they can give", attribute: "precision",
            help: "leave them to 'auto'")
    }

    /// - Returns: nil where rounding moved a number out of the bounds that were taken for it.
    private mutating func native(margin: Double) throws(DiagnosticError) -> Lowered? {
        let stated = site.rules.stated(.result)
        let bounds = RecurrentBounds(
            layer, features, steps: site.inputs[0].shape[0], starts: site.inputs.dropFirst().map(\.ranges.interval),
            type: stated, margin: margin)
        for state in [bounds.before, bounds.after, bounds.cell] where !(state.reach < Self.farthest) {
            throw site.error(
                "its state may grow beyond \(Int64(Self.farthest)) in \(site.inputs[0].shape[0]) steps",
                attribute: "precision", help: "state a type of its result, or another activation")
        }
        let stateType = stated ?? Self.rounded(bounds.before.joined(bounds.after), places: 16)
        let states = bounds.before.ranges(units).cast(to: stateType)
        let input = try input(
            .init(TensorSpec(site.inputs[0].type, [layer.kernel.shape[0]]), ranges: features))
        let state = try state(.init(TensorSpec(stateType, [units]), ranges: states))
        var operation = RecurrentOperation(
            cell: layer.cell, input: input.operation, state: state.operation, sumType: stateType,
            activation: Operation(CastOperation(stateType)), stateType: stateType, reversed: layer.reversed,
            outputs: layer.results)
        var sums = Sums(input, state, layer.cell, units: units)
        var fraction = max(input.operation.resultType.fraction, state.operation.resultType.fraction)
        if case .gru = layer.cell {
            let left: Interval
            if isResetBefore {
                let held = bounds.gate * states.interval
                let type = Self.rounded(held, places: 16)
                let candidate = try candidate(
                    .init(TensorSpec(type, [units]), ranges: held.ranges(units).cast(to: type)))
                operation.resetType = type
                operation.candidate = candidate.operation
                fraction = max(fraction, candidate.operation.resultType.fraction)
                left = candidate.ranges.interval
            } else {
                let product = bounds.gate * state.ranges.interval(2 * units..<3 * units)
                let type = Self.rounded(product, places: fraction)
                operation.resetType = type
                fraction = max(fraction, type.fraction)
                left = product.ranges(1).cast(to: type).interval
            }
            sums.made = input.ranges.interval(2 * units..<3 * units) + left
        }
        let all = sums.made.joined(sums.gates)
        operation.sumType = .covering(all.low, all.high, fraction: fraction)
        let made = try function(layer.activation, of: operation.sumType, sums.made, result: .auto)
        operation.activation = made.operation
        var isHeld = bounds.made.contains(made.bounds)
        if layer.cell != .simple {
            let gate = try function(layer.recurrentActivation, of: operation.sumType, sums.gates, result: .auto)
            operation.gate = gate.operation
            isHeld = isHeld && bounds.gate.contains(gate.bounds)
        }
        if layer.cell == .lstm {
            let type = Self.rounded(bounds.cell, places: 16)
            operation.cellType = type
            let shown = try function(layer.activation, of: type, bounds.cell, result: .auto)
            operation.cellActivation = shown.operation
            isHeld = isHeld && bounds.shown.contains(shown.bounds)
        }
        return isHeld ? lowered(operation, hidden: bounds.after, cell: bounds.cell) : nil
    }

    /// Bounds of each feature over all steps.
    private var features: Ranges {
        let x = site.inputs[0].ranges, count = layer.kernel.shape[0]
        func fold(_ bounds: [Double], _ pick: (Double, Double) -> Double) -> [Double] {
            (0..<count).map { feature in
                stride(from: feature, to: bounds.count, by: count).reduce(bounds[feature]) { pick($0, bounds[$1]) }
            }
        }
        return Ranges(low: fold(x.low, min), high: fold(x.high, max))
    }

    /// A type for numbers that are rounded to so many places, or to fewer where they are large.
    private static func rounded(_ bounds: Interval, places: Int) -> FixedType {
        let whole = FixedType.covering(bounds.low, bounds.high, fraction: 0)
        let fraction = min(places, max(0, widest - whole.width))
        let step = Double(sign: .plus, exponent: -fraction, significand: 1)
        var type = FixedType.covering(bounds.low - step, bounds.high + step, fraction: fraction)
        type.rounding = .rnd
        return type
    }

    /// Bounds of the sums that gates are computed of, and of those that make the state.
    private struct Sums {
        var gates: Interval
        var made: Interval

        init(_ input: Product, _ state: Product, _ cell: Recurrent.Cell, units: Int) {
            func sum(_ gate: Int) -> Interval {
                let places = gate * units..<(gate + 1) * units
                return input.ranges.interval(places) + state.ranges.interval(places)
            }
            switch cell {
            case .simple: (gates, made) = (sum(0), sum(0))
            case .lstm: (gates, made) = (sum(0).joined(sum(1)).joined(sum(3)), sum(2))
            // What makes a GRU's state has a sum of its own.
            case .gru: (gates, made) = (sum(0).joined(sum(1)), sum(0))
            }
        }
    }
}
