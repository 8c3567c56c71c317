public import LayerKit
public import Options

/// The largest, or the mean, of what a window over one to three axes sees of each channel.
public struct Pooling: ModelLayer {
    public enum Kind: String, Hashable, Sendable, Codable { case max, average }

    public var kind: Kind
    public var window: [Int]
    public var strides: [Int]
    public var dilations: [Int]
    public var pads: [Pad]
    /// Whether a mean counts the padding as zeros; else it is the mean of what the input has there.
    public var countsPadding: Bool

    public init(
        _ kind: Kind, window: [Int], strides: [Int], dilations: [Int]? = nil, pads: [Pad], countsPadding: Bool = false
    ) {
        self.kind = kind
        self.window = window
        self.strides = strides
        self.dilations = dilations ?? window.map { _ in 1 }
        self.pads = pads
        self.countsPadding = countsPadding
    }

    public static let key = "pooling"
    public static var operations: [any DesignOperation.Type] { [PoolingOperation.self] }
    public static var imports: [ImportRule] { kerasImports + onnxImports }

    public var typeName: String {
        switch kind {
        case .max: "MaxPooling\(window.count)D"
        case .average: "AveragePooling\(window.count)D"
        }
    }

    public var precisionRoles: [PrecisionRole] { [.result, .accum] }
    public var usedOptions: [LayerOption] { [] }
    public var presence: LayerPresence { .operation }

    func windows() throws(LayerError) -> [Window] {
        guard (1...3).contains(window.count) else {
            throw LayerError("a window over \(window.count) axes is not supported", attribute: "pool_size")
        }
        return try Window.all(sizes: window, strides: strides, dilations: dilations, pads: pads)
    }

    public func outputShapes(of inputs: [Shape]) throws(LayerError) -> [Shape] {
        let windows = try windows(), shape = inputs.first ?? []
        let places = try Window.places(windows, on: shape)
        // A window that sees nothing but padding has no largest element and no mean.
        for (window, size) in zip(windows, shape) {
            let all = 0..<window.places(on: size)
            for place in [all.lowerBound, all.upperBound - 1]
            where (0..<window.size).allSatisfy({ window.element(place: place, tap: $0, of: size) == nil }) {
                throw LayerError("a window sees only padding", attribute: "padding")
            }
        }
        return [places + shape.suffix(1)]
    }

    public func floatKernel(_ shapes: [Shape]) -> FloatKernel {
        let plane = Plane((try? windows()) ?? [], shapes[0])
        let kind = kind, all = countsPadding ? plane.taps : nil, channels = plane.channels
        return FloatKernel { inputs, samples in
            let x = inputs[0]
            let start: Double = kind == .max ? -.infinity : 0
            var y = [Double](repeating: start, count: samples * plane.positions * channels)
            for row in 0..<plane.outputHeight {
                for column in 0..<plane.outputWidth {
                    let sources = plane.sources(row: row, column: column).compactMap(\.self)
                    let count = Double(all ?? sources.count)
                    for sample in 0..<samples {
                        let from = sample * plane.inputCount
                        let to = ((sample * plane.outputHeight + row) * plane.outputWidth + column) * channels
                        for source in sources {
                            for c in 0..<channels {
                                let value = x[from + source + c]
                                switch kind {
                                case .max: y[to + c] = max(y[to + c], value)
                                case .average: y[to + c] += value
                                }
                            }
                        }
                        guard kind == .average else { continue }
                        for c in 0..<channels { y[to + c] /= count }
                    }
                }
            }
            return [y]
        }
    }

    public func absorbing(_ affine: Affine) -> Pooling? { nil }
}
