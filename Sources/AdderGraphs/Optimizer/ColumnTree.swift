/// Which output is computed from which: a spanning tree over the columns of the matrix, with a column of zeros as its
/// root, of the fewest signed digits in the differences of neighbours (R. C. Prim's way of growing it).
///
/// Where columns are alike, so that an output is another one plus little, this saves most of its additions.
struct ColumnTree {
    /// The difference of an output to its neighbour on the way to the root.
    struct Edge {
        /// Nil: the root.
        var parent: Int?
        /// Whether the neighbour is taken off, so that the edge has the sum of both.
        var negative: Bool
        var weights: [Int64]
        /// How many edges lead to the root.
        var length: Int
    }

    /// Outputs in an order in which parents come first.
    private(set) var order: [Int] = []
    private(set) var edges: [Edge]

    /// No output is more than `longest` edges away from the root.
    init(_ product: ConstantProduct, longest: Int) {
        let columns = (0..<product.outputCount).map { output in
            product.inputs.indices.map { product.weight($0, output) }
        }
        edges = columns.map { Edge(parent: nil, negative: false, weights: $0, length: 1) }
        var digits = columns.map { Self.digits($0) }
        var isOpen = columns.map { _ in true }
        for _ in columns.indices {
            let next = columns.indices.filter { isOpen[$0] }.min { (digits[$0], $0) < (digits[$1], $1) }
            guard let next else { break }
            isOpen[next] = false
            order.append(next)
            guard edges[next].length < longest else { continue }
            for other in columns.indices where isOpen[other] {
                for negative in [false, true] {
                    let difference = zip(columns[other], columns[next]).map { negative ? $0 + $1 : $0 - $1 }
                    let count = Self.digits(difference)
                    guard count + 1 < digits[other] else { continue }
                    digits[other] = count + 1
                    edges[other] = Edge(
                        parent: next, negative: negative, weights: difference, length: edges[next].length + 1)
                }
            }
        }
    }

    /// Whether every output stands for itself.
    var isFlat: Bool { edges.allSatisfy { $0.parent == nil } }

    private static func digits(_ weights: [Int64]) -> Int {
        weights.reduce(0) { $0 + SignedDigits.count($1) }
    }
}

extension SumSystem {
    /// The outputs as sums of the differences on their way to the root of a tree of columns; each difference that several
    /// of them use is an intermediate result. Nil: within the bounds there is no room for it.
    init?(_ product: ConstantProduct, _ tree: ColumnTree, bound: Int) {
        self.init(product, bound: bound)
        let longest = tree.edges.reduce(1) { max($0, $1.length) }
        let spare = max(0, bound - TreeDepth.fewest(longest + 1))
        var paths = [[Term]](repeating: [], count: outputCount)
        for output in tree.order {
            let edge = tree.edges[output]
            paths[output] =
                edge.parent.map { parent in
                    paths[parent].map { Term(part: $0.part, shift: $0.shift, negative: $0.negative != edge.negative) }
                } ?? []
            let digits = Self.digits(edge.weights)
            guard !digits.isEmpty else { continue }
            guard var part = part(digits, depth: 0) else { return nil }
            var row = Row(terms: digits, part: parts.count, bound: 0)
            let least = TreeDepth.fewest(load(row))
            row.bound = max(least, spare)
            part.depth = row.bound
            paths[output].append(Term(part: parts.count, shift: 0, negative: false))
            parts.append(part)
            rows.append(row)
        }
        for output in 0..<outputCount {
            rows[output].terms = paths[output]
            guard load(rows[output]) <= rows[output].room else { return nil }
        }
    }
}
