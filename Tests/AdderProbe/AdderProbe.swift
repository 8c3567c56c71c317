import AdderGraphs
import FoundationEssentials

/// Makes adder graphs for the comparison with da4ml: products in, graphs and what they cost out.
///
///     AdderProbe search TASKS.json SLACK    the graphs of a list of products
///     AdderProbe cost GRAPHS.json TASKS.json    of graphs that were made elsewhere: whether they compute the products
///
/// Prints a list of `{"graph", "adders", "depth", "luts", "nodes"}`, the nodes with the bounds of their values.
@main struct AdderProbe {
    struct Row: Encodable {
        var graph: AdderGraph
        var adders: Int
        var depth: Int
        var luts: Int
        /// Least and greatest value of each node, and for sums the operands.
        var nodes: [[Int64]]

        init(_ graph: AdderGraph) {
            self.graph = graph
            adders = graph.adderCount
            depth = graph.depth
            luts = graph.lutCount
            nodes = graph.intervals.map { [$0.low, $0.high] }
        }
    }

    static func main() throws {
        let words = CommandLine.arguments
        let rows: [Row]
        switch words.dropFirst().first {
        case "search" where words.count == 4:
            let tasks: [ConstantProduct] = try read(words[2])
            rows = try tasks.map { Row(try AdderGraph($0, AdderSearch(slack: Int(words[3]) ?? 0))) }
        case "cost" where words.count == 4:
            let graphs: [AdderGraph] = try read(words[2]), tasks: [ConstantProduct] = try read(words[3])
            for (graph, task) in zip(graphs, tasks) where graph.matrix.weights != task.weights {
                throw Wrong(description: "a graph of \(words[2]) computes another product")
            }
            rows = graphs.map(Row.init)
        default: throw Wrong(description: "AdderProbe search TASKS SLACK | AdderProbe cost GRAPHS TASKS")
        }
        print(String(decoding: try JSONEncoder().encode(rows), as: UTF8.self))
    }

    private static func read<Value: Decodable>(_ path: String) throws -> Value {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw Wrong(description: "cannot read \(path)")
        }
        return try JSONDecoder().decode(Value.self, from: bytes)
    }

    struct Wrong: Error, CustomStringConvertible {
        var description: String
    }
}
