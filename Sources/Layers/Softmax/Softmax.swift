internal import Glibc
public import LayerKit
public import Options

/// `e^x_i / sum_j e^x_j` over the last axis.
public struct Softmax: ModelLayer {
    /// Whether the model has it as a layer of the class Softmax, not as an activation. hls4ml 1.3.0 writes C++ for it
    /// that does not compile, so there are no numbers of its own to keep to.
    public var isLayerClass: Bool

    public init(isLayerClass: Bool = false) { self.isLayerClass = isLayerClass }

    public static let key = "softmax"
    public static var operations: [any DesignOperation.Type] { [SoftmaxOperation.self] }

    public static var imports: [ImportRule] {
        [
            ImportRule(.keras, "Softmax", activation: .serves, read: fromKeras),
            ImportRule(.keras, "activations.softmax", is: Softmax()),
            ImportRule(.onnx, "Softmax", is: Softmax()),
        ]
    }

    public var typeName: String { "Softmax" }
    public var precisionRoles: [PrecisionRole] { [.result, .accum, .table, .expTable, .invTable, .invInp] }
    public var usedOptions: [LayerOption] {
        [.implementation, .tableSize, .expTableSize, .invTableSize, .skip, .parallelization]
    }
    public var presence: LayerPresence { .operation }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] {
        guard let shape = inputs.first, let last = shape.last, last > 0 else {
            throw LayerError("softmax needs at least one axis")
        }
        return [shape]
    }

    public func floatKernel(_ shapes: [Shape]) -> FloatKernel {
        let classes = shapes[0].last ?? 1
        return FloatKernel { inputs in
            var y = inputs[0]
            for start in stride(from: 0, to: y.count, by: classes) {
                let slice = start..<start + classes
                let top = y[slice].max() ?? 0
                var sum = 0.0
                for place in slice {
                    y[place] = exp(y[place] - top)
                    sum += y[place]
                }
                for place in slice { y[place] /= sum }
            }
            return [y]
        }
    }

    public func absorbing(_ affine: Affine) -> Softmax? { nil }
}
