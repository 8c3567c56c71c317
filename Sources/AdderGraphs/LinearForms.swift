/// The nodes of a graph as sums of multiples of its inputs, which gives their exact intervals.
struct LinearForms {
    /// A sum of multiples of independent inputs, and a constant.
    struct Form {
        var multiples = Multiples()
        var constant: Int64 = 0
    }

    private let inputs: [IntegerInterval]
    private var forms: [Form] = []
    private(set) var intervals: [IntegerInterval] = []
    private(set) var depths: [Int] = []

    init(_ inputs: [IntegerInterval], _ constants: [Int64]) throws(AdderGraph.Failure) {
        self.inputs = inputs
        for index in inputs.indices { forms.append(Form(multiples: Multiples(input: index))) }
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
        let form = try form(sum)
        guard let exact = form.multiples.interval(constant: form.constant, { inputs[$0] }) else { throw .overflow }
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

    private func form(_ sum: AdderGraph.Sum) throws(AdderGraph.Failure) -> Form {
        let left = forms[sum.left], right = forms[sum.right]
        guard
            let multiples = Multiples(
                left.multiples, sum.leftShift, right.multiples, sum.rightShift, subtract: sum.subtracts),
            let a = Multiples.shifted(left.constant, sum.leftShift),
            let b = Multiples.shifted(right.constant, sum.rightShift)
        else { throw .overflow }
        return Form(multiples: multiples, constant: sum.subtracts ? a - b : a + b)
    }
}
