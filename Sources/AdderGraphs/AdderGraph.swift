/// A straight-line program of shifts and additions: what a multiplication by constants becomes where there are no
/// multipliers.
///
/// Its nodes are numbered: first the inputs, then the constants, then the sums, each after those that it adds. Every node
/// is an integer of which the exact interval is known, so that its word can be made just wide enough; nothing overflows
/// in 64 bits, which is proved when the graph is made. What is negated is taken off the constant 0.
public struct AdderGraph: Hashable, Sendable {
    /// `left + (right << shift)`, or with a negative shift `(left << -shift) + right`; minus where `subtracts`.
    public struct Sum: Hashable, Sendable {
        public var left: Int
        public var right: Int
        public var shift: Int
        public var subtracts: Bool

        public init(left: Int, right: Int, shift: Int, subtracts: Bool) {
            self.left = left
            self.right = right
            self.shift = shift
            self.subtracts = subtracts
        }

        public var leftShift: Int { max(0, -shift) }
        public var rightShift: Int { max(0, shift) }
    }

    /// One result.
    public enum Output: Hashable, Sendable {
        case zero
        /// A node, shifted left.
        case node(Int, shift: Int)
    }

    public let inputs: [IntegerInterval]
    public let constants: [Int64]
    public let sums: [Sum]
    public let outputs: [Output]
    /// The values of every node, over all values of the inputs, which are independent of each other.
    public let intervals: [IntegerInterval]
    /// The values of every output.
    public let outputIntervals: [IntegerInterval]
    /// How many adders a change of an input passes on its way to each node.
    public let depths: [Int]

    /// Why a list of nodes is no graph.
    public enum Failure: Error, Equatable {
        /// A node or output names a node that does not stand before it.
        case order
        /// A value might leave the 62 bits that are held exactly.
        case overflow
    }

    public init(inputs: [IntegerInterval], constants: [Int64], sums: [Sum], outputs: [Output]) throws(Failure) {
        var forms = try LinearForms(inputs, constants)
        for sum in sums { try forms.append(sum) }
        var outputIntervals: [IntegerInterval] = []
        for output in outputs { try outputIntervals.append(forms.interval(output)) }
        self.inputs = inputs
        self.constants = constants
        self.sums = sums
        self.outputs = outputs
        self.intervals = forms.intervals
        self.outputIntervals = outputIntervals
        self.depths = forms.depths
    }

    public var nodeCount: Int { inputs.count + constants.count + sums.count }
    /// The number of the first sum.
    public var firstSum: Int { inputs.count + constants.count }

    public func isConstant(_ node: Int) -> Bool { (inputs.count..<firstSum).contains(node) }

    /// Bits of carry chain of a sum; none where it only concatenates.
    public func adderBits(_ index: Int) -> Int {
        let sum = sums[index]
        // Both were shifted when the graph was made.
        guard let left = intervals[sum.left].shifted(left: sum.leftShift),
            let right = intervals[sum.right].shifted(left: sum.rightShift)
        else { return 0 }
        return AdderCost.bits(left, right, subtract: sum.subtracts, intervals[firstSum + index])
    }

    /// The sums that are more than wires.
    public var adderCount: Int { sums.indices.count { adderBits($0) > 0 } }

    /// Lookup tables, one for every bit of a carry chain.
    public var lutCount: Int { sums.indices.reduce(0) { $0 + adderBits($1) } }

    /// The most adders, one after the other, between an input and an output.
    public var depth: Int {
        outputs.reduce(0) { depth, output in
            switch output {
            case .zero: depth
            case .node(let node, shift: _): max(depth, depths[node])
            }
        }
    }
}
