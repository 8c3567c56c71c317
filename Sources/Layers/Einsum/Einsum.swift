internal import Basics
public import LayerKit
public import Options

/// Sums of products over named axes: `ij,jk->ik` is the product of two matrices.
///
/// An operand is a tensor that comes in or trained numbers; samples are no axis of the equation.
public struct Einsum: ModelLayer {
    /// The letters of each operand's axes; those of the trained numbers come last.
    public var operands: [String]
    public var result: String
    public var kernel: Tensor?
    /// Of the result's shape, axes of one element going along with any number.
    public var bias: Tensor?

    /// - Parameter equation: `ab,bc->ac`, without the axis of the samples. Precondition: an arrow.
    public init(_ equation: String, kernel: Tensor? = nil, bias: Tensor? = nil) {
        let sides = equation.parts(at: ">")
        operands = (sides[0].parts(at: "-").first ?? "").parts(at: ",")
        result = sides.count > 1 ? sides[1] : ""
        self.kernel = kernel
        self.bias = bias
    }

    public static let key = "einsum"
    public static var operations: [any DesignOperation.Type] { [EinsumOperation.self] }
    public static var borrowed: [any DesignOperation.Type] { [RearrangementOperation.self, DenseOperation.self] }
    public static var imports: [ImportRule] { kerasImports + onnxImports }

    public var typeName: String { kernel == nil ? "Einsum" : "EinsumDense" }
    public var precisionRoles: [PrecisionRole] {
        kernel == nil ? [.result, .accum] : [.result, .weight, .bias, .accum]
    }
    public var usedOptions: [LayerOption] {
        kernel == nil ? [] : [.reuse, .strategy, .parallelization, .adderSlack]
    }
    public var presence: LayerPresence { .operation }

    private func shapes(_ inputs: [Shape]) -> [Shape] { inputs + (kernel.map { [$0.shape] } ?? []) }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] {
        let sizes = try sizes(inputs)
        var shape: Shape = []
        for letter in result.utf8 {
            guard let size = sizes[letter] else { throw wrong("the result has an axis that no operand has", inputs) }
            shape.append(size)
        }
        guard Set(result.utf8).count == result.utf8.count else {
            throw wrong("the result has an axis twice", inputs)
        }
        let terms = sizes.values.reduce(1) { Count.times($0, $1) }
        guard terms <= 1 << 32 else { throw wrong("\(terms) products are too many", inputs) }
        if let bias {
            guard Merge.broadcast(bias.shape, shape) == shape else {
                throw LayerError("the bias has shape \(bias.shape), the result \(shape)", attribute: "bias")
            }
        }
        return [shape]
    }

    /// The size of every axis.
    func sizes(_ inputs: [Shape]) throws(LayerError) -> [UInt8: Int] {
        let shapes = shapes(inputs)
        guard shapes.count == operands.count, (1...2).contains(shapes.count) else {
            throw wrong("\(shapes.count) operands come in", inputs)
        }
        var sizes: [UInt8: Int] = [:]
        for (letters, shape) in zip(operands, shapes) {
            guard letters.utf8.count == shape.count else { throw wrong("\(letters) is not of shape \(shape)", inputs) }
            guard Set(letters.utf8).count == shape.count else { throw wrong("\(letters) has an axis twice", inputs) }
            for (letter, size) in zip(letters.utf8, shape) {
                guard sizes.updateValue(size, forKey: letter) ?? size == size else {
                    throw wrong("an axis has two sizes", inputs)
                }
            }
        }
        return sizes
    }

    private func wrong(_ what: String, _ inputs: [Shape]) -> LayerError {
        LayerError(
            "\(what): '\(operands.joined(separator: ","))->\(result)' on shapes \(shapes(inputs))",
            attribute: "equation")
    }

    public func floatKernel(_ shapes: [Shape]) -> FloatKernel {
        let plan = EinsumPlan(operands, result, self.shapes(shapes), (try? sizes(shapes)) ?? [:])
        let weights = kernel?.doubles, counts = shapes.map(\.elementCount)
        let bias = bias.map { plan.spread($0) }
        return FloatKernel { inputs, samples in
            var y: [Double] = []
            y.reserveCapacity(samples * plan.count)
            for sample in 0..<samples {
                let own = zip(inputs, counts).map { Array($0[sample * $1..<(sample + 1) * $1]) }
                y += plan.products(own + (weights.map { [$0] } ?? []), bias)
            }
            return [y]
        }
    }

    public func absorbing(_ affine: Affine) -> Einsum? { nil }
}
