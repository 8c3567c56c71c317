internal import Glibc
internal import LayerKit

/// Scales that QKeras computes from the trained numbers themselves, one for each channel, in single precision.
struct AutomaticScale {
    let powerOfTwo: Bool
    /// To which channel each number belongs when the largest is looked for, and when scales are fitted: of a vector all
    /// have one largest number, but each a scale of its own.
    private let ranges: [Int]
    private let channels: [Int]
    private static let epsilon: Float = 1e-7

    /// - Parameter axis: the axis of the channels; nil: the last.
    init(powerOfTwo: Bool, shape: Shape, axis: Int?) {
        self.powerOfTwo = powerOfTwo
        let count = shape.elementCount
        if shape.count < 2 {
            ranges = [Int](repeating: 0, count: count)
            channels = Array(0..<count)
        } else {
            let axis = axis ?? shape.count - 1
            let stride = shape.dropFirst(axis + 1).reduce(1, *), size = max(1, shape[min(axis, shape.count - 1)])
            channels = (0..<count).map { $0 / stride % size }
            ranges = channels
        }
    }

    /// The largest size of each number's channel.
    private func largest(_ x: [Float]) -> [Float] {
        var top = [Float](repeating: 0, count: (ranges.max() ?? -1) + 1)
        for (value, place) in zip(x, ranges) { top[place] = max(top[place], abs(value)) }
        return ranges.map { top[$0] }
    }

    private func rounded(_ scale: Float) -> Float {
        guard powerOfTwo else { return scale }
        let logarithm = Float(Glibc.log(Double(scale + Self.epsilon))) / Float(Glibc.log(2.0))
        return Float(Glibc.exp2(Double(logarithm.rounded(.toNearestOrEven))))
    }

    /// The scale by which `q` comes nearest to `x` in each channel: `mean(x q) / mean(q q)`.
    private func fitted(_ x: [Float], _ q: [Float]) -> [Float] {
        let count = (channels.max() ?? -1) + 1
        var products = [Double](repeating: 0, count: count), squares = products, members = products
        for index in x.indices {
            let place = channels[index]
            products[place] += Double(x[index] * q[index])
            squares[place] += Double(q[index] * q[index])
            members[place] += 1
        }
        let scales = (0..<count).map { place in
            rounded(Float(products[place] / members[place]) / (Float(squares[place] / members[place]) + Self.epsilon))
        }
        return channels.map { scales[$0] }
    }

    /// Numbers of a grid and the scale that each is multiplied with.
    struct Scaled {
        var numbers: [Float]
        var scales: [Float]

        var values: [Float] { zip(numbers, scales).map { $1 * $0 } }
    }

    /// `quantized_bits`: whole numbers of at most `bits` bits, the least minus the largest, times the scale.
    func bits(_ numbers: [Float], bits: Int, integer: Int) -> Scaled {
        let top = Float(sign: .plus, exponent: integer, significand: 1)
        let unit = Float(sign: .plus, exponent: bits - 1, significand: 1)
        let x = numbers.map { $0 / top }
        let limit = Float((1 << (bits - 1)) - 1)
        var scale = largest(x).map { rounded($0 * 2 / (limit * 2)) }
        var whole: [Float] = []
        for _ in 0..<(powerOfTwo ? 5 : 1) {
            whole = zip(x, scale).map { value, scale in
                let size = (abs(value) / scale + 0.5).rounded(.down)
                return (value > 0 ? 1 : value < 0 ? -1 : 0) * (size < limit ? size : limit)
            }
            if powerOfTwo { scale = fitted(x, whole) }
        }
        return Scaled(numbers: whole.map { top * $0 / unit }, scales: scale.map { $0 * unit })
    }

    /// `binary`: signs, or 0 and 1, times the scale.
    func binary(_ x: [Float], zeroOne: Bool) -> Scaled {
        let signs: [Float] = x.map { $0 < 0 ? (zeroOne ? 0 : -1) : 1 }
        return Scaled(numbers: signs, scales: fitted(x, signs))
    }

    /// `ternary`: -1, 0 and 1 times the scale, fitted several times over.
    func ternary(_ x: [Float], unrolls: Int) -> Scaled {
        var scale = largest(x).map { rounded(2 * $0 / 3) }
        var signs = [Float](repeating: 0, count: x.count)
        for _ in 0..<unrolls {
            signs = zip(x, scale).map { value, scale in
                abs(scale * (value / scale).rounded(.toNearestOrEven)) >= scale / 2
                    ? (value > 0 ? 1 : value < 0 ? -1 : 0) : 0
            }
            scale = fitted(x, signs)
        }
        return Scaled(numbers: signs, scales: scale)
    }
}
