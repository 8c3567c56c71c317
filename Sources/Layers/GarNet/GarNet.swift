internal import Glibc
public import Basics
public import LayerKit
public import Options

/// A layer of a distance-weighted graph network in its simplified form (Qasim et al. 2019, Iiyama et al. 2020): vertices
/// (V, features) and how many of them there are.
///
/// Each vertex has a weight `e^(-d^2)` to every aggregator, d and what the vertex hands over being dense layers of its
/// features; aggregators take the mean of what is handed over, and every vertex gets theirs back, weighted, through a
/// dense layer.
public struct GarNet: ModelLayer {
    /// How the vertices become one.
    public enum Collapse: String, Hashable, Sendable, Codable { case mean, sum, max }

    public var features: Dense
    public var distance: Dense
    public var output: Dense
    public var activation: Layer
    /// Nil: every vertex is given.
    public var collapse: Collapse?
    /// Whether means are over the vertices that there are, not over all V.
    public var countsVertices: Bool

    public init(
        features: Dense, distance: Dense, output: Dense, activation: any ModelLayer = Linear(),
        collapse: Collapse? = nil,
        countsVertices: Bool = false
    ) {
        self.features = features
        self.distance = distance
        self.output = output
        self.activation = Layer(activation)
        self.collapse = collapse
        self.countsVertices = countsVertices
    }

    public static let key = "garNet"
    public static var operations: [any DesignOperation.Type] { [] }
    public static var imports: [ImportRule] { [ImportRule(.keras, "GarNet", inputs: 1...2, read: fromKeras)] }

    public var typeName: String { "GarNet" }
    public var precisionRoles: [PrecisionRole] { [] }
    public var usedOptions: [LayerOption] { [] }
    public var presence: LayerPresence { .operation }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] {
        guard inputs.count == 2, inputs[0].count == 2, inputs[0][0] > 0, inputs[1] == [1] else {
            throw LayerError("inputs of shapes \(inputs) are not vertices and their number", attribute: "input_format")
        }
        _ = try features.outputShapes(of: [inputs[0]])
        _ = try distance.outputShapes(of: [inputs[0]])
        let aggregated = features.kernel.shape[1].multipliedReportingOverflow(by: distance.kernel.shape[1])
        guard !aggregated.overflow else { throw LayerError("its kernels are too large", attribute: "n_aggregators") }
        let each = try output.outputShapes(of: [[inputs[0][0], aggregated.partialValue]])[0]
        return [collapse == nil ? each : [each[1]]]
    }

    public func floatKernel(_ shapes: [Shape]) -> FloatKernel {
        let vertices = shapes[0][0], width = features.kernel.shape[1], aggregators = distance.kernel.shape[1]
        let features = features.floatKernel([shapes[0]]), distance = distance.floatKernel([shapes[0]])
        let given = output.kernel.shape[1]
        let output = output.floatKernel([[vertices, width * aggregators]])
        let activation = activation.definition.floatKernel([[vertices, given]])
        let collapse = collapse, countsVertices = countsVertices
        return FloatKernel { inputs, samples in
            let handed = features([inputs[0]], samples: samples)[0]
            let weights = distance([inputs[0]], samples: samples)[0].map { exp(-$0 * $0) }
            let numbers = inputs[1]
            func isThere(_ sample: Int, _ vertex: Int) -> Bool { Double(vertex) < numbers[sample] }
            func count(_ sample: Int) -> Double { countsVertices ? numbers[sample] : Double(vertices) }
            var back = [Double](repeating: 0, count: samples * vertices * width * aggregators)
            for sample in 0..<samples {
                var sums = [Double](repeating: 0, count: width * aggregators)
                for vertex in 0..<vertices where isThere(sample, vertex) {
                    let place = sample * vertices + vertex
                    for s in 0..<aggregators {
                        let weight = weights[place * aggregators + s]
                        for f in 0..<width { sums[s * width + f] += weight * handed[place * width + f] }
                    }
                }
                for vertex in 0..<vertices where isThere(sample, vertex) {
                    let place = sample * vertices + vertex
                    for s in 0..<aggregators {
                        let weight = weights[place * aggregators + s] / count(sample)
                        for f in 0..<width {
                            back[(place * aggregators + s) * width + f] = weight * sums[s * width + f]
                        }
                    }
                }
            }
            var y = activation([output([back], samples: samples)[0]], samples: samples)[0]
            for place in 0..<samples * vertices where !isThere(place / vertices, place % vertices) {
                for o in 0..<given { y[place * given + o] = 0 }
            }
            guard let collapse else { return [y] }
            return [
                (0..<samples * given).map { index in
                    let sample = index / given
                    let all = (0..<vertices).map { y[(sample * vertices + $0) * given + index % given] }
                    switch collapse {
                    case .mean: return all.reduce(0, +) / count(sample)
                    case .sum: return all.reduce(0, +)
                    case .max: return all.max() ?? 0
                    }
                }
            ]
        }
    }

    public func absorbing(_ affine: Affine) -> GarNet? { nil }

    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered { throw site.unwritten() }
}
