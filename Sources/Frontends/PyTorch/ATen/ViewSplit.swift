internal import Basics

/// Cuts the atoms of a view into axes of other sizes, as `view` does: rows stay rows.
struct ViewSplit {
    /// The batch as the program has it.
    let batch: ATenSize
    /// A new atom of a size.
    let atom: (Int) -> Atom
    /// What is left to be dealt out, in order.
    private var left: [Atom]
    /// Atoms that had to be cut, and what they consist of now.
    private(set) var cuts: [Atom: [Atom]] = [:]

    init(_ atoms: [Atom], batch: ATenSize, atom: @escaping (Int) -> Atom) {
        left = atoms
        self.batch = batch
        self.atom = atom
    }

    /// The atoms of each axis; nil where the sizes cut across atoms, and the numbers must be stored in order first.
    mutating func axes(_ sizes: [ATenSize]) -> [[Atom]]? {
        var result: [[Atom]] = []
        for (index, size) in sizes.enumerated() {
            let wanted: Int
            switch size {
            case _ where size == batch && (left.first?.isBatch ?? false):
                result.append([left.removeFirst()])
                continue
            case .known(let known): wanted = known
            case .symbolic:
                // As much as the axes behind it leave.
                let behind = sizes[(index + 1)...].reduce(1) { product, next in
                    if case .known(let size) = next { Count.times(product, size) } else { product }
                }
                let all = left.reduce(1) { $1.isBatch ? $0 : Count.times($0, $1.size) }
                guard behind > 0, all % behind == 0, left.contains(where: \.isBatch) else { return nil }
                guard let axis = take(all / behind, withBatch: true) else { return nil }
                result.append(axis)
                continue
            }
            guard let axis = take(wanted, withBatch: false) else { return nil }
            result.append(axis)
        }
        // What is left must be of size 1, or a batch of one sample that the program does without.
        guard left.allSatisfy({ $0.isBatch ? batch == .known(1) : $0.size == 1 }) else { return nil }
        return result
    }

    private mutating func take(_ wanted: Int, withBatch: Bool) -> [Atom]? {
        var axis: [Atom] = []
        var have = 1
        while have < wanted || (withBatch && !axis.contains(where: \.isBatch)) {
            guard let next = left.first else { return nil }
            if next.isBatch {
                if !withBatch {
                    // In a batch of a known size the samples count like any other axis.
                    guard case .known(let samples) = batch, wanted % Count.times(have, samples) == 0 else { return nil }
                    have *= samples
                }
                axis.append(left.removeFirst())
                continue
            }
            if wanted % Count.times(have, next.size) == 0 {
                have *= next.size
                axis.append(left.removeFirst())
                continue
            }
            let part = wanted / have
            guard wanted % have == 0, part > 1, next.size % part == 0 else { return nil }
            let first = atom(part), rest = atom(next.size / part)
            cuts[next] = [first, rest]
            left[0] = rest
            axis.append(first)
            have = wanted
        }
        return have == wanted ? axis : nil
    }
}
