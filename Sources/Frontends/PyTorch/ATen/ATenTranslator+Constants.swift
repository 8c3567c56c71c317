internal import Arrays
internal import Basics
internal import LayerKit

/// Numbers that no input changes, and choices by them.
extension ATenTranslator {
    /// The sizes of a tensor that a call makes: the samples' axis, along which all is the same, has the size 1.
    private func madeShape() throws(LayerError) -> Shape {
        let shape = try outputSizes().map { size throws(LayerError) -> Int in
            switch size {
            case .known(let known): return known
            case .symbolic where size == batch: return 1
            case .symbolic: throw LayerError("it makes as many numbers as there are samples")
            }
        }
        guard let count = Count.elements(shape), count <= InputLimit.tensor.elements else {
            throw LayerError("it makes a tensor of shape \(shape)")
        }
        return shape
    }

    private mutating func ignorePlacement() {
        ignore("size", "self", "dtype", "layout", "device", "pin_memory", "memory_format", "n", "m")
    }

    private mutating func made(_ numbers: [Double], _ shape: Shape) throws(LayerError) -> ATenValue {
        let isWhole = call.outputs[0].flatMap { program.tensors[$0]?.element }.map { !$0.isFloatingPoint } ?? false
        let tensor =
            isWhole
            ? Tensor(shape: shape, numbers: .int64(numbers.map { Int64($0) }))
            : Tensor(shape: shape, values: numbers.map { Float($0) })
        guard let tensor else { throw LayerError("it makes a tensor of shape \(shape)") }
        return constant(tensor, label.name)
    }

    mutating func filled(_ value: Double) throws(LayerError) -> ATenValue {
        ignorePlacement()
        let shape = try madeShape()
        guard abs(value) < 0x1p62 || !value.isFinite else { throw LayerError("it makes numbers of \(value)") }
        var result = try made([Double](repeating: value, count: Count.elements(shape) ?? 0), shape)
        if !batch.isKnown, let place = try outputSizes().firstIndex(of: batch) { result.dims[place] = [.batch] }
        return result
    }

    mutating func range() throws(LayerError) -> ATenValue {
        ignorePlacement()
        let start = try real("start", default: 0), step = try real("step", default: 1)
        _ = try real("end")
        let shape = try madeShape()
        guard abs(start) < 0x1p40, abs(step) < 0x1p20 else { throw LayerError("it counts from \(start) by \(step)") }
        return try made((0..<shape.reduce(1, *)).map { start + Double($0) * step }, shape)
    }

    mutating func identity() throws(LayerError) -> ATenValue {
        ignorePlacement()
        let shape = try madeShape()
        guard shape.count == 2 else { throw LayerError("it makes a tensor of shape \(shape)") }
        return try made(
            (0..<shape[0] * shape[1]).map { $0 / shape[1] == $0 % shape[1] ? 1 : 0 }, shape)
    }

    /// The lower or upper triangle of matrices, zeros elsewhere.
    mutating func triangle(_ op: ATenOperator) throws(LayerError) -> ATenValue {
        let diagonal = try integer("diagonal", default: 0), input = try value("self")
        guard input.dims.count >= 2, input.dims.suffix(2).allSatisfy({ !$0.contains(.batch) }) else {
            throw LayerError("it has no two axes")
        }
        let columns = input.size(input.dims.count - 1), count = Count.times(input.size(input.dims.count - 2), columns)
        guard (1...InputLimit.tensor.elements).contains(count) else {
            throw LayerError("it takes part of a tensor of \(count) elements")
        }
        func isKept(_ index: Int) -> Bool {
            let distance = index % columns - index / columns
            return op == .tril ? distance <= diagonal : distance >= diagonal
        }
        if let tensor = try numbers(of: input) {
            return try made(tensor.doubles.enumerated().map { isKept($0 % count) ? $1 : 0 }, tensor.shape)
        }
        let ones = Tensor(shape: [count / columns, columns], values: (0..<count).map { isKept($0) ? 1 : 0 })
        guard let ones else { throw LayerError("it has no two axes") }
        return try merge("Mul", input, constant(ones, "\(label.name)_kept"))
    }

