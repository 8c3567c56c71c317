public import Basics
public import LayerKit
public import Options

/// Every slice over some axes brought to mean 0 and variance 1, or to a mean square of 1; then scaled and moved.
public struct LayerNormalization: ModelLayer {
    /// In ascending order.
    public var axes: [Int]
    public var epsilon: Float
    /// Whether the mean stays: only the root of the mean square is divided by.
    public var keepsMean: Bool
    /// Of the shape that the axes have.
    public var gamma: Tensor?
    public var beta: Tensor?

    public init(axes: [Int], epsilon: Float, keepsMean: Bool = false, gamma: Tensor? = nil, beta: Tensor? = nil) {
        self.axes = axes.sorted()
        self.epsilon = epsilon
        self.keepsMean = keepsMean
        self.gamma = gamma
        self.beta = beta
    }

    public static let key = "layerNormalization"
    public static var operations: [any DesignOperation.Type] { [] }

    public static var imports: [ImportRule] {
        [
            ImportRule(.keras, "LayerNormalization", read: fromKeras),
            ImportRule(.keras, "RMSNormalization", read: fromKerasRMS),
            ImportRule(.onnx, "LayerNormalization", read: fromONNX),
        ]
    }

    public var typeName: String { "LayerNormalization" }
    public var precisionRoles: [PrecisionRole] { [] }
    public var usedOptions: [LayerOption] { [] }
    public var presence: LayerPresence { .operation }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] {
        let shape = inputs.first ?? []
        guard !axes.isEmpty, Set(axes).count == axes.count, axes.allSatisfy(shape.indices.contains) else {
            throw LayerError("axes \(axes) are none of an input of shape \(shape)", attribute: "axis")
        }
        let own = axes.map { shape[$0] }
        for tensor in [gamma, beta].compactMap(\.self) where tensor.shape != own {
            throw LayerError("gamma or beta has shape \(tensor.shape), expected \(own)", attribute: "axis")
        }
        return [shape]
    }

    public func floatKernel(_ shapes: [Shape]) -> FloatKernel {
        let shape = shapes[0], count = shape.elementCount, axes = axes
        let length = axes.map { shape[$0] }.elementCount, slices = length == 0 ? 0 : count / length
        let outer = shape.indices.filter { !axes.contains($0) }
        // Of each element its slice, and its place in that.
        func places(_ kept: [Int]) -> [Int] {
            let own = Strides.steps(of: kept.map { shape[$0] })
            return Strides(shape).map { index in zip(kept, own).reduce(0) { $0 + index[$1.0] * $1.1 } }
        }
        let slice = places(outer), place = places(axes)
        let gamma = gamma?.doubles, beta = beta?.doubles, epsilon = Double(epsilon), keepsMean = keepsMean
        return FloatKernel { inputs, samples in
            var y = inputs[0]
            for start in stride(from: 0, to: samples * count, by: max(1, count)) {
                var means = [Double](repeating: 0, count: slices), squares = means
                if !keepsMean {
                    for index in 0..<count { means[slice[index]] += y[start + index] }
                    for index in means.indices { means[index] /= Double(length) }
                }
                for index in 0..<count {
                    let distance = y[start + index] - means[slice[index]]
                    squares[slice[index]] += distance * distance
                }
                let scales = squares.map { 1 / ($0 / Double(length) + epsilon).squareRoot() }
                for index in 0..<count {
                    let value = (y[start + index] - means[slice[index]]) * scales[slice[index]]
                    y[start + index] = value * (gamma?[place[index]] ?? 1) + (beta?[place[index]] ?? 0)
                }
            }
            return [y]
        }
    }

    public func absorbing(_ affine: Affine) -> LayerNormalization? { nil }

    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered { throw site.unwritten() }
}
