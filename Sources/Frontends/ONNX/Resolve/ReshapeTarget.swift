internal import Basics
internal import LayerKit

/// What a Reshape makes of a tensor: sizes that are left open are found, and samples that the file counts as one, for it
/// was exported with one, are put where they belong.
struct ReshapeTarget {
    let from: Shape
    let isConstant: Bool

    init(from shape: Shape, isConstant: Bool) {
        from = shape
        self.isConstant = isConstant
    }

    /// The shape that `stated` asks for.
    ///
    /// - Parameter keepsZero: whether 0 is a size, and not that of the axis at its place.
    func shape(_ stated: [Int], keepsZero: Bool) throws(LayerError) -> Shape {
        var wanted = stated
        for index in wanted.indices where wanted[index] == 0 && !keepsZero {
            guard index < from.count else {
                throw LayerError("shape \(stated) keeps an axis that is not there", attribute: "shape")
            }
            wanted[index] = from[index]
        }
        let plain = filled(wanted)
        if let plain, isConstant || !from.contains(where: Batch.isPart) || plain.first.map(Batch.isPart) ?? false {
            return plain
        }
        if let plain, from.first != Batch.size, plain.contains(Batch.size) { return plain }
        // A model that was exported for one number of samples has that in its shapes.
        if from.first == Batch.size, !wanted.isEmpty, let shape = filled([Batch.size] + wanted.dropFirst()) {
            return shape
        }
        if !wanted.contains(where: Batch.isPart), let shape = withSamples(wanted) { return shape }
        if let plain { return plain }
        throw LayerError(
            "a tensor of shape \(Batch.text(from)) cannot get the shape \(stated)", attribute: "shape")
    }

    /// The shape with the size that is left over; nil where there is none.
    private func filled(_ wanted: [Int]) -> Shape? {
        let known = wanted.filter { $0 != -1 }
        guard known.allSatisfy({ $0 >= 0 }), wanted.count - known.count <= 1, let all = Count.elements(from),
            let product = Count.elements(known)
        else { return nil }
        if known.count == wanted.count { return product == all ? wanted : nil }
        guard product > 0, all % product == 0 else { return nil }
        return wanted.map { $0 == -1 ? all / product : $0 }
    }

    /// The shape with the one sample for which it was stated as all of them: an axis of one element where the samples
    /// are, or one that they share with others; the last axis has them only where nothing else is left.
    private func withSamples(_ wanted: [Int]) -> Shape? {
        guard let at = from.firstIndex(where: Batch.isPart), let before = Count.elements(Array(from[..<at])),
            before > 0
        else {
            return nil
        }
        let others = from[at] / Batch.size
        var begin = 1
        var candidates: [(axis: Int, size: Int, isExact: Bool)] = []
        for (axis, size) in wanted.enumerated() {
            guard size > 0 else { break }
            if begin % before == 0, others % (begin / before) == 0 {
                candidates.append((axis, size, true))
            } else if before % begin == 0, size % (before / begin) == 0 {
                candidates.append((axis, size, false))
            }
            begin = Count.times(begin, size)
        }
        // Of several axes of one element the first is as good as any; a size that is left open may be that of samples
        // and others.
        let isOpen = wanted.contains(-1), inner = isOpen ? [] : candidates.filter { $0.axis < wanted.count - 1 }
        guard
            let axis =
                (candidates.first { $0.size == 1 && $0.isExact } ?? inner.first { $0.isExact } ?? inner.first
                ?? (isOpen ? nil : candidates.first))?.axis
        else { return nil }
        var shape = wanted
        shape[axis] = Count.times(shape[axis], Batch.size)
        return filled(shape)
    }
}
