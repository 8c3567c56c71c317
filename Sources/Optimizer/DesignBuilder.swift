import Basics
import FixedPoint
import LayerKit
import Layers
import Options

/// The last step: every layer becomes operations whose types are all stated.
struct DesignBuilder {
    private let options: OptionTable
    private var design: Design
    private var warnings: [Diagnostic] = []
    private var errors: [Diagnostic] = []
    /// What is known of each tensor of the model, under the name that it has in the design.
    private var tensors: [TensorID: (id: TensorID, value: LoweringSite.Value)] = [:]
    private var names: Set<String>

    static func lower(_ model: Model, options: OptionTable, io: IOType) throws(DiagnosticError)
        -> (design: Design, warnings: [Diagnostic])
    {
        var builder = DesignBuilder(model, options, io)
        // All of them at once: behind the first of them nothing would be known.
        let unwritten = model.unwritten
        guard unwritten.isEmpty else { throw DiagnosticError(unwritten) }
        for node in model.nodes { builder.add(node) }
        if !builder.errors.isEmpty { throw DiagnosticError(builder.errors) }
        var design = builder.design
        design.inputs = model.inputs.compactMap { name in design.inputs.first { $0.name == name } }
        design.outputs = model.outputs.map { builder.tensors[$0]?.id ?? $0 }
        design.channelsFirst = Set(model.channelsFirst.compactMap { builder.tensors[$0]?.id })
        return (design, builder.warnings)
    }

    private init(_ model: Model, _ options: OptionTable, _ io: IOType) {
        self.options = options
        design = Design(io: io, compat: options.compat, inputs: [], nodes: [], outputs: [])
        names = Set(model.nodes.map(\.name))
    }

    private mutating func add(_ node: Model.Node) {
        let sources = node.inputs.compactMap { tensors[$0] }
        // Behind a layer that was refused nothing is known: that refusal stands anyway.
        guard sources.count == node.inputs.count else { return }
        let layer = node.layer.definition
        let site = LoweringSite(
            layer: node.name, typeName: layer.typeName, options: options, io: design.io,
            inputs: sources.map(\.value), outputs: node.outputs, result: node.result, types: node.types,
            quantizers: node.quantizers)
        switch layer.presence {
        case .input: addInput(node, site)
        // What is not in the firmware was taken out by a pass: such a layer would become no operation.
        case .nothing, .operation:
            do throws(DiagnosticError) {
                add(try layer.lower(site), of: node, site, sources.map(\.id))
            } catch {
                errors += error.diagnostics
            }
        }
    }

    private mutating func addInput(_ node: Model.Node, _ site: LoweringSite) {
        let type = site.rules.stated(.result) ?? options.modelDefault
        for shape in node.outputs {
            let input = Design.Input(name: node.name, shape: shape, type: type)
            design.inputs.append(input)
            let ranges = Ranges(of: type, count: shape.elementCount)
            tensors[input.id] = (input.id, LoweringSite.Value(input.spec, ranges: ranges))
        }
    }

    private mutating func add(_ lowered: Lowered, of node: Model.Node, _ site: LoweringSite, _ sources: [TensorID]) {
        warnings += lowered.warnings
        var made: [Design.Node] = []
        for (index, part) in lowered.parts.enumerated() {
            let isLast = index == lowered.parts.count - 1
            let name = isLast ? node.name : names.claim("\(node.name)_\(part.suffix ?? "part")")
            let inputs = part.inputs.map { source in
                switch source {
                case .input(let place): sources[place]
                case .part(let place, let output): TensorID(made[place].name, output)
                }
            }
            let result = Design.Node(
                name: name, inputs: inputs, shapes: part.shapes, operation: Operation(part.operation),
                fifoDepth: isLast ? fifoDepth(site) : nil)
            let place = OperationSite(
                io: design.io, inputs: inputs.compactMap { tensors[$0]?.value.spec }, outputs: result.makeOutputs())
            guard fits(node.name, part.operation, place), arePossible(node.name, place.outputs) else { return }
            made.append(result)
            for (id, (spec, ranges)) in zip(result.ids, zip(place.outputs, part.ranges)) {
                tensors[id] = (id, LoweringSite.Value(spec, ranges: ranges))
            }
        }
        design.nodes += made
    }

    /// What the project states for the layer's FIFOs; arrays have none.
    private func fifoDepth(_ site: LoweringSite) -> Int? {
        switch site.io {
        case .stream: site.option(\.fifoDepth)
        case .parallel: nil
        }
    }

    /// Whether each result has a type that a project file can state, too; an error where one has not: what is inferred of
    /// types at the ends of what is possible can lie beyond.
    private mutating func arePossible(_ layer: String, _ results: [TensorSpec]) -> Bool {
        for result in results {
            let types = result.types.distinct(in: result.shape).types.filter { $0.width > 0 }
            guard let (type, fault) = types.lazy.compactMap({ type in type.fault.map { (type, $0) } }).first else {
                continue
            }
            errors.append(
                .error(
                    "layer '\(layer)': its result would be of type \(type): \(fault.description)",
                    subject: ["layers", layer, "precision"],
                    help: "state another result type for it or the layers before, for example result: fixed<16,6>"))
            return false
        }
        return true
    }

    /// The widest words hlsbuild computes in.
    private static let widthLimit = 127

    /// Whether all intermediates of an operation fit those; an error where they do not.
    private mutating func fits(_ layer: String, _ operation: any DesignOperation, _ site: OperationSite) -> Bool {
        let bits = operation.wordBits(site)
        guard bits > Self.widthLimit else { return true }
        errors.append(
            .error(
                "layer '\(layer)': its exact intermediates need \(bits) bits, more than the \(Self.widthLimit) that "
                    + "hlsbuild computes with (input \(site.inputs.map(\.type.description).joined(separator: ", ")), result "
                    + "\(site.output.type))",
                subject: ["layers", layer, "precision"],
                help: "state a narrower result type for the layers before, for example result: fixed<16,6>"))
        return false
    }
}
