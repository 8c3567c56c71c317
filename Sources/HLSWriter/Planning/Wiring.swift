import LayerKit
import Layers
import Options

/// Which tensors of a Design exist in the firmware, and who reads them.
///
/// A view has no tensor of its own where its elements pass as they are: always in arrays, and in a stream whose groups
/// keep their size. Nodes that nothing reads are left out.
struct Wiring {
    enum Reader: Hashable {
        case node(Int, argument: Int)
        case output(Int)
    }

    /// The tensor that stands for one of the Design's: itself, or what it is a view of.
    private(set) var roots: [String: String] = [:]
    private(set) var readers: [String: [Reader]] = [:]
    /// Indices of the nodes that are written, in order.
    private(set) var live: [Int] = []

    init(_ design: Design, forms: [HLSForm]) {
        for input in design.inputs { roots[input.name] = input.name }
        for (node, form) in zip(design.nodes, forms) {
            let source = node.inputs.first.flatMap { roots[$0] }
            let isFree = form == .view && Self.passesAsIs(design, node)
            roots[node.name] = isFree ? source ?? node.name : node.name
        }
        var needed = Set(design.outputs.compactMap { roots[$0] })
        for index in design.nodes.indices.reversed() where needed.contains(design.nodes[index].name) {
            live.append(index)
            needed.formUnion(design.nodes[index].inputs.compactMap { roots[$0] })
        }
        live.reverse()
        for index in live {
            for (argument, name) in design.nodes[index].inputs.enumerated() {
                if let root = roots[name] { readers[root, default: []].append(.node(index, argument: argument)) }
            }
        }
        for (index, name) in design.outputs.enumerated() {
            if let root = roots[name] { readers[root, default: []].append(.output(index)) }
        }
    }

    private static func passesAsIs(_ design: Design, _ node: Design.Node) -> Bool {
        design.io == .parallel || node.inputs.first.flatMap { design.tensor($0)?.shape.last } == node.shape.last
    }
}
