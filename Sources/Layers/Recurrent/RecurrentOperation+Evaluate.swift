public import FixedPoint
public import LayerKit

extension RecurrentOperation {
    public func kernel<W: Word>(_ site: OperationSite) -> Kernel<W> {
        let step = RecurrentStep<W>(self, site)
        let steps = site.input.shape[0], features = features, units = units
        let reversed = reversed, outputs = outputs
        let starts = zip(site.inputs.dropFirst(), [stateType, cellType ?? stateType]).map { spec, type in
            Cast<W>(fromFraction: spec.type.fraction, to: type)
        }
        return { from, to in
            withUnsafeTemporaryAllocation(of: W.self, capacity: step.size) { buffer in
                guard let memory = buffer.baseAddress else { return }
                memory.initialize(repeating: 0, count: step.size)
                // The hidden state comes first, then the cell's.
                for (index, cast) in starts.enumerated() {
                    cast.apply(from[index + 1], memory + index * units, count: units)
                }
                for turn in 0..<steps {
                    step(from[0] + (reversed ? steps - 1 - turn : turn) * features, memory)
                    for (index, output) in outputs.enumerated() where output == .sequence {
                        (to[index] + turn * units).update(from: memory, count: units)
                    }
                }
                for (index, output) in outputs.enumerated() where output != .sequence {
                    to[index].update(from: memory + (output == .cell ? units : 0), count: units)
                }
            }
        }
    }
}

/// One step of a recurrent layer, in a memory that begins with the states.
private struct RecurrentStep<W: Word>: Sendable {
    private typealias Row = DenseOperation.RowKernel<W>

    private let cell: Recurrent.Cell
    private let units: Int
    private let columns: Int
    private let input: Row
    private let state: Row
    private let candidate: Row?
    private let gate: Row?
    private let activation: Row
    private let cellActivation: Row?
    private let sum: AlignedSum<W>
    private let candidateSum: AlignedSum<W>
    private let reset: Cast<W>
    private let cellSum: AlignedSum<W>
    private let output: Cast<W>
    private let mix: AlignedSum<W>
    /// 1 in the units in which `1 - z` is computed, and by how many places a gate's number is raised to them.
    private let one: W
    private let lift: W

    /// How many numbers the memory holds: the states, the products with input and state, gates, and what is made of
    /// them for each unit.
    var size: Int { 2 * units + 3 * columns + units }

    init(_ operation: RecurrentOperation, _ site: OperationSite) {
        cell = operation.cell
        units = operation.units
        columns = operation.cell.gates * operation.units
        input = operation.input.rowKernel(input: site.input.type)
        state = operation.state.rowKernel(input: operation.stateType)
        let own = operation.resetType ?? operation.stateType
        candidate = operation.candidate?.rowKernel(input: own)
        func row(_ activation: Operation, _ type: FixedType) -> Row {
            let kernel: Kernel<W> = activation.definition.kernel(operation.place(activation, type))
            return { from, to in
                withUnsafePointer(to: from) { from in withUnsafePointer(to: to) { to in kernel(from, to) } }
            }
        }
        gate = operation.gate.map { row($0, operation.sumType) }
        activation = row(operation.activation, operation.sumType)
        let cellType = operation.cellType ?? operation.stateType, stateType = operation.stateType
        cellActivation = operation.cellActivation.map { row($0, cellType) }
        let x = operation.input.resultType.fraction, h = operation.state.resultType.fraction
        sum = AlignedSum(x, h, to: operation.sumType)
        let made = operation.activation.result.fraction, z = operation.gate?.result.fraction ?? 0
        reset = Cast(fromFraction: z + (operation.candidate == nil ? h : stateType.fraction), to: own)
        candidateSum = AlignedSum(x, operation.candidate?.resultType.fraction ?? own.fraction, to: operation.sumType)
        cellSum = AlignedSum(z + made, z + cellType.fraction, to: cellType)
        output = Cast(
            fromFraction: operation.cell == .simple ? made : z + (operation.cellActivation?.result.fraction ?? 0),
            to: stateType)
        let whole = max(0, z)
        one = W(1) << W(whole)
        lift = W(whole - z)
        mix = AlignedSum(made + whole, stateType.fraction + z, to: stateType)
    }

    func callAsFunction(_ x: UnsafePointer<W>, _ memory: UnsafeMutablePointer<W>) {
        let h = memory, c = memory + units, own = memory + 2 * units, other = own + columns
        let gates = other + columns, made = gates + columns
        input(x, own)
        state(h, other)
        switch cell {
        case .simple:
            for j in 0..<units { own[j] = sum(own[j], other[j]) }
            activation(own, made)
            for j in 0..<units { h[j] = output(made[j]) }
        case .lstm:
            for j in 0..<columns { own[j] = sum(own[j], other[j]) }
            for place in [0, 1, 3] { gate?(own + place * units, gates + place * units) }
            activation(own + 2 * units, made)
            for j in 0..<units { c[j] = cellSum(gates[j] &* made[j], gates[units + j] &* c[j]) }
            cellActivation?(c, made)
            for j in 0..<units { h[j] = output(gates[3 * units + j] &* made[j]) }
        case .gru:
            for j in 0..<2 * units { gates[j] = sum(own[j], other[j]) }
            for place in 0..<2 { gate?(gates + place * units, own + place * units) }
            let z = own, r = own + units, last = own + 2 * units
            if let candidate {
                for j in 0..<units { other[j] = reset(r[j] &* h[j]) }
                candidate(other, made)
                for j in 0..<units { last[j] = candidateSum(last[j], made[j]) }
            } else {
                let product = other + 2 * units
                for j in 0..<units { last[j] = candidateSum(last[j], reset(r[j] &* product[j])) }
            }
            activation(last, made)
            for j in 0..<units {
                h[j] = mix(made[j] &* (one &- z[j] << lift), h[j] &* z[j])
            }
        }
    }
}

/// The sum of two numbers with binary points of their own, cast.
private struct AlignedSum<W: Word>: Sendable {
    private let left: W
    private let right: W
    private let cast: Cast<W>

    init(_ left: Int, _ right: Int, to type: FixedType) {
        let fraction = max(left, right)
        self.left = W(fraction - left)
        self.right = W(fraction - right)
        cast = Cast(fromFraction: fraction, to: type)
    }

    @inline(__always)
    func callAsFunction(_ a: W, _ b: W) -> W { cast((a &<< left) &+ (b &<< right)) }
}
