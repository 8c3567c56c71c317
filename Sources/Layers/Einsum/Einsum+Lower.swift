public import Basics
import FixedPoint
public import LayerKit

extension Einsum {
    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        guard let kernel else { return try lowerProduct(site) }
        let letters = operands.map { Array($0.utf8) }
        guard let axes = EinsumAxes(input: operands[0], kernel: operands[1], result: result, sizes: known(site)) else {
            throw site.error(
                "the equation '\(operands.joined(separator: ","))->\(result)' has no firmware", attribute: "equation",
                help: "an axis that the input and the kernel have must be summed over, any other must be in the result")
        }
        let n = axes.count(axes.summed), m = axes.count(axes.outputs), positions = axes.count(axes.positions)
        let rows = axes.places(axes.summed, in: letters[1]), columns = axes.places(axes.outputs, in: letters[1])
        let weights = kernel.singles
        let numbers = rows.flatMap { row in columns.map { weights[row + $0] } }
        guard let matrix = Tensor(shape: [n, m], values: numbers) else {
            throw site.error("the kernel has shape \(kernel.shape)", attribute: "kernel")
        }
        let dense = Dense(kernel: matrix, bias: try offsets(axes, site))

        // The input as vectors, the product at every position, its elements where the result has them.
        var parts: [Lowered.Part] = []
        var input = site.inputs[0]
        let gathered = [axes.places(axes.positions, in: letters[0]), axes.places(axes.summed, in: letters[0])]
        let (gather, ranges) = RearrangementOperation.moving(input, gathered)
        parts.append(
            Lowered.Part(suffix: "vectors", gather, inputs: [.input(0)], shapes: [[positions, n]], ranges: [ranges]))
        input = LoweringSite.Value(TensorSpec(types: gather.resultType, shape: [positions, n]), ranges: ranges)
        let product = try dense.lower(
            site.part(reading: [input], giving: [[positions, m]], rules: site.rules.withoutInference))
        var inner = product.parts[0]
        inner.suffix = "product"
        inner.inputs = [.part(0)]
        parts.append(inner)
        let order = axes.positions + axes.outputs
        let spread = result.utf8.map { letter in axes.places([letter], in: order) }
        let output = LoweringSite.Value(
            TensorSpec(types: inner.operation.results[0], shape: [positions, m]), ranges: inner.ranges[0])
        let (scatter, bounds) = RearrangementOperation.moving(output, spread)
        parts.append(Lowered.Part(scatter, inputs: [.part(1)], shapes: site.outputs, ranges: [bounds]))
        return Lowered(parts: parts, warnings: product.warnings)
    }

    private func known(_ site: LoweringSite) -> [UInt8: Int] { (try? sizes(site.inputs.map(\.shape))) ?? [:] }

    /// The bias as one number for each output of the product.
    private func offsets(_ axes: EinsumAxes, _ site: LoweringSite) throws(DiagnosticError) -> Tensor? {
        guard let bias else { return nil }
        let values = bias.singles, shape = site.outputs[0], letters = Array(result.utf8)
        let spread = Strides.places(of: bias.shape, in: shape).map { values[$0] }
        let outputs = axes.places(axes.outputs, in: letters)
        for position in axes.places(axes.positions, in: letters) {
            guard outputs.allSatisfy({ spread[position + $0] == spread[$0] }) else {
                throw site.error(
                    "a bias that differs by position has no firmware", attribute: "bias_axes",
                    help: "give the bias the axes of the kernel alone")
            }
        }
        return Tensor(outputs.map { spread[$0] })
    }
}
