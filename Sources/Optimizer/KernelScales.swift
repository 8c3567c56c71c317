import Basics
import FixedPoint
import LayerKit

/// The scale that a quantiser multiplied whole numbers with, found from the products.
enum KernelScales {
    /// The most bits that whole numbers are looked for in.
    private static let bits = 16
    /// How far products in single precision lie from the exact ones, in parts of themselves, with the scale's own error.
    private static let tolerance = 0x1p-21

    /// Whole numbers and a scale for each place of the last axis; nil where the numbers are on a grid already, or on none.
    static func factored(_ kernel: Tensor) -> (kernel: Tensor, scales: [Double])? {
        let values = kernel.doubles, columns = kernel.shape.last ?? 1
        guard columns > 0, !values.isEmpty, !kernel.isOnGrid else { return nil }
        var scales: [Double] = []
        var whole = [Float](repeating: 0, count: values.count)
        let shared = scale(of: values)
        for column in 0..<columns {
            let places = Array(stride(from: column, to: values.count, by: columns))
            guard let scale = shared ?? scale(of: places.map { values[$0] }) else { return nil }
            scales.append(scale)
            for place in places { whole[place] = Float((values[place] / scale).rounded()) }
        }
        return Tensor(shape: kernel.shape, values: whole).map { ($0, scales) }
    }

    /// The largest number of which all are whole multiples below 2^16; 1 for zeros alone.
    static func scale(of values: [Double]) -> Double? {
        let sizes = Set(values.map(abs)).subtracting([0]).sorted()
        guard let least = sizes.first, let most = sizes.last else { return 1 }
        guard least.isFinite, most.isFinite, sizes.count <= 1 << bits else { return nil }
        var divisor = 1.0
        while most / least * divisor < Double(1 << bits) {
            if let scale = fitted(sizes, step: least / divisor) { return scale }
            divisor += 1
        }
        return nil
    }

    /// The step, as precise as the largest of its multiples tells it, where all are multiples of it.
    private static func fitted(_ sizes: [Double], step: Double) -> Double? {
        // From the largest, whose relative error is the least of a step.
        guard let most = sizes.last else { return nil }
        // A multiple that is far from whole ends it for nearly every step at once.
        for size in sizes.prefix(4) where !isWhole(size / step) { return nil }
        let count = (most / step).rounded()
        let scale = Double(Float(most / count))
        return sizes.allSatisfy { isWhole($0 / scale) } ? scale : nil
    }

    private static func isWhole(_ quotient: Double) -> Bool {
        abs(quotient - quotient.rounded()) <= quotient * tolerance
    }
}
