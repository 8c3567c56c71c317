public import Basics
import FixedPoint
public import LayerKit
import Options

extension Concatenation {
    /// Two tensors at a time, the first and the second, then both with the third.
    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        guard site.inputs.count > 1 else { return .nothing }
        var parts: [Lowered.Part] = []
        var joined = site.inputs[0]
        for (index, next) in site.inputs.enumerated().dropFirst() {
            let isLast = index == site.inputs.count - 1
            var shape = joined.shape
            shape[axis] += next.shape[axis]
            let own = ElementTypes.joined([joined.spec, next.spec], axis: axis, shape: shape)
            let types = isLast ? result(own, joined.type, next.type, site) : own
            let ranges = ranges(joined, next, shape)
            let cast: Ranges = if case .uniform(let type) = types { ranges.cast(to: type) } else { ranges }
            parts.append(
                Lowered.Part(
                    suffix: isLast ? nil : "join\(index)", ConcatenationOperation(axis: axis, resultType: types),
                    inputs: [index == 1 ? .input(0) : .part(parts.count - 1), .input(index)], shapes: [shape],
                    ranges: [cast]))
            joined = LoweringSite.Value(TensorSpec(types: types, shape: shape), ranges: cast)
        }
        return Lowered(parts: parts)
    }

    /// The stated type; else every element keeps its own natively, and hls4ml gives all of them one that holds both.
    private func result(
        _ own: ElementTypes, _ a: FixedType, _ b: FixedType, _ site: LoweringSite
    ) -> ElementTypes {
        if let stated = site.rules.moved() { return .uniform(stated) }
        switch site.compat {
        case .native: return own
        case .hls4ml:
            // Modes are those of the first that states some.
            var type = FixedType.union(a, b)
            type.rounding = a.rounding != .trn ? a.rounding : b.rounding
            type.overflow = a.overflow != .wrap ? a.overflow : b.overflow
            type.saturationBits = a.saturationBits != 0 ? a.saturationBits : b.saturationBits
            return .uniform(type)
        }
    }

    private func ranges(_ a: LoweringSite.Value, _ b: LoweringSite.Value, _ shape: Shape) -> Ranges {
        let join = floatKernel([a.shape, b.shape])
        return Ranges(
            low: join([a.ranges.low, b.ranges.low], samples: 1)[0],
            high: join([a.ranges.high, b.ranges.high], samples: 1)[0])
    }
}

extension ElementTypes {
    /// The types of elements that keep their own behind each other along an axis.
    static func joined(_ tensors: [TensorSpec], axis: Int, shape: Shape) -> ElementTypes {
        let types = tensors.map(\.types)
        if let first = types.first, case .uniform = first, types.allSatisfy({ $0 == first }) { return first }
        // Along the axis each place has a type, where each tensor says so.
        let places = zip(types, tensors).map { types, tensor -> [FixedType]? in
            switch types {
            case .uniform(let type): [FixedType](repeating: type, count: tensor.shape[axis])
            case .axis(axis, let own): own
            case .axis, .each: nil
            }
        }
        if !places.contains(where: { $0 == nil }) { return .axis(axis, places.flatMap { $0 ?? [] }) }
        let runs = tensors.map { $0.shape[axis...].reduce(1, *) }
        let all = tensors.map { $0.types.all(in: $0.shape) }
        let blocks = shape[..<axis].reduce(1, *)
        return .each(
            (0..<blocks).flatMap { block in
                zip(all, runs).flatMap { types, run in types[block * run..<(block + 1) * run] }
            })
    }
}
