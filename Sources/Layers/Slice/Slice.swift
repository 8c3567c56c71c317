public import Basics
public import LayerKit
public import Options

/// Some of the elements along each axis: every `step`th from `begin` on, backwards where the step is negative.
public struct Slice: ModelLayer {
    /// One of each for every axis.
    public var begins: [Int]
    public var steps: [Int]
    public var counts: [Int]

    public init(begins: [Int], steps: [Int], counts: [Int]) {
        self.begins = begins
        self.steps = steps
        self.counts = counts
    }

    public static let key = "slice"
    public static var operations: [any DesignOperation.Type] { [] }
    public static var borrowed: [any DesignOperation.Type] { [RearrangementOperation.self] }
    public static var imports: [ImportRule] { kerasImports + onnxImports }

    public var typeName: String { "Slice" }
    public var precisionRoles: [PrecisionRole] { [.result] }
    public var usedOptions: [LayerOption] { [] }
    public var presence: LayerPresence { .operation }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] {
        let shape = inputs.first ?? []
        guard begins.count == shape.count, steps.count == shape.count, counts.count == shape.count else {
            throw LayerError("\(begins.count) axes are cut, but the input has shape \(shape)", attribute: "axes")
        }
        for axis in shape.indices {
            let all = 0..<shape[axis]
            let (way, overflow) = steps[axis].multipliedReportingOverflow(by: counts[axis] - 1)
            let (last, beyond) = begins[axis].addingReportingOverflow(way)
            guard counts[axis] > 0, !overflow, !beyond, all.contains(begins[axis]), all.contains(last) else {
                throw LayerError(
                    "\(counts[axis]) elements from \(begins[axis]) in steps of \(steps[axis]) are not among the "
                        + "\(shape[axis]) of axis \(axis)", attribute: "starts")
            }
        }
        return [counts]
    }

    public func floatKernel(_ shapes: [Shape]) -> FloatKernel {
        let shape = shapes[0]
        let own = Strides.steps(of: shape)
        let places = Strides(counts).map { index in
            index.indices.reduce(0) { $0 + (begins[$1] + index[$1] * steps[$1]) * own[$1] }
        }
        return .selecting(places, of: shape.elementCount)
    }

    public func absorbing(_ affine: Affine) -> Slice? { nil }

    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        let own = Strides.steps(of: site.inputs[0].shape)
        return .rearranging(
            counts.indices.map { axis in (0..<counts[axis]).map { (begins[axis] + $0 * steps[axis]) * own[axis] } },
            site)
    }
}
