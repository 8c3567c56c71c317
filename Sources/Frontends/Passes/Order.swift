internal import Basics

extension ImportPass {
    /// before: nodes in any order; after: each behind those it reads from, otherwise in the order of the file.
    ///
    /// Throws where nodes depend on each other in a circle, and names it.
    static let order = ImportPass("order") { graph throws(DiagnosticError) in
        let sources = Sources(graph)
        var waiting = sources.of.map(\.count)
        var readers = [[Int]](repeating: [], count: graph.nodes.count)
        for (index, from) in sources.of.enumerated() {
            for source in from { readers[source].append(index) }
        }
        var ready = graph.nodes.indices.filter { waiting[$0] == 0 }
        var order: [Int] = []
        while let next = ready.min() {
            ready.removeAll { $0 == next }
            order.append(next)
            for reader in readers[next] {
                waiting[reader] -= 1
                if waiting[reader] == 0 { ready.append(reader) }
            }
        }
        guard order.count == graph.nodes.count else {
            let path = sources.circle(without: Set(order)).map { graph.nodes[$0].name }.joined(separator: " -> ")
            throw graph.error("the layers depend on each other in a circle: \(path)")
        }
        var result = graph
        result.nodes = order.map { graph.nodes[$0] }
        return result
    }
}

/// Which nodes each node reads from, by their places.
private struct Sources {
    let of: [[Int]]

    /// Values that no node gives are left to the builder, which refuses them.
    init(_ graph: ImportGraph) {
        let producers = graph.producers
        of = graph.nodes.map { node in
            var seen: Set<Int> = []
            return node.inputs.compactMap { producers[$0] }.filter { seen.insert($0).inserted }
        }
    }

    /// One circle among the nodes that could not be ordered, its first node repeated at the end.
    func circle(without done: Set<Int>) -> [Int] {
        // Every node left has a source that is left too, so walking back must come round.
        var path: [Int] = []
        var at = of.indices.first { !done.contains($0) }
        while let node = at {
            if let start = path.firstIndex(of: node) { return path[start...].reversed() + [path[path.count - 1]] }
            path.append(node)
            at = of[node].first { !done.contains($0) }
        }
        return path
    }
}
