public import FixedPoint
public import LayerKit

/// A constant around the places of a tensor, whose channels stay: every element is cast once, and so is the constant.
public struct PaddingOperation: DesignOperation {
    /// One for each axis before the channels: one or two.
    public var pads: [Pad]
    /// Of the input's type.
    public var value: Constant
    public var resultType: FixedType

    public static let key = "padding"
    public static let kernels: Set<String> = ["pad_plane"]
    public var results: [ElementTypes] { [.uniform(resultType)] }
    public var rtl: RTLForm { .unwritten }
    public var summary: OperationSummary { OperationSummary("padding") }

    /// A window of one element that slides over the padding too.
    func plane(_ site: OperationSite) -> Plane {
        Plane(pads.map { Window(size: 1, stride: 1, dilation: 1, pad: $0) }, site.input.shape)
    }

    public func wordBits(_ site: OperationSite) -> Int { site.input.type.bitsToCast(to: resultType) }

    public func kernel<W: Word>(_ site: OperationSite) -> Kernel<W> {
        let plane = plane(site), channels = plane.channels
        let cast = Cast<W>(fromFraction: site.input.type.fraction, to: resultType)
        let padding = cast(W(value.raw))
        let places = (0..<plane.outputHeight).flatMap { row in
            (0..<plane.outputWidth).map { plane.sources(row: row, column: $0)[0] ?? -1 }
        }
        return { inputs, outputs in
            var output = outputs[0]
            for place in places {
                for c in 0..<channels { output[c] = place < 0 ? padding : cast(inputs[0][place + c]) }
                output += channels
            }
        }
    }

    public func fault(_ site: OperationSite) -> String? {
        let windows = pads.map { Window(size: 1, stride: 1, dilation: 1, pad: $0) }
        if let fault = Plane.fault(windows, site.input.shape) { return fault }
        let plane = plane(site)
        guard site.output.shape == plane.outputShape(plane.channels, axes: pads.count) else {
            return "gives a tensor of shape \(site.output.shape)"
        }
        let type = site.input.type
        return value.type == type.plain && (type.rawMin...type.rawMax).contains(Int128(value.raw))
            ? nil : "pads with a number of another type"
    }
}
