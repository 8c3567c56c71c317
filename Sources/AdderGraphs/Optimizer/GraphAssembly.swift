/// Makes the adder graph of a system: every definition and every output becomes a tree.
struct GraphAssembly {
    private let system: SumSystem
    private let inputs: [IntegerInterval]
    private let constants: [Int64]
    private var sums: [AdderGraph.Sum] = []
    /// What stands for each part, once it is made.
    private var places: [Place?]
    private let definitions: [Int: Int]

    /// A node, shifted left.
    struct Place {
        var node: Int
        var shift: Int
    }

    static func graph(_ system: SumSystem, _ inputs: [IntegerInterval]) throws(AdderGraph.Failure) -> AdderGraph {
        var assembly = GraphAssembly(system, inputs)
        var outputs: [AdderGraph.Output] = []
        for row in system.rows[..<system.outputCount] { outputs.append(assembly.output(row)) }
        return try AdderGraph(
            inputs: inputs, constants: assembly.constants, sums: assembly.sums, outputs: outputs)
    }

    private init(_ system: SumSystem, _ inputs: [IntegerInterval]) {
        self.system = system
        self.inputs = inputs
        constants = Set(system.rows.lazy.filter { $0.constant != 0 || $0.isNegative }.map(\.constant)).sorted()
        places = system.parts.indices.map { index in
            index < inputs.count ? Place(node: index, shift: 0) : nil
        }
        var definitions: [Int: Int] = [:]
        for (index, row) in system.rows.enumerated() { if let part = row.part { definitions[part] = index } }
        self.definitions = definitions
    }

    private mutating func output(_ row: Row) -> AdderGraph.Output {
        guard let place = place(row) else { return .zero }
        return .node(place.node, shift: place.shift)
    }

    /// Precondition: no part is defined by itself.
    private mutating func place(_ term: Term) -> Place {
        var place = made(term.part)
        place.shift += term.shift
        return place
    }

    private mutating func made(_ part: Int) -> Place {
        if let place = places[part] { return place }
        guard let row = definitions[part], let place = place(system.rows[row]) else {
            preconditionFailure("a part without a definition")
        }
        places[part] = place
        return place
    }

    /// Nil: nothing to add.
    private mutating func place(_ row: Row) -> Place? {
        if row.terms.isEmpty, row.constant == 0 { return nil }
        var leaves = row.terms.map { place($0) }
        let items = system.items(row)
        if items.count > leaves.count {
            leaves.append(Place(node: inputs.count + (constants.firstIndex(of: row.constant) ?? 0), shift: 0))
        }
        let tree = ReductionTree.cheapest(items, bound: row.bound)
        for merge in tree.merges {
            let left = leaves[merge.left], right = leaves[merge.right], common = min(left.shift, right.shift)
            sums.append(
                AdderGraph.Sum(
                    left: left.node, right: right.node, shift: right.shift - left.shift, subtracts: merge.subtracts))
            leaves.append(
                Place(node: inputs.count + constants.count + sums.count - 1, shift: common))
        }
        return leaves.last
    }
}
