public import Basics
internal import Glibc
public import LayerKit
public import Options

/// Every axis made longer or shorter, by the nearest element or between the two nearest.
public struct Resize: ModelLayer {
    /// Where an output's place lies on the input's axis.
    public enum Coordinates: String, Hashable, Sendable, Codable {
        /// `(i + 1/2) n / m - 1/2`: pixels are squares.
        case halfPixel
        /// As `halfPixel`; a single output lies at the beginning.
        case pytorchHalfPixel
        /// `i (n - 1) / (m - 1)`: the first and last elements stay where they are.
        case alignCorners
        /// `i n / m`.
        case asymmetric
    }

    /// How a place between two elements gets its value.
    public enum Kind: Hashable, Sendable, Codable {
        case nearest(Rounding)
        case linear
    }

    /// Which element is the nearest.
    public enum Rounding: String, Hashable, Sendable, Codable { case floor, ceil, roundPreferFloor, roundPreferCeil }

    /// For every axis.
    public var sizes: [Int]
    /// Output by input, where the file states it otherwise than as the quotient of the sizes.
    public var scales: [Double]?
    public var kind: Kind
    public var coordinates: Coordinates

    public init(sizes: [Int], scales: [Double]? = nil, kind: Kind, coordinates: Coordinates) {
        self.sizes = sizes
        self.scales = scales
        self.kind = kind
        self.coordinates = coordinates
    }

    public static let key = "resize"
    public static var operations: [any DesignOperation.Type] { [] }
    public static var borrowed: [any DesignOperation.Type] { [RearrangementOperation.self] }
    public static var imports: [ImportRule] { kerasImports + onnxImports }

    public var typeName: String { "Resize" }
    public var precisionRoles: [PrecisionRole] { [.result] }
    public var usedOptions: [LayerOption] { [] }
    public var presence: LayerPresence { .operation }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] {
        let shape = inputs.first ?? []
        guard sizes.count == shape.count, sizes.allSatisfy({ $0 > 0 }), scales?.count ?? sizes.count == sizes.count,
            scales?.allSatisfy({ $0 > 0 && $0.isFinite }) ?? true
        else { throw LayerError("an input of shape \(shape) cannot become \(sizes)", attribute: "sizes") }
        return [sizes]
    }

    public func floatKernel(_ shapes: [Shape]) -> FloatKernel {
        let axes = shapes[0].indices.filter { sizes[$0] != shapes[0][$0] || (scales?[$0] ?? 1) != 1 }
        var shape = shapes[0]
        let passes = axes.map { axis -> AxisPass in
            let weights = (0..<sizes[axis]).map { sources(of: $0, axis, from: shape[axis]) }
            let pass = AxisPass(shape, axis, weights)
            shape[axis] = sizes[axis]
            return pass
        }
        return FloatKernel { inputs in [passes.reduce(inputs[0]) { $1.apply($0) }] }
    }

    /// The elements of an axis that a place of the output is made of, each with its share.
    private func sources(of place: Int, _ axis: Int, from count: Int) -> [(at: Int, share: Double)] {
        let x = position(of: place, axis, from: count)
        func clamped(_ at: Double) -> Int { max(0, min(count - 1, Int(at))) }
        switch kind {
        case .nearest(let rounding):
            let nearest =
                switch rounding {
                case .floor: Glibc.floor(x)
                case .ceil: Glibc.ceil(x)
                case .roundPreferFloor: Glibc.ceil(x - 0.5)
                case .roundPreferCeil: Glibc.floor(x + 0.5)
                }
            return [(clamped(nearest), 1)]
        case .linear:
            let low = Glibc.floor(x), share = x - low
            return [(clamped(low), 1 - share), (clamped(low + 1), share)]
        }
    }

    private func position(of place: Int, _ axis: Int, from count: Int) -> Double {
        let i = Double(place), n = Double(count), m = Double(sizes[axis])
        let scale = scales?[axis] ?? m / n
        switch coordinates {
        case .halfPixel: return (i + 0.5) / scale - 0.5
        case .pytorchHalfPixel: return sizes[axis] > 1 ? (i + 0.5) / scale - 0.5 : 0
        case .alignCorners: return sizes[axis] > 1 ? i * (n - 1) / (m - 1) : 0
        case .asymmetric: return i / scale
        }
    }

    public func absorbing(_ affine: Affine) -> Resize? { nil }

    /// The nearest elements are elements that come in, some several times.
    public func lower(_ site: LoweringSite) throws(DiagnosticError) -> Lowered {
        guard case .nearest = kind else {
            throw site.error(
                "elements between two others are not in the firmware yet", attribute: "interpolation",
                help: "interpolation 'nearest' is; 'hlsbuild predict --engine float' computes the model as trained")
        }
        let shape = site.inputs[0].shape, steps = Strides.steps(of: shape)
        let offsets = shape.indices.map { axis in
            (0..<sizes[axis]).map { sources(of: $0, axis, from: shape[axis])[0].at * steps[axis] }
        }
        return .rearranging(offsets, site)
    }
}

/// One axis made longer or shorter: its places as sums of shares.
private struct AxisPass: Sendable {
    /// Elements of one step along the axis.
    let inner: Int
    let count: Int
    let shares: [[(at: Int, share: Double)]]

    init(_ shape: Shape, _ axis: Int, _ shares: [[(at: Int, share: Double)]]) {
        inner = shape[(axis + 1)...].reduce(1, *)
        count = shape[axis]
        self.shares = shares
    }

    func apply(_ x: [Double]) -> [Double] {
        let block = count * inner
        var y: [Double] = []
        for start in stride(from: 0, to: x.count, by: max(1, block)) {
            for place in shares {
                for offset in 0..<inner {
                    y.append(place.reduce(0) { $0 + $1.share * x[start + $1.at * inner + offset] })
                }
            }
        }
        return y
    }
}
