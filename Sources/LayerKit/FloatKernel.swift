/// What a layer computes as it was trained, in double precision, for several samples at once.
///
/// Weights are converted when the kernel is made, not for every sample. Arrays hold one sample after the other, each
/// row-major: a kernel that works along the last axis sees samples as more of the positions that it works at anyway.
public struct FloatKernel: Sendable {
    public typealias Body = @Sendable (_ inputs: [[Double]], _ samples: Int) -> [[Double]]

    private let body: Body

    public init(_ body: @escaping Body) { self.body = body }

    /// A kernel that need not know how many samples there are.
    public init(_ body: @escaping @Sendable (_ inputs: [[Double]]) -> [[Double]]) {
        self.body = { inputs, _ in body(inputs) }
    }

    /// - Parameter inputs: one array for each input, `samples` times its elements.
    /// - Returns: one array for each output.
    public func callAsFunction(_ inputs: [[Double]], samples: Int) -> [[Double]] { body(inputs, samples) }

    /// Every element by itself.
    public static func elementwise(_ function: @escaping @Sendable (Double) -> Double) -> FloatKernel {
        FloatKernel { inputs in [inputs[0].map(function)] }
    }

    /// Every element by itself and the place it has among the last `count`.
    public static func perElement(
        _ count: Int, _ function: @escaping @Sendable (_ x: Double, _ place: Int) -> Double
    ) -> FloatKernel {
        FloatKernel { inputs in
            var y = inputs[0]
            var place = 0
            for index in y.indices {
                y[index] = function(y[index], place)
                place += 1
                if place == count { place = 0 }
            }
            return [y]
        }
    }
}
