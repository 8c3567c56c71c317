public import Basics
import FixedPoint
public import LayerKit

extension Merge {
    /// Two tensors at a time: the first with the second, what they become with the third. What comes in between is
    /// exact.
    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        let count = site.inputs.count
        guard let step = step(count), count > 1 else {
            throw site.error(
                "\(kind == .divide ? "a quotient of two tensors" : "a merge of one tensor") has no firmware",
                help: "'hlsbuild predict --engine float' computes the model as trained")
        }
        // The mean of more than two is their sum times a constant.
        let closes = kind == .average && step == .add
        var parts: [Lowered.Part] = []
        var merged = site.inputs[0]
        for (index, next) in site.inputs.enumerated().dropFirst() {
            let isLast = index == count - 1 && !closes
            let pair = MergedPair(step, merged, next)
            let type = isLast ? pair.result(site.rules) : pair.exactType
            let ranges = pair.ranges.cast(to: type)
            parts.append(
                Lowered.Part(
                    suffix: isLast ? nil : "\(step.rawValue)\(index)", MergeOperation(step, resultType: type),
                    inputs: [index == 1 ? .input(0) : .part(parts.count - 1), .input(index)], shapes: [pair.shape],
                    ranges: [ranges]))
            merged = LoweringSite.Value(TensorSpec(type, pair.shape), ranges: ranges)
        }
        guard closes else { return Lowered(parts: parts) }
        let channels = max(1, merged.shape.last ?? 1)
        let share = Affine(
            scale: Tensor([Float](repeating: 1 / Float(count), count: channels)),
            bias: Tensor([Float](repeating: 0, count: channels)))
        let mean = BatchNormalization(share).operation(merged, site.rules)
        parts.append(
            Lowered.Part(mean.operation, inputs: [.part(parts.count - 1)], shapes: site.outputs, ranges: [mean.ranges]))
        return Lowered(parts: parts)
    }

    /// What is done with two of so many tensors; nil where there is no firmware for it.
    private func step(_ count: Int) -> MergeOperation.Kind? {
        switch kind {
        case .add: .add
        case .subtract: .subtract
        case .multiply: .multiply
        case .average: count == 2 ? .average : .add
        case .maximum: .maximum
        case .minimum: .minimum
        case .divide: nil
        }
    }
}
