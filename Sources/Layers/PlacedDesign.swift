public import Basics
public import LayerKit

/// A Design with every tensor looked up: where each node stands, found once for all who ask.
public struct PlacedDesign: Sendable {
    public let design: Design
    /// One for each node, in the design's order. In streams they tell the tokens that pass: a view that lets them
    /// through has at both ends what comes in.
    public let sites: [OperationSite]
    /// Places of the nodes that the outputs need, in the design's order: the rest is not written.
    public let live: [Int]
    private let specs: [TensorID: TensorSpec]
    private let places: [String: Int]

    /// Throws a diagnostic for each tensor that is read or given out, but not there, and for each that nobody could
    /// hold.
    public init(_ design: Design) throws(DiagnosticError) {
        var specs: [TensorID: TensorSpec] = [:]
        var places: [String: Int] = [:]
        var sites: [OperationSite] = []
        var faults: [Diagnostic] = []
        for input in design.inputs {
            specs[input.id] = input.spec
            if !input.type.fits(input.shape) {
                faults.append(.error("input '\(input.name)' has not one type for each element"))
            }
        }
        for (index, node) in design.nodes.enumerated() {
            let inputs = node.inputs.compactMap { specs[$0] }
            if inputs.count != node.inputs.count || inputs.isEmpty || inputs.contains(where: { $0.count == 0 }) {
                faults.append(.error("layer '\(node.name)' reads a tensor that the design does not hold"))
            }
            let outputs = node.makeOutputs()
            if outputs.count != node.shapes.count || !outputs.allSatisfy({ $0.types.fits($0.shape) }) {
                faults.append(.error("layer '\(node.name)' has not one type for each element that it gives"))
            }
            let site = OperationSite(io: design.io, inputs: inputs, outputs: outputs)
            if faults.isEmpty, let fault = node.operation.definition.fault(site) {
                faults.append(.error("layer '\(node.name)' \(fault)"))
            }
            sites.append(site)
            for (id, spec) in zip(node.ids, outputs) { specs[id] = spec }
            places[node.name] = index
        }
        for output in design.outputs where specs[output] == nil {
            faults.append(.error("the design has no tensor '\(design.name(of: output))' to give out"))
        }
        guard faults.isEmpty else { throw DiagnosticError(faults) }
        self.design = design
        self.specs = specs
        self.places = places
        live = Self.live(design)
        self.sites = Self.lettingThrough(design, live, sites)
    }

    /// The place of a node in the design.
    public func place(of node: String) -> Int? { places[node] }

    /// Precondition: the tensor is one of the design's.
    public subscript(tensor: TensorID) -> TensorSpec { specs[tensor]! }

    /// What enters the firmware.
    public var inputs: [TensorSpec] { design.inputs.map(\.spec) }

    /// What leaves the firmware.
    public var outputs: [TensorSpec] { design.outputs.map { self[$0] } }

    private static func live(_ design: Design) -> [Int] {
        var needed = Set(design.outputs.map(\.node))
        var live: [Int] = []
        for index in design.nodes.indices.reversed() where needed.contains(design.nodes[index].name) {
            live.append(index)
            needed.formUnion(design.nodes[index].inputs.map(\.node))
        }
        return live.reversed()
    }
}

extension Design {
    /// How a tensor is called: as its node is, and an output beyond the first with its own name behind.
    public func name(of tensor: TensorID) -> String {
        guard tensor.output > 0 else { return tensor.node }
        let node = nodes.first { $0.name == tensor.node }
        return "\(tensor.node).\(node?.operation.definition.outputName(tensor.output) ?? "\(tensor.output)")"
    }
}
