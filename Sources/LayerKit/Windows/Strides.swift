/// The places of a shape's elements, in row-major order.
public struct Strides {
    private let shape: Shape

    public init(_ shape: Shape) { self.shape = shape }

    /// What a function makes of every element's place along each axis.
    public func map<Value>(_ transform: ([Int]) -> Value) -> [Value] {
        let count = shape.elementCount
        var result: [Value] = []
        result.reserveCapacity(count)
        var index = shape.map { _ in 0 }
        for _ in 0..<count {
            result.append(transform(index))
            var axis = shape.count - 1
            while axis >= 0 {
                index[axis] += 1
                if index[axis] < shape[axis] { break }
                index[axis] = 0
                axis -= 1
            }
        }
        return result
    }

    /// How far apart neighbours along each axis lie.
    public static func steps(of shape: Shape) -> [Int] {
        var steps = shape.map { _ in 1 }
        for axis in shape.indices.dropLast().reversed() { steps[axis] = steps[axis + 1] * shape[axis + 1] }
        return steps
    }
}

extension FloatKernel {
    /// Of every sample of `count` elements those at `places`, in this order; the constant where a place is negative.
    public static func selecting(_ places: [Int], of count: Int, else constant: Double = 0) -> FloatKernel {
        FloatKernel { inputs, samples in
            let x = inputs[0]
            var y: [Double] = []
            y.reserveCapacity(samples * places.count)
            for sample in 0..<samples {
                let start = sample * count
                for place in places { y.append(place < 0 ? constant : x[start + place]) }
            }
            return [y]
        }
    }
}
