import Arrays
import Basics
import LayerKit
import Layers
import Testing

@testable import Frontends

/// What a framework computed of a network of the fixtures.
enum FrameworkOutputs {
    /// The largest difference from the framework's outputs, relative to the largest of each output.
    ///
    /// - Parameter name: of the fixture; inputs are in `NAME_x.npy` and outputs in `NAME_y.npy`, of each sample all of
    ///   them one behind the other.
    static func difference(of model: Model, _ name: String) throws -> Double {
        let x = try NpyArray.read(try fixture("\(name)_x.npy"), name: "x")
        let y = try NpyArray.read(try fixture("\(name)_y.npy"), name: "y")
        let samples = x.shape[0]
        func parts(_ array: NpyArray, _ shapes: [Shape]) throws -> [[Double]] {
            let counts = shapes.map(\.elementCount), width = counts.reduce(0, +), values = array.doubles
            try #require(values.count == samples * width, "\(shapes)")
            var start = 0
            return counts.map { count in
                defer { start += count }
                return (0..<samples).flatMap { values[$0 * width + start..<$0 * width + start + count] }
            }
        }
        let inputs = try parts(x, model.inputs.map { model.shape(of: TensorID($0)) })
        let wanted = try parts(y, model.outputs.map(model.shape))
        let found = model.evaluateFloat(inputs, samples: samples)
        try #require(found.count == wanted.count)
        return zip(found, wanted).map { found, wanted in
            let scale = max(1e-6, wanted.map(abs).max() ?? 0)
            return (zip(found, wanted).map { abs($0 - $1) }.max() ?? 0) / scale
        }.max() ?? 1
    }
}
