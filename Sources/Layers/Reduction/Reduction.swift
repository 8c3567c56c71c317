public import LayerKit
public import Options

/// The mean, sum, product, largest or smallest over some of the axes.
public struct Reduction: ModelLayer {
    public enum Kind: String, Hashable, Sendable, Codable { case mean, sum, product, maximum, minimum }

    public var kind: Kind
    /// In ascending order.
    public var axes: [Int]
    /// Whether the axes stay, with one element each.
    public var keepsAxes: Bool

    public init(_ kind: Kind, axes: [Int], keepsAxes: Bool) {
        self.kind = kind
        self.axes = axes.sorted()
        self.keepsAxes = keepsAxes
    }

    public static let key = "reduction"
    public static var operations: [any DesignOperation.Type] { [ReductionOperation.self] }
    public static var imports: [ImportRule] { kerasImports + onnxImports }

    public var typeName: String {
        switch kind {
        case .mean: "ReduceMean"
        case .sum: "ReduceSum"
        case .product: "ReduceProd"
        case .maximum: "ReduceMax"
        case .minimum: "ReduceMin"
        }
    }
    public var precisionRoles: [PrecisionRole] { [.result, .accum] }
    public var usedOptions: [LayerOption] { [] }
    public var presence: LayerPresence { .operation }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] {
        let shape = inputs.first ?? []
        guard Set(axes).count == axes.count, axes.allSatisfy(shape.indices.contains) else {
            throw LayerError("axes \(axes) are none of an input of shape \(shape)", attribute: "axes")
        }
        return [
            shape.indices.compactMap { axis in
                axes.contains(axis) ? (keepsAxes ? 1 : nil) : shape[axis]
            }
        ]
    }

    public func floatKernel(_ shapes: [Shape]) -> FloatKernel {
        let shape = shapes[0], kind = kind
        let count = shape.elementCount, kept = axes.reduce(count) { $0 / max(1, shape[$1]) }
        // Where each element of a sample is gathered.
        var steps = shape.map { _ in 0 }
        var step = 1
        for axis in shape.indices.reversed() where !axes.contains(axis) {
            steps[axis] = step
            step *= shape[axis]
        }
        let places = Strides(shape).map { index in zip(index, steps).reduce(0) { $0 + $1.0 * $1.1 } }
        let start: Double =
            switch kind {
            case .mean, .sum: 0
            case .product: 1
            case .maximum: -.infinity
            case .minimum: .infinity
            }
        let factor = kind == .mean ? Double(count / max(1, kept)) : 1
        return FloatKernel { inputs, samples in
            let x = inputs[0]
            var y = [Double](repeating: start, count: samples * kept)
            for sample in 0..<samples {
                for (index, place) in places.enumerated() {
                    let value = x[sample * count + index], to = sample * kept + place
                    switch kind {
                    case .mean, .sum: y[to] += value
                    case .product: y[to] *= value
                    case .maximum: y[to] = max(y[to], value)
                    case .minimum: y[to] = min(y[to], value)
                    }
                }
            }
            if factor != 1 { for index in y.indices { y[index] /= factor } }
            return [y]
        }
    }

    public func absorbing(_ affine: Affine) -> Reduction? { nil }
}
