public import LayerKit
public import Options

/// Several tensors element by element; axes of one element go along with any number, as NumPy broadcasts.
public struct Merge: ModelLayer {
    public enum Kind: String, Hashable, Sendable, Codable {
        case add, subtract, multiply, divide, average, maximum, minimum
    }

    public var kind: Kind

    public init(_ kind: Kind) { self.kind = kind }

    public static let key = "merge"
    public static var operations: [any DesignOperation.Type] { [MergeOperation.self] }
    public static var imports: [ImportRule] { kerasImports + onnxImports }

    public var typeName: String { "Merge" }
    public var precisionRoles: [PrecisionRole] { [.result] }
    public var usedOptions: [LayerOption] { [] }
    public var presence: LayerPresence { .operation }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] {
        switch kind {
        case .subtract, .divide:
            guard inputs.count == 2 else { throw LayerError("\(kind.rawValue) takes two tensors, not \(inputs.count)") }
        case .add, .multiply, .average, .maximum, .minimum: break
        }
        var shape = inputs.first ?? []
        for other in inputs.dropFirst() {
            guard let both = Self.broadcast(shape, other) else {
                throw LayerError("tensors of shapes \(inputs) cannot be brought to one shape")
            }
            shape = both
        }
        return [shape]
    }

    /// The shape that two tensors have together; nil where there is none.
    static func broadcast(_ one: Shape, _ other: Shape) -> Shape? {
        let rank = max(one.count, other.count)
        let a = [Int](repeating: 1, count: rank - one.count) + one
        let b = [Int](repeating: 1, count: rank - other.count) + other
        guard zip(a, b).allSatisfy({ $0 == $1 || $0 == 1 || $1 == 1 }) else { return nil }
        return zip(a, b).map { $0 == 1 ? $1 : $0 }
    }

    public func floatKernel(_ shapes: [Shape]) -> FloatKernel {
        let kind = kind, total = shapes.dropFirst().reduce(shapes[0]) { Self.broadcast($0, $1) ?? [] }
        let spread = shapes.map { Self.places(of: $0, in: total) }
        return FloatKernel { inputs, samples in
            let values = zip(zip(inputs, shapes), spread).map { pair, places -> [Double] in
                guard let places else { return pair.0 }
                let count = pair.1.elementCount
                return (0..<samples).flatMap { sample in places.map { pair.0[sample * count + $0] } }
            }
            var y = values[0]
            for other in values.dropFirst() { Self.combine(&y, other, kind) }
            if kind == .average { for index in y.indices { y[index] /= Double(values.count) } }
            return [y]
        }
    }

    private static func combine(_ y: inout [Double], _ x: [Double], _ kind: Kind) {
        switch kind {
        case .add, .average: for index in y.indices { y[index] += x[index] }
        case .subtract: for index in y.indices { y[index] -= x[index] }
        case .multiply: for index in y.indices { y[index] *= x[index] }
        case .divide: for index in y.indices { y[index] /= x[index] }
        case .maximum: for index in y.indices { y[index] = max(y[index], x[index]) }
        case .minimum: for index in y.indices { y[index] = min(y[index], x[index]) }
        }
    }

    /// Where each element of the whole is found in a tensor; nil where the tensor has all of them.
    static func places(of shape: Shape, in total: Shape) -> [Int]? {
        shape == total ? nil : Strides.places(of: shape, in: total)
    }

    public func absorbing(_ affine: Affine) -> Merge? { nil }
}
