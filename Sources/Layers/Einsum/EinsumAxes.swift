import LayerKit

/// The axes of a product of an input with trained numbers, by what becomes of them.
struct EinsumAxes {
    /// Axes of the input that stay: one position each.
    let positions: [UInt8]
    /// Axes that both have and that are summed over.
    let summed: [UInt8]
    /// Axes of the trained numbers that stay: one output each.
    let outputs: [UInt8]
    private let sizes: [UInt8: Int]

    /// Nil where an axis is of another kind: one that both have and that stays, or one that only one has and that is
    /// summed over.
    init?(input: String, kernel: String, result: String, sizes: [UInt8: Int]) {
        let x = Array(input.utf8), k = Array(kernel.utf8), y = Array(result.utf8)
        positions = y.filter { x.contains($0) && !k.contains($0) }
        outputs = y.filter { k.contains($0) && !x.contains($0) }
        summed = x.filter { k.contains($0) && !y.contains($0) }
        self.sizes = sizes
        guard positions.count + summed.count == x.count, outputs.count + summed.count == k.count,
            positions.count + outputs.count == y.count
        else { return nil }
    }

    func count(_ letters: [UInt8]) -> Int { letters.reduce(1) { $0 * (sizes[$1] ?? 1) } }

    /// Where the elements of some axes lie in a tensor with axes called `letters`, row-major.
    func places(_ axes: [UInt8], in letters: [UInt8]) -> [Int] {
        let shape = letters.map { sizes[$0] ?? 1 }
        let steps = Dictionary(zip(letters, Strides.steps(of: shape)), uniquingKeysWith: { first, _ in first })
        return Strides(axes.map { sizes[$0] ?? 1 }).map { index in
            zip(axes, index).reduce(0) { $0 + (steps[$1.0] ?? 0) * $1.1 }
        }
    }
}
