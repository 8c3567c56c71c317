import LayerKit
import Layers
import Options

/// Which tensors of a Design exist in the firmware, and who reads them.
///
/// A view has no tensor of its own where its elements pass as they are: always in arrays, and in a stream whose groups
/// keep their size or whose readers gather whole vectors. Nodes that no output needs are left out.
struct Wiring {
    enum Reader: Hashable {
        case node(Int, argument: Int)
        case output(Int)
    }

    /// The tensor that stands for one of the Design's: itself, or what it is a view of.
    private var roots: [TensorID: TensorID] = [:]
    private var readers: [TensorID: [Reader]] = [:]
    /// Indices of the nodes that are written, in order.
    private(set) var live: [Int] = []

    init(_ placed: PlacedDesign, forms: [HLSForm]) {
        let nodes = placed.design.nodes
        for (index, form) in forms.enumerated() where form == .view && Self.passesAsIs(placed.sites[index]) {
            roots[TensorID(nodes[index].name)] = root(nodes[index].inputs[0])
        }
        live = placed.live.filter { roots[TensorID(nodes[$0].name)] == nil }
        for index in live {
            for (argument, id) in nodes[index].inputs.enumerated() {
                readers[root(id), default: []].append(.node(index, argument: argument))
            }
        }
        for (index, id) in placed.design.outputs.enumerated() { readers[root(id), default: []].append(.output(index)) }
    }

    func root(_ id: TensorID) -> TensorID { roots[id] ?? id }

    /// Who reads a tensor, or a view of it.
    func readers(of id: TensorID) -> [Reader] { readers[id] ?? [] }

    private static func passesAsIs(_ site: OperationSite) -> Bool {
        site.io == .parallel || site.input.shape.last == site.output.shape.last
    }
}
