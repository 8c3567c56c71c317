/// The nodes of a graph as sums of multiples of its inputs, which gives their exact intervals.
struct LinearForms {
    /// A sum of multiples of independent inputs, and a constant.
    struct Form {
        /// In ascending order of inputs, none zero.
        var factors: [(input: Int, factor: Int64)] = []
        var constant: Int64 = 0
    }

    private let inputs: [IntegerInterval]
    private var forms: [Form] = []
    private(set) var intervals: [IntegerInterval] = []
    private(set) var depths: [Int] = []

    init(_ inputs: [IntegerInterval], _ constants: [Int64]) throws(AdderGraph.Failure) {
        self.inputs = inputs
        for index in inputs.indices { forms.append(Form(factors: [(index, 1)])) }
        intervals = inputs
        for constant in constants {
            guard constant.magnitude <= IntegerInterval.limit.magnitude else { throw .overflow }
            forms.append(Form(constant: constant))
            intervals.append(IntegerInterval(constant))
        }
        depths = intervals.map { _ in 0 }
    }

    mutating func append(_ sum: AdderGraph.Sum) throws(AdderGraph.Failure) {
        guard forms.indices.contains(sum.left), forms.indices.contains(sum.right) else { throw .order }
        guard let left = intervals[sum.left].shifted(left: sum.leftShift),
            let right = intervals[sum.right].shifted(left: sum.rightShift),
            left.adding(sum.subtracts ? right.negated : right) != nil
        else { throw .overflow }
        let form = try Form(forms[sum.left], sum.leftShift, forms[sum.right], sum.rightShift, sum.subtracts)
        let exact = try form.interval(inputs)
        let bits = AdderCost.bits(left, right, subtract: sum.subtracts, exact)
        forms.append(form)
        intervals.append(exact)
        depths.append(max(depths[sum.left], depths[sum.right]) + (bits > 0 ? 1 : 0))
    }

    func interval(_ output: AdderGraph.Output) throws(AdderGraph.Failure) -> IntegerInterval {
        guard case .node(let node, let shift) = output else { return IntegerInterval(0) }
        guard intervals.indices.contains(node), shift >= 0 else { throw .order }
        guard let shifted = intervals[node].shifted(left: shift) else { throw .overflow }
        return shifted
    }
}

extension LinearForms.Form {
    /// `(left << leftShift) + (right << rightShift)`, or their difference.
    init(_ left: Self, _ leftShift: Int, _ right: Self, _ rightShift: Int, _ subtract: Bool) throws(AdderGraph.Failure)
    {
        var i = 0, j = 0
        let a = left.factors, b = right.factors
        factors.reserveCapacity(a.count + b.count)
        while i < a.count || j < b.count {
            if j == b.count || (i < a.count && a[i].input < b[j].input) {
                factors.append((a[i].input, try Self.scaled(a[i].factor, leftShift)))
                i += 1
            } else if i == a.count || b[j].input < a[i].input {
                factors.append((b[j].input, try Self.scaled(b[j].factor, rightShift, negated: subtract)))
                j += 1
            } else {
                let factor =
                    try Self.scaled(a[i].factor, leftShift) + Self.scaled(b[j].factor, rightShift, negated: subtract)
                if factor != 0 { factors.append((a[i].input, factor)) }
                i += 1
                j += 1
            }
        }
        constant =
            try Self.scaled(left.constant, leftShift) + Self.scaled(right.constant, rightShift, negated: subtract)
    }

    private static func scaled(_ value: Int64, _ shift: Int, negated: Bool = false) throws(AdderGraph.Failure) -> Int64
    {
        guard shift < 62, value.magnitude <= UInt64(1 << 61) >> UInt64(shift) else { throw .overflow }
        return negated ? -(value << shift) : value << shift
    }

    /// All values over independent inputs.
    func interval(_ inputs: [IntegerInterval]) throws(AdderGraph.Failure) -> IntegerInterval {
        var low = Int128(constant), high = low
        var zeros = constant == 0 ? 61 : min(61, constant.trailingZeroBitCount)
        for (input, factor) in factors {
            let values = inputs[input]
            let a = Int128(factor) * Int128(values.low), b = Int128(factor) * Int128(values.high)
            low += min(a, b)
            high += max(a, b)
            zeros = min(zeros, factor.trailingZeroBitCount + values.zeros)
        }
        let limit = Int128(IntegerInterval.limit)
        guard -limit <= low, high <= limit else { throw .overflow }
        if factors.isEmpty, constant == 0 { zeros = 0 }
        return IntegerInterval(low: Int64(low), high: Int64(high), zeros: zeros)
    }
}
