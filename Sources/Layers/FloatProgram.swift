public import LayerKit

/// A model as it was trained, ready to be computed in double precision: the reference for everything after it.
public struct FloatProgram: Sendable {
    public let model: Model
    private let steps: [Step]

    private struct Step {
        var kernel: FloatKernel
        var node: Model.Node
        /// Tensors that nothing reads after this step.
        var done: [TensorID]
    }

    public init(_ model: Model) {
        self.model = model
        let shapes = Dictionary(
            model.nodes.flatMap { node in
                node.outputs.enumerated().map { (TensorID(node.name, $0.offset), $0.element) }
            }, uniquingKeysWith: { first, _ in first })
        let kept = Set(model.outputs), entering = Set(model.inputs)
        var seen = kept
        var steps: [Step] = []
        for node in model.nodes.reversed() where !entering.contains(node.name) {
            let all = node.inputs + node.outputs.indices.map { TensorID(node.name, $0) }
            let done = all.filter { seen.insert($0).inserted }
            let kernel = node.layer.definition.floatKernel(node.inputs.map { shapes[$0] ?? [] })
            steps.append(Step(kernel: kernel, node: node, done: done))
        }
        self.steps = steps.reversed()
    }

    /// The outputs of the model for `samples` samples: one array for each of its outputs, sample by sample, row-major.
    ///
    /// Precondition: one array of `samples` times its elements for each of the model's inputs.
    public func callAsFunction(_ inputs: [[Double]], samples: Int) -> [[Double]] {
        run(inputs, samples) { _, _ in }
    }

    /// Every tensor of the model, in the order in which they are computed.
    public func trace(_ inputs: [[Double]], samples: Int, visit: (TensorID, [Double]) -> Void) {
        _ = run(inputs, samples, visit)
    }

    private func run(_ inputs: [[Double]], _ samples: Int, _ visit: (TensorID, [Double]) -> Void) -> [[Double]] {
        var values: [TensorID: [Double]] = [:]
        for (name, data) in zip(model.inputs, inputs) {
            values[TensorID(name)] = data
            visit(TensorID(name), data)
        }
        for step in steps {
            let results = step.kernel(step.node.inputs.map { values[$0] ?? [] }, samples: samples)
            for (index, data) in results.enumerated() {
                values[TensorID(step.node.name, index)] = data
                visit(TensorID(step.node.name, index), data)
            }
            for tensor in step.done { values[tensor] = nil }
        }
        return model.outputs.map { values[$0] ?? [] }
    }

    /// Samples in blocks: as many at once as keep the weights of a layer busy without holding all the samples' tensors.
    public func blocks(of samples: Int) -> [Range<Int>] {
        let largest = model.nodes.flatMap { $0.outputs.map(\.elementCount) }.max() ?? 1
        let size = min(64, max(1, Self.elements / max(1, largest)))
        return stride(from: 0, to: samples, by: size).map { $0..<min(samples, $0 + size) }
    }

    /// Elements of one tensor that are held at once, for all samples of a block.
    private static let elements = 1 << 20
}
