import Basics
import FixedPoint
import LayerKit
import Layers
import Options

/// The last step: every layer becomes an operation whose types are all stated.
enum Lowering {
    static func lower(_ model: Model, options: OptionTable, io: IOType) throws(DiagnosticError)
        -> (design: Design, warnings: [Diagnostic])
    {
        var design = Design(io: io, compat: options.compat, inputs: [], nodes: [], outputs: model.outputs)
        var values: [String: LoweringSite.Value] = [:]
        var warnings: [Diagnostic] = []
        var errors: [Diagnostic] = []
        for node in model.nodes {
            let typeName = node.layer.definition.typeName
            let site = LoweringSite(
                layer: node.name, typeName: typeName, options: options, io: io,
                inputs: node.inputs.compactMap { values[$0] })
            do throws(DiagnosticError) {
                if case .input(let layer) = node.layer {
                    let type = site.stated(.result) ?? options.modelDefault
                    design.inputs.append(Design.Input(name: node.name, shape: layer.shape, type: type))
                    let ranges = Ranges(of: type, count: layer.shape.elementCount)
                    values[node.name] = LoweringSite.Value(type: type, shape: layer.shape, ranges: ranges)
                } else if site.inputs.count == node.inputs.count, let lowered = try node.layer.lower(site) {
                    try checkWidths(node.name, lowered.operation, site.inputs.map(\.type))
                    warnings += lowered.warnings
                    design.nodes.append(
                        Design.Node(
                            name: node.name, inputs: node.inputs, shape: node.shape, operation: lowered.operation,
                            fifoDepth: fifoDepth(node.name, typeName, options, io)))
                    values[node.name] = LoweringSite.Value(
                        type: lowered.operation.resultType, shape: node.shape, ranges: lowered.ranges)
                }
            } catch {
                errors += error.diagnostics
            }
        }
        if !errors.isEmpty { throw DiagnosticError(errors) }
        design.inputs = model.inputs.compactMap { name in design.inputs.first { $0.name == name } }
        return (design, warnings)
    }

    /// What the project states for the layer's FIFOs; arrays have none.
    private static func fifoDepth(_ layer: String, _ type: String, _ options: OptionTable, _ io: IOType) -> Int? {
        io == .stream ? options.value(\.fifoDepth, layer: layer, type: type) : nil
    }

    /// The widest words hlsbuild computes in.
    static let widthLimit = 127

    private static func checkWidths(_ name: String, _ operation: Operation, _ inputs: [FixedType])
        throws(DiagnosticError)
    {
        let bits = operation.definition.wordBits(inputs: inputs)
        guard bits > widthLimit else { return }
        throw DiagnosticError(
            .error(
                "layer '\(name)': its exact intermediates need \(bits) bits, more than the \(widthLimit) that hlsbuild "
                    + "computes with (input \(inputs.map(\.description).joined(separator: ", ")), result "
                    + "\(operation.resultType))",
                subject: ["layers", name, "precision"],
                help: "state a narrower result type for the layers before, for example result: fixed<16,6>"))
    }
}
