import FixedPoint
import LayerKit

/// Bounds of what a recurrent layer computes, from the first step to the last. Every function grows with its argument.
struct RecurrentBounds {
    /// The states that are multiplied, and those that go out.
    private(set) var before: Interval
    private(set) var after: Interval
    private(set) var cell: Interval
    /// What the functions give: gates, what joins the state, and what is shown of an LSTM's cell.
    private(set) var gate = Interval.zero
    private(set) var made = Interval.zero
    private(set) var shown = Interval.zero

    private let layer: Recurrent
    private let features: Ranges
    /// How far off a computed number may be: a part of its magnitude.
    private let margin: Double

    /// What casts of the states may add in each step.
    static let step = 0x1p-16

    /// - Parameters:
    ///   - features: bounds of each feature over all steps.
    ///   - starts: the states before the first step, the hidden one first.
    ///   - type: of the hidden state, where it is stated.
    init(
        _ layer: Recurrent, _ features: Ranges, steps: Int, starts: [Interval], type: FixedType?, margin: Double
    ) {
        self.layer = layer
        self.features = features
        self.margin = margin
        before = starts.first ?? .zero
        cell = starts.count > 1 ? starts[1] : .zero
        after = before
        var state = before, isFirst = true
        for _ in 0..<steps {
            before = isFirst ? state : before.joined(state)
            var next = advance(state)
            if let type { next = next.ranges(1).cast(to: type).interval }
            after = isFirst ? next : after.joined(next)
            isFirst = false
            // What has come to rest stays there; a cell may go on.
            if before.contains(next), layer.cell != .lstm { break }
            state = next
        }
    }

    private func sums() -> Interval {
        func product(_ weights: Tensor, _ bias: Tensor?, _ range: (Int) -> Interval) -> Interval {
            let rows = weights.shape[0], columns = weights.shape[1]
            let w = weights.doubles, b = bias?.doubles
            var hull = Interval.zero
            for column in 0..<columns {
                var sum = Interval(b?[column] ?? 0, b?[column] ?? 0)
                for row in 0..<rows {
                    let weight = w[row * columns + column]
                    sum = sum + Interval(weight, weight) * range(row)
                }
                hull = hull.joined(sum)
            }
            return hull
        }
        let own = product(layer.kernel, layer.bias) { Interval(features.low[$0], features.high[$0]) }
        // What a reset leaves of a state lies between it and zero.
        let states = layer.cell == .gru(resetAfter: false) ? before.joined(.zero) : before
        return own + product(layer.recurrentKernel, layer.recurrentBias) { _ in states }
    }

    /// What a function gives for the sums: all that it can give, where that is bounded.
    private func image(_ function: Layer, _ argument: () -> Interval) -> Interval {
        if let all = Self.whole(function.definition) { return all }
        let argument = argument(), kernel = function.definition.floatKernel([[2]])
        let ends = kernel([[argument.low, argument.high]], samples: 1)[0]
        let image = Interval(min(ends[0], ends[1]), max(ends[0], ends[1])).joined(.zero)
        return image.widened(image.reach * margin + Self.step)
    }

    private static func whole(_ function: any ModelLayer) -> Interval? {
        switch function {
        case is HardSigmoid: Interval(0, 1)
        case let table as TableActivation:
            switch table {
            case .sigmoid: Interval(0, 1)
            case .tanh, .softsign: Interval(-1, 1)
            case .softplus: nil
            }
        default: nil
        }
    }

    private mutating func advance(_ state: Interval) -> Interval {
        made = image(layer.activation) { sums() }
        gate = layer.cell == .simple ? .zero : image(layer.recurrentActivation) { sums() }
        let next: Interval
        switch layer.cell {
        case .simple: next = made
        case .lstm:
            let own = gate * made + gate * cell
            let all = cell.joined(own.widened(Self.step))
            cell = all
            shown = image(layer.activation) { all }
            next = gate * shown
        case .gru:
            // Between the old state and the new one, where a gate goes from 0 to 1.
            let rest = Interval(1 - gate.high, 1 - gate.low)
            next = Interval(0, 1).contains(gate) ? state.joined(made) : made * rest + state * gate
        }
        return next.widened(Self.step)
    }
}
