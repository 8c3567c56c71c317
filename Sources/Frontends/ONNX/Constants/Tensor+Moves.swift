internal import Arrays
internal import Basics
internal import LayerKit

/// Elements of a tensor elsewhere: nothing is computed, and numbers keep their type.
extension Tensor {
    /// The elements at these places, in this order, under a shape.
    func selecting(_ places: [Int], shape: Shape) throws(LayerError) -> Tensor {
        let numbers: Numbers =
            switch self.numbers {
            case .float32(let values): .float32(places.map { values[$0] })
            case .float64(let values): .float64(places.map { values[$0] })
            case .int64(let values): .int64(places.map { values[$0] })
            }
        guard let result = Tensor(shape: shape, numbers: numbers) else {
            throw LayerError("\(places.count) numbers do not have the shape \(shape)")
        }
        return result
    }

    func reshaped(_ shape: Shape) throws(LayerError) -> Tensor {
        guard let result = Tensor(shape: shape, numbers: numbers) else {
            throw LayerError("\(count) numbers do not have the shape \(shape)")
        }
        return result
    }

    /// Axis `i` of the result is axis `order[i]`.
    ///
    /// Precondition: `order` is an order of the axes.
    func transposed(_ order: [Int]) throws(LayerError) -> Tensor {
        if order == Array(shape.indices) { return self }
        let own = Strides.steps(of: shape), steps = order.map { own[$0] }, result = order.map { shape[$0] }
        let numbers: Numbers =
            switch self.numbers {
            case .float32(let values): .float32(Self.moved(values, result, steps))
            case .float64(let values): .float64(Self.moved(values, result, steps))
            case .int64(let values): .int64(Self.moved(values, result, steps))
            }
        return try Tensor(shape: shape, numbers: numbers)?.reshaped(result) ?? self
    }

    /// The values for each element of a shape that lie so far apart along its axes. Weights may be most of what a
    /// process holds: nothing is allocated but the result.
    private static func moved<Value>(_ values: [Value], _ shape: Shape, _ steps: [Int]) -> [Value] {
        guard let inner = shape.last, let step = steps.last, !values.isEmpty else { return values }
        var index = shape.map { _ in 0 }
        var start = 0
        return [Value](unsafeUninitializedCapacity: values.count) { result, count in
            while count < values.count {
                var place = start
                for _ in 0..<inner {
                    result.initializeElement(at: count, to: values[place])
                    count += 1
                    place += step
                }
                // Count up the axes before the last.
                var axis = shape.count - 2
                while axis >= 0 {
                    index[axis] += 1
                    start += steps[axis]
                    if index[axis] < shape[axis] { break }
                    start -= index[axis] * steps[axis]
                    index[axis] = 0
                    axis -= 1
                }
            }
        }
    }
}

/// Places of elements in row-major order.
enum Places {
    /// The places, for each element of a shape, that lie so far apart along its axes, from `start` on.
    static func all(_ shape: Shape, steps: [Int], from start: Int = 0) -> [Int] {
        all(shape.indices.map { axis in (0..<shape[axis]).map { $0 * steps[axis] } }, from: start)
    }

    /// The sums of one offset of each axis, the last axis fastest.
    static func all(_ offsets: [[Int]], from start: Int = 0) -> [Int] {
        var places = [start]
        for axis in offsets {
            var next: [Int] = []
            next.reserveCapacity(Count.times(places.count, axis.count, limit: 1 << 28))
            for place in places { for offset in axis { next.append(place + offset) } }
            places = next
        }
        return places
    }
}

extension ArraySlice<Int> {
    /// The number of elements of these axes.
    var elementCount: Int { reduce(1) { Count.times($0, $1) } }
}
