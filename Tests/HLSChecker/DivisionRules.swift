/// A layer whose outputs several functions compute: together they compute all of it, and each result gets to its place.
struct DivisionRules {
    let project: CheckedProject

    func check(_ found: inout [Checker.Finding]) {
        let functions = project.functions
        for function in functions.values.sorted(by: { $0.name < $1.name }) where function.name != project.top {
            let faults = faults(function, functions)
            found += faults.map { .init(rule: .parts, file: "firmware/layers/\(function.name).cpp", text: $0) }
        }
    }

    private func faults(_ function: CheckedSource.Block, _ functions: [String: CheckedSource.Block]) -> [String] {
        let statements = function.all.flatMap(\.statements)
        let calls = statements.compactMap { Cpp.calls($0).first }.filter { functions[$0.name] != nil }
        guard !calls.isEmpty else { return [] }
        var faults: [String] = []
        // What each function gives, by the array that it is given for it.
        var results: [String: Int] = [:]
        for call in calls {
            guard call.arguments.count == 2 else { return ["\(call.name) takes other than an input and a result"] }
            let result = call.arguments[1].filter { $0 != " " }
            if results[result] != nil { faults.append("two functions write \(result)") }
            results[result] = size(result, statements)
        }
        if Set(calls.map(\.name)).count != calls.count { faults.append("a function is called twice") }
        if Set(calls.map { $0.arguments[0] }).count != 1 { faults.append("functions read different tensors") }
        return faults + places(function, results, statements)
    }

    private func size(_ array: String, _ statements: [String]) -> Int? {
        statements.first { $0.hasSuffix("]") && $0.contains(" \(array)[") }.flatMap {
            Cpp.dimensions($0).first.flatMap { Int($0) }
        }
    }

    /// Every place of the layer's result is written once: `y[p * 128 + 64 + i] = y2[p * 64 + i]`.
    private func places(_ function: CheckedSource.Block, _ results: [String: Int], _ statements: [String]) -> [String] {
        var written: [Int] = []
        var copied: [String: [Int]] = [:]
        var target = ""
        copies(function, [:]) { statement, counters in
            let sides = statement.components(separatedAt: " = ")
            guard sides.count == 2, let to = Cpp.subscripts(sides[0]).first, let from = Cpp.subscripts(sides[1]).first,
                results[from.array] != nil
            else { return }
            target = to.array
            for values in Self.all(counters) {
                written.append(Self.value(to.index, values))
                copied[from.array, default: []].append(Self.value(from.index, values))
            }
        }
        var faults: [String] = []
        for (array, size) in results.sorted(by: { $0.key < $1.key }) where copied[array]?.sorted() != Array(0..<size) {
            faults.append("not every place of \(array) is taken over once")
        }
        let declared =
            size(target, statements)
            ?? Cpp.arguments(function.header).first { $0.contains(" \(target)[") }.flatMap {
                Cpp.dimensions($0).first.flatMap { Int($0) }
            }
        if written.sorted() != Array(0..<(declared ?? 0)) {
            faults.append("not every place of \(target) is written once")
        }
        return faults
    }

    /// Every statement, with the counters of the loops around it and how far they count.
    private func copies(
        _ block: CheckedSource.Block, _ counters: [String: Int], _ visit: (String, [String: Int]) -> Void
    ) {
        var counters = counters
        if block.kind == .loop, let trips = LoopRules.trips(block.header) {
            let counter = Cpp.names(String(block.header.drop { $0 != "(" }.prefix { $0 != "=" })).last ?? ""
            counters[counter] = trips
        }
        for statement in block.statements { visit(statement, counters) }
        for inner in block.blocks { copies(inner, counters, visit) }
    }

    private static func all(_ counters: [String: Int]) -> [[String: Int]] {
        counters.reduce([[:]]) { all, counter in
            all.flatMap { known in (0..<counter.value).map { known.merging([counter.key: $0]) { $1 } } }
        }
    }

    /// The value of a sum of products.
    private static func value(_ index: String, _ values: [String: Int]) -> Int {
        index.split(separator: "+").reduce(0) { sum, term in
            sum
                + term.split(separator: "*").reduce(1) { product, factor in
                    let name = factor.filter { $0 != " " }
                    return product * (Int(name) ?? values[name] ?? .min / 4096)
                }
        }
    }
}

extension String {
    fileprivate func components(separatedAt mark: String) -> [String] {
        guard let range = firstRange(of: mark) else { return [self] }
        return [String(self[..<range.lowerBound]), String(self[range.upperBound...])]
    }
}
