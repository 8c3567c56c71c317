internal import Basics

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
        for axis in shape.indices.dropLast().reversed() { steps[axis] = Count.times(steps[axis + 1], shape[axis + 1]) }
        return steps
    }

    /// Where each element of a shape is found in a tensor that goes along with it, as NumPy broadcasts.
    ///
    /// Precondition: every axis of the tensor, counted from the last, has one element or as many as that of the shape;
    /// those before all of the shape's have one.
    public static func places(of tensor: Shape, in shape: Shape) -> [Int] {
        let own = tensor.suffix(shape.count)
        let padded = [Int](repeating: 1, count: shape.count - own.count) + own
        let steps = zip(steps(of: padded), padded).map { $1 == 1 ? 0 : $0 }
        return Strides(shape).map { index in zip(index, steps).reduce(0) { $0 + $1.0 * $1.1 } }
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
