/// `y = x W` in double precision, for many rows of x: the inner loop of every layer that multiplies.
///
/// Sums run in ascending order of W's rows, whatever the number of rows of x, so that a sample's result does not depend
/// on the samples beside it.
public struct MatrixProduct: Sendable {
    /// Row-major, `rows` x `columns`.
    private let weights: [Double]
    public let rows: Int
    public let columns: Int

    /// Precondition: `rows` times `columns` weights.
    public init(_ weights: [Double], rows: Int, columns: Int) {
        self.weights = weights
        self.rows = rows
        self.columns = columns
    }

    /// The product of every row of `x`, with `offsets` added to each.
    public func times(_ x: [Double], offsets: [Double]?) -> [Double] {
        let count = rows == 0 ? 0 : x.count / rows
        var y = [Double](repeating: 0, count: count * columns)
        if let offsets {
            for row in 0..<count { y.replaceSubrange(row * columns..<(row + 1) * columns, with: offsets) }
        }
        y.withUnsafeMutableBufferPointer { y in
            x.withUnsafeBufferPointer { x in
                guard let from = x.baseAddress, let to = y.baseAddress else { return }
                add(from, step: rows, to: to, step: columns, count: count)
            }
        }
        return y
    }

    /// Adds the products of `count` rows to as many results; rows and results begin the given steps apart.
    public func add(
        _ x: UnsafePointer<Double>, step inputStep: Int, to y: UnsafeMutablePointer<Double>, step outputStep: Int,
        count: Int
    ) {
        var row = 0
        // Four rows at a time read the weights once.
        while row + 4 <= count {
            add4(x + row * inputStep, inputStep, y + row * outputStep, outputStep)
            row += 4
        }
        while row < count {
            add1(x + row * inputStep, y + row * outputStep)
            row += 1
        }
    }

    private func add1(_ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>) {
        weights.withUnsafeBufferPointer { weights in
            guard var w = weights.baseAddress else { return }
            for i in 0..<rows {
                let value = x[i]
                for j in 0..<columns { y[j] += value * w[j] }
                w += columns
            }
        }
    }

    private func add4(
        _ x: UnsafePointer<Double>, _ step: Int, _ y: UnsafeMutablePointer<Double>, _ to: Int
    ) {
        weights.withUnsafeBufferPointer { weights in
            guard var w = weights.baseAddress else { return }
            let y0 = y, y1 = y + to, y2 = y + 2 * to, y3 = y + 3 * to
            for i in 0..<rows {
                let a = x[i], b = x[step + i], c = x[2 * step + i], d = x[3 * step + i]
                for j in 0..<columns {
                    let weight = w[j]
                    y0[j] += a * weight
                    y1[j] += b * weight
                    y2[j] += c * weight
                    y3[j] += d * weight
                }
                w += columns
            }
        }
    }
}
