internal import Arrays
internal import Basics
internal import LayerKit

/// What no input changes is computed where it stands: arguments that have to be numbers may be the result of others.
extension ATenTranslator {
    /// Elements of all numbers that are computed so, together.
    private static let knownLimit = 1 << 27

    /// Results without an input among what they depend on, as numbers at hand.
    ///
    /// - Parameter begin: the first of the nodes that were made for the call.
    mutating func settle(_ results: inout [ATenValue], nodesFrom begin: Int) {
        guard begin < nodes.count, results.contains(where: { !$0.isPerSample && $0.constant == nil }) else { return }
        for index in results.indices {
            guard !results[index].isPerSample, case .node(let name) = results[index].source,
                let tensor = numbers(of: name, nodesFrom: begin)
            else { continue }
            let output = call.outputs.indices.contains(index) ? call.outputs[index] : nil
            let type = output.flatMap { program.tensors[$0]?.element }
            results[index].source = .constant(
                type?.isFloatingPoint ?? true ? tensor : tensor.inWholeNumbers, name: label.name)
        }
        guard results.allSatisfy({ $0.constant != nil }) else { return }
        nodeNames.subtract(nodes[begin...].map(\.name))
        nodes.removeSubrange(begin...)
    }

    /// The product of numbers at hand and a matrix of inputs and outputs; nil for what the network computes.
    ///
    /// - Parameter value: stored with its last dimension as the last axis.
    mutating func known(_ value: ATenValue, times matrix: Tensor, _ bias: Tensor? = nil) throws(LayerError)
        -> ATenValue?
    {
        guard let tensor = value.constant else { return nil }
        let inputs = ATenValue.size(value.axes.last ?? []), outputs = matrix.count / max(inputs, 1)
        let x = tensor.doubles, weights = matrix.doubles, offsets = bias?.doubles
        guard inputs > 0, outputs > 0, weights.count == inputs * outputs, x.count % inputs == 0 else {
            throw LayerError("it multiplies tensors of other shapes")
        }
        guard offsets == nil || offsets?.count == outputs else {
            throw LayerError("it adds \(offsets?.count ?? 0) numbers to \(outputs)")
        }
        let rows = x.count / inputs
        known = Count.plus(known, Count.times(rows, Count.times(inputs, outputs)))
        guard known <= Self.knownLimit else { return nil }
        var sums = [Float](repeating: 0, count: rows * outputs)
        for row in 0..<rows {
            for output in 0..<outputs {
                var sum = offsets?[output] ?? 0
                for input in 0..<inputs { sum += x[row * inputs + input] * weights[input * outputs + output] }
                sums[row * outputs + output] = Float(sum)
            }
        }
        let axes = value.axes.dropLast() + [[atom(outputs)]]
        guard let product = Tensor(shape: axes.map(ATenValue.size), values: sums) else { return nil }
        return ATenValue(
            source: .constant(product, name: label.name), axes: Array(axes),
            dims: value.dims.dropLast() + [axes[axes.count - 1]])
    }

    /// Numbers stated for each of a known number of samples, once where they are the same for all.
    mutating func sameForAll(_ value: ATenValue) throws(LayerError) -> ATenValue {
        guard case .known(let samples) = batch, samples > 1, let first = value.dims.first,
            !value.dims.joined().contains(.batch), ATenValue.size(first) == samples,
            let tensor = try numbers(of: value)
        else { return value }
        let count = tensor.count / samples, all = tensor.singles
        guard all.indices.allSatisfy({ all[$0] == all[$0 % count] }),
            let row = Tensor(shape: Array(tensor.shape.dropFirst()), values: Array(all[..<count]))
        else { return value }
        var result = constant(row, label.name)
        result.dims.insert([.batch], at: 0)
        return result
    }

    /// The numbers that a node gives, if those before it say so.
    private mutating func numbers(of name: String, nodesFrom begin: Int) -> Tensor? {
        let graph = ImportGraph(
            format: .onnx, file: program.file, nodes: Array(nodes[begin...]), inputs: [], outputs: [name])
        guard let resolved = try? ImportPass.resolve.apply(graph),
            let node = resolved.nodes.last(where: { $0.outputs == [name] }), node.faults.isEmpty,
            let value = node.tensors["value"], let tensor = try? value.load()
        else { return nil }
        known = Count.plus(known, tensor.count)
        return known <= Self.knownLimit ? tensor : nil
    }
}

extension Tensor {
    /// The same without what is behind the point.
    fileprivate var inWholeNumbers: Tensor {
        if case .int64 = numbers { return self }
        return Tensor(shape: shape, numbers: .int64(doubles.map { Int64(exactly: $0.rounded(.towardZero)) ?? 0 }))
            ?? self
    }
}