    /// What is true of known numbers, element by element; nil where the network computes some of them.
    mutating func knownTruth(_ op: ATenOperator) throws(LayerError) -> ATenValue? {
        guard let left = try knownNumbers("self") else { return nil }
        if op == .bitwiseNot || op == .logicalNot {
            return try made(left.doubles.map { $0 == 0 ? 1 : 0 }, left.shape)
        }
        guard let right = try knownNumbers("other") else { return nil }
        let shape = try madeShape()
        let (a, b) = (left.broadcast(to: shape), right.broadcast(to: shape))
        guard let a, let b else { throw LayerError("it compares tensors of shapes \(left.shape) and \(right.shape)") }
        return try made(zip(a, b).map { Self.holds(op, $0, $1) ? 1 : 0 }, shape)
    }

    private mutating func knownNumbers(_ name: String) throws(LayerError) -> Tensor? {
        guard case .tensor(let tensor) = call.arguments[name] else {
            return Tensor(shape: [], numbers: .float64([try real(name)]))
        }
        return try value(of: tensor).constant == nil ? nil : try weight(name)
    }

    private static func holds(_ op: ATenOperator, _ a: Double, _ b: Double) -> Bool {
        switch op {
        case .eq: a == b
        case .ne: a != b
        case .lt: a < b
        case .le: a <= b
        case .gt: a > b
        case .ge: a >= b
        case .logicalOr, .bitwiseOr: a != 0 || b != 0
        case .logicalXor, .bitwiseXor: (a != 0) != (b != 0)
        default: a != 0 && b != 0
        }
    }

    /// One of two by a mask, all of them known; nil where the network computes some of them.
    mutating func knownChoice(_ mask: ATenValue, _ chosen: ATenValue, _ other: ATenValue) throws(LayerError)
        -> ATenValue?
    {
        guard let mask = try numbers(of: mask), let chosen = try numbers(of: chosen), let other = try numbers(of: other)
        else { return nil }
        let shape = try madeShape()
        guard let truths = mask.broadcast(to: shape), let first = chosen.broadcast(to: shape),
            let second = other.broadcast(to: shape)
        else { throw LayerError("it chooses among tensors of other shapes") }
        return try made(truths.indices.map { truths[$0] != 0 ? first[$0] : second[$0] }, shape)
    }

    /// The numbers of a value along its dimensions, where they are known.
    func numbers(of value: ATenValue) throws(LayerError) -> Tensor? {
        guard value.constant != nil else { return nil }
        var copy = self
        return try copy.ordered(value).constant?.viewed(as: value.dims.map(ATenValue.size))
    }

    /// The places of a triangle of a matrix, rows above columns.
    mutating func triangleIndices(_ op: ATenOperator) throws(LayerError) -> ATenValue {
        ignore("dtype", "layout", "device", "pin_memory")
        let rows = try integer("row"), columns = try integer("col"), offset = try integer("offset", default: 0)
        guard rows >= 0, columns >= 0, Count.times(rows, columns) <= InputLimit.tensor.elements,
            (-InputLimit.tensor.elements...InputLimit.tensor.elements).contains(offset)
        else { throw LayerError("a triangle of \(rows) rows and \(columns) columns is not read") }
        let places = (0..<rows * columns).filter { place in
            let distance = place % columns - place / columns
            return op == .trilIndices ? distance <= offset : distance >= offset
        }
        return try made(
            places.map { Double($0 / columns) } + places.map { Double($0 % columns) }, [2, places.count])
    }

    /// Numbers from a first to a last, as far from each other.
    mutating func evenly() throws(LayerError) -> ATenValue {
        ignorePlacement()
        let start = try real("start"), end = try real("end"), shape = try madeShape()
        ignore("steps")
        let count = shape.reduce(1, *)
        return try made((0..<count).map { start + (end - start) * Double($0) / Double(max(count - 1, 1)) }, shape)
    }
}

extension Tensor {
    /// The numbers of every element of a larger shape; nil where this one is not broadcast to it.
    func broadcast(to wanted: Shape) -> [Double]? {
        let own = [Int](repeating: 1, count: max(wanted.count - shape.count, 0)) + shape
        guard own.count == wanted.count, zip(own, wanted).allSatisfy({ $0 == $1 || $0 == 1 }) else { return nil }
        let numbers = doubles
        return Strides.places(of: shape, in: wanted).map { numbers[$0] }
    }
}
