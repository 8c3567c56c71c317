import LayerKit
import TestSupport
import Testing

@testable import Layers

/// Rooms as they were trained, against sums written out from their definitions.
enum Trained {
    static func numbers(_ count: Int, _ seed: UInt64) -> [Double] {
        var dice = Dice(state: seed)
        return (0..<count).map { _ in (Double.random(in: -2...2, using: &dice) * 64).rounded() / 64 }
    }

    static func tensor(_ shape: Shape, _ seed: UInt64) throws -> Tensor {
        try #require(Tensor(shape: shape, values: numbers(shape.elementCount, seed).map { Float($0) }))
    }

    /// Two samples, so that a kernel that mixes them up is found.
    static func expect(
        _ layer: some ModelLayer, _ inputs: [Shape], _ output: Shape,
        _ oracle: ([[Double]], [Int]) -> Double
    ) throws {
        #expect(try layer.outputShapes(of: inputs) == [output])
        let samples = 2
        let x = inputs.enumerated().map { numbers(samples * $1.elementCount, UInt64(7 + $0)) }
        let y = layer.floatKernel(inputs)(x, samples: samples)
        try #require(y.count == 1 && y[0].count == samples * output.elementCount)
        for sample in 0..<samples {
            let own = zip(x, inputs).map { Array($0[sample * $1.elementCount..<(sample + 1) * $1.elementCount]) }
            for (place, index) in indices(output).enumerated() {
                let want = oracle(own, index), have = y[0][sample * output.elementCount + place]
                #expect(abs(want - have) < 1e-9, "sample \(sample) at \(index)")
            }
        }
    }

    static func indices(_ shape: Shape) -> [[Int]] {
        shape.reduce([[]]) { all, size in all.flatMap { index in (0..<size).map { index + [$0] } } }
    }

    /// An element of a row-major tensor; nil where the index lies outside.
    static func at(_ x: [Double], _ shape: Shape, _ index: [Int]) -> Double? {
        guard zip(index, shape).allSatisfy({ (0..<$1).contains($0) }) else { return nil }
        return x[zip(index, shape).reduce(0) { $0 * $1.1 + $1.0 }]
    }
}
