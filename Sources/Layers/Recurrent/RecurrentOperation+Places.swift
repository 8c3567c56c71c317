internal import FixedPoint
public import LayerKit
internal import Options

/// Where the operations stand that a step is made of.
extension RecurrentOperation {
    /// A vector of one step as an operation sees it.
    private static func place(_ type: FixedType, _ count: Int, _ result: FixedType, _ outputs: Int) -> OperationSite {
        OperationSite(io: .parallel, inputs: [TensorSpec(type, [count])], outputs: [TensorSpec(result, [outputs])])
    }

    /// Where a function stands: at a value of a type for each unit.
    func place(_ activation: Operation, _ type: FixedType) -> OperationSite {
        Self.place(type, units, activation.result, units)
    }

    /// A product where it stands: at the numbers of one step.
    private func placed(_ dense: DenseOperation, _ type: FixedType) -> (operation: DenseOperation, site: OperationSite)
    {
        (dense, Self.place(type, dense.inputCount, dense.resultType, dense.outputCount))
    }

    /// The products, the input's first.
    func products(_ site: OperationSite) -> [(operation: DenseOperation, site: OperationSite)] {
        [placed(input, site.input.type), placed(state, stateType)]
            + (candidate.map { [placed($0, resetType ?? stateType)] } ?? [])
    }

    /// The functions, each with how often a step computes it for all units.
    var functions: [(operation: Operation, site: OperationSite, times: Int)] {
        let gates = cell.gates - 1
        return (gate.map { [($0, place($0, sumType), gates)] } ?? []) + [(activation, place(activation, sumType), 1)]
            + (cellActivation.map { [($0, place($0, cellType ?? stateType), 1)] } ?? [])
    }

    public func wordBits(_ site: OperationSite) -> Int {
        var bits = products(site).map { $0.operation.wordBits($0.site) }.max() ?? 1
        bits = functions.reduce(bits) { max($0, $1.operation.definition.wordBits($1.site)) }
        for (from, to) in casts(site) { bits = max(bits, from.bitsToCast(to: to)) }
        return bits
    }

    /// The exact types that are cast, and to what.
    private func casts(_ site: OperationSite) -> [(from: FixedType, to: FixedType)] {
        let cellType = cellType ?? stateType, made = activation.result
        var casts = zip(site.inputs.dropFirst(), [stateType, cellType]).map { (from: $0.type, to: $1) }
        casts.append((Self.sum(input.resultType, state.resultType), sumType))
        switch cell {
        case .simple: casts.append((made, stateType))
        case .lstm:
            guard let gate = gate?.result, let shown = cellActivation?.result else { break }
            casts.append((Self.sum(Self.product(gate, made), Self.product(gate, cellType)), cellType))
            casts.append((Self.product(gate, shown), stateType))
        case .gru:
            guard let gate = gate?.result, let rest = restType, let resetType else { break }
            casts.append((Self.product(gate, candidate == nil ? state.resultType : stateType), resetType))
            casts.append((Self.sum(input.resultType, candidate?.resultType ?? resetType), sumType))
            casts.append((Self.sum(Self.product(made, rest), Self.product(stateType, gate)), stateType))
        }
        return casts
    }

    private static func sum(_ a: FixedType, _ b: FixedType) -> FixedType {
        let integer = max(a.integer, b.integer) + 2, fraction = max(a.fraction, b.fraction)
        return FixedType(width: integer + fraction, integer: integer)
    }

    private static func product(_ a: FixedType, _ b: FixedType) -> FixedType {
        FixedType(width: a.width + b.width + 2, integer: a.integer + b.integer + 2)
    }
}
