internal import Arrays
internal import Basics
internal import LayerKit

/// Operators that give numbers of their own: what graphs compute shapes and masks with.
extension ONNXCall {
    mutating func resolveShape() throws(LayerError) {
        let x = try operand(0), rank = x.shape.count
        if op == .size { return give([x.shape.elementCount], []) }
        func place(_ name: String, default standard: Int) throws(LayerError) -> Int {
            let stated = try integer(name) ?? standard
            return max(0, min(rank, stated < 0 ? stated + rank : stated))
        }
        let start = try place("start", default: 0), end = try place("end", default: rank)
        give(start < end ? Array(x.shape[start..<end]) : [], [max(0, end - start)])
    }

    private mutating func give(_ values: [Int], _ shape: Shape) {
        guard let tensor = Tensor(shape: shape, numbers: .int64(values.map(Int64.init))) else { return }
        give(.constant, [], shape, tensors: ["value": ImportTensor(tensor)])
    }

    /// The same number everywhere. Along the samples one stands for all.
    mutating func resolveConstantOfShape() throws(LayerError) {
        let shape = (try integers(0, "input") ?? []).map { Batch.isPart(of: $0) ? 1 : $0 }
        guard let count = Count.elements(shape), count <= InputLimit.tensor.elements else {
            throw LayerError("a tensor of shape \(shape) is not possible")
        }
        let value = try node.tensors["value"]?.load().numbers ?? .float32([0])
        guard value.count == 1 else { throw LayerError("'value' has \(value.count) numbers", attribute: "value") }
        let numbers: Numbers =
            switch value {
            case .float32(let one): .float32([Float](repeating: one[0], count: count))
            case .float64(let one): .float64([Double](repeating: one[0], count: count))
            case .int64(let one): .int64([Int64](repeating: one[0], count: count))
            }
        guard let tensor = Tensor(shape: shape, numbers: numbers) else { throw LayerError("\(shape) is not a shape") }
        give(.constant, [], shape, tensors: ["value": ImportTensor(tensor)])
    }

    mutating func resolveRange() throws(LayerError) {
        var ends: [Double] = []
        for (place, name) in ["start", "limit", "delta"].enumerated() {
            guard let value = try scalar(place, name) else { throw LayerError("Range without '\(name)'") }
            ends.append(value)
        }
        let exact = ((ends[1] - ends[0]) / ends[2]).rounded(.up)
        guard ends[2] != 0, exact.isFinite, exact <= Double(InputLimit.tensor.elements) else {
            throw LayerError("a range from \(ends[0]) to \(ends[1]) in steps of \(ends[2]) is not possible")
        }
        let values = (0..<Int(max(0, exact))).map { ends[0] + Double($0) * ends[2] }
        let isWhole = if case .int64 = try required(0, "start").load().numbers { true } else { false }
        let numbers: Numbers = isWhole ? .int64(values.map { Int64($0) }) : .float32(values.map(Float.init))
        guard let tensor = Tensor(shape: [values.count], numbers: numbers) else { return }
        give(.constant, [], tensor.shape, tensors: ["value": ImportTensor(tensor)])
    }

    /// The upper or lower triangle of matrices; of those that enter the network by a product with ones and zeros.
    mutating func resolveTrilu() throws(LayerError) {
        let x = try operand(0), rank = x.shape.count
        guard rank >= 2 else { throw LayerError("Trilu takes matrices") }
        guard let tensor = try x.constant?.load() ?? Tensor(ones: Array(x.shape.suffix(2))) else {
            throw LayerError("matrices of \(Batch.text(x.shape)) have no triangle")
        }
        let shape = tensor.shape
        let upper = try flag("upper", default: true), diagonal = Int(exactly: try scalar(1, "k") ?? 0) ?? 0
        let columns = shape[shape.count - 1], rows = shape[shape.count - 2]
        let kept = (0..<tensor.count).map { index -> Bool in
            let way = index % max(1, columns) - index / max(1, columns) % max(1, rows)
            return upper ? way >= diagonal : way <= diagonal
        }
        let numbers: Numbers =
            switch tensor.numbers {
            case .float32(let values): .float32(zip(values, kept).map { $1 ? $0 : 0 })
            case .float64(let values): .float64(zip(values, kept).map { $1 ? $0 : 0 })
            case .int64(let values): .int64(zip(values, kept).map { $1 ? $0 : 0 })
            }
        guard let result = Tensor(shape: shape, numbers: numbers) else { return }
        if x.constant == nil { return give(.mul, [x, constant("triangle", result)], x.shape) }
        give(.constant, [], shape, tensors: ["value": ImportTensor(result)])
    }
}

extension Tensor {
    /// Ones everywhere; nil for more than a tensor may have.
    fileprivate init?(ones shape: Shape) {
        guard let count = Count.elements(shape), count <= InputLimit.tensor.elements else { return nil }
        self.init(shape: shape, values: [Float](repeating: 1, count: count))
    }
}
