internal import Basics

extension ImportGraph {
    /// What stands in a node's place.
    struct Replacement {
        var nodes: [ImportNode]
        /// What is read by those that read the first value that the node gave.
        var value: String
    }

    /// The graph with other nodes in the place of some. They are applied along as many leading axes as the one before;
    /// a constant, which reads nothing, along none.
    ///
    /// - Parameter replacement: for a node that reads what stands for its inputs by now, and the names of all nodes, to
    ///   which it adds its own; nil where the node stays.
    func replacing(_ replacement: (ImportNode, inout Set<String>) -> Replacement?) -> ImportGraph {
        var result = self
        var names = Set(nodes.map(\.name))
        var renamed: [String: String] = [:]
        result.nodes = []
        for var node in nodes {
            node.inputs = node.inputs.map { renamed[$0] ?? $0 }
            guard let output = node.outputs.first, let made = replacement(node, &names) else {
                result.nodes.append(node)
                continue
            }
            if made.value != output { renamed[output] = made.value }
            for var new in made.nodes {
                if !new.inputs.isEmpty { new.distributed = node.distributed }
                result.nodes.append(new)
            }
        }
        result.outputs = outputs.map { renamed[$0] ?? $0 }
        return result
    }
}
