internal import Arrays
internal import Basics
internal import LayerKit

/// Linear maps of the lines along an axis that are known beforehand: interpolation, windows of several sizes.
extension ATenTranslator {
    /// A matrix with a row for each place that is read and a column for each that is made.
    struct LineMap {
        let inputs: Int
        let outputs: Int
        private(set) var values: [Float]

        init(inputs: Int, outputs: Int) throws(LayerError) {
            guard inputs > 0, outputs > 0, Count.times(inputs, outputs) <= InputLimit.tensor.elements else {
                throw LayerError(
                    "it makes \(outputs) places of \(inputs), which is too large a product to be written out")
            }
            self.inputs = inputs
            self.outputs = outputs
            values = [Float](repeating: 0, count: inputs * outputs)
        }

        /// Adds a share of a place that is read to one that is made.
        mutating func add(_ share: Double, of input: Int, to output: Int) {
            values[input * outputs + output] += Float(share)
        }
    }

    /// What a map makes of every line along a dimension.
    mutating func along(_ value: ATenValue, _ dim: Int, _ map: LineMap, part: String? = nil) throws(LayerError)
        -> ATenValue
    {
        guard value.dims.indices.contains(dim), value.size(dim) == map.inputs, !value.dims[dim].contains(.batch),
            let matrix = Tensor(shape: [map.inputs, map.outputs], values: map.values)
        else { throw LayerError("it goes along the axis of the samples, which are computed one by one") }
        let rank = value.dims.count
        let order = (0..<rank).filter { $0 != dim } + [dim]
        var back = Array(0..<rank - 1)
        back.insert(rank - 1, at: dim)
        let name = part.map { "\(label.name)_\($0)_map" } ?? "\(label.name)_map"
        return try product(value.permuted(order), constant(matrix, name), part: part).permuted(back)
    }

    /// The means over windows that begin and end where they come to lie.
    mutating func unevenMeans(_ input: ATenValue, _ counts: [Int]) throws(LayerError) -> ATenValue {
        var result = input
        let axes = counts.indices.filter { result.size(result.dims.count - counts.count + $0) != counts[$0] }
        for index in axes {
            let dim = result.dims.count - counts.count + index
            let windows = try Self.windows(of: result.size(dim), counts[index])
            var map = try LineMap(inputs: result.size(dim), outputs: counts[index])
            for (output, window) in windows.enumerated() {
                for input in window { map.add(1 / Double(window.count), of: input, to: output) }
            }
            result = try along(result, dim, map, part: index == axes.last ? nil : "axis\(dim)")
        }
        return result
    }

    mutating func unevenMaxima(_ input: ATenValue, _ counts: [Int]) throws(LayerError) -> ATenValue {
        var result = input
        let axes = counts.indices.filter { result.size(result.dims.count - counts.count + $0) != counts[$0] }
        for index in axes {
            let dim = result.dims.count - counts.count + index
            let windows = try Self.windows(of: result.size(dim), counts[index])
            let source = result
            let maxima = try windows.enumerated().map { output, window throws(LayerError) in
                let name = "axis\(dim)_\(output)"
                let part = try part(
                    of: source, dim, from: window.lowerBound, count: window.count, step: 1, name: "\(name)_window")
                return try reduce("ReduceMax", part, [dim], keeps: true, part: name)
            }
            result = try joined(maxima, dim, part: index == axes.last ? nil : "axis\(dim)")
        }
        return result
    }

    /// Where PyTorch's adaptive windows begin and end.
    private static func windows(of size: Int, _ count: Int) throws(LayerError) -> [Range<Int>] {
        guard (1...InputLimit.tensor.elements).contains(count), size > 0 else {
            throw LayerError("\(size) places do not fall into \(count) windows", attribute: "output_size")
        }
        return (0..<count).map { Count.times($0, size) / count..<(Count.times($0 + 1, size) + count - 1) / count }
    }
}
