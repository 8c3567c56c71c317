public import Basics
public import Estimates

/// A plane as kernels work through it: with its padding, as far as windows or the input reach.
extension Plane {
    /// Why windows of a design cannot stand on a shape, as the end of the sentence "layer 'x' ..."; nil where they can.
    public static func fault(_ windows: [Window], _ shape: Shape) -> String? {
        let limit = 1 << 24
        let numbers = windows.flatMap { [$0.size, $0.stride, $0.dilation, $0.pad.before + 1, $0.pad.after + 1] }
        guard (1...2).contains(windows.count), numbers.allSatisfy({ (1...limit).contains($0) }),
            shape.count == windows.count + 1
        else { return "has no windows for a tensor of shape \(shape)" }
        guard zip(windows, shape).allSatisfy({ $0.places(on: $1) > 0 }) else {
            return "has windows that do not fit a tensor of shape \(shape)"
        }
        return nil
    }

    /// The shape of what has so many channels at every place.
    public func outputShape(_ channels: Int, axes: Int) -> Shape {
        (axes > 1 ? [outputHeight, outputWidth] : [outputWidth]) + [channels]
    }

    /// Whether a window sees padding anywhere.
    public var isPadded: Bool {
        rows.pad.before > 0 || columns.pad.before > 0 || usedHeight > rows.pad.before + height
            || usedWidth > columns.pad.before + width
    }

    /// Rows from the first to the last that a window sees.
    public var usedHeight: Int { (outputHeight - 1) * rows.stride + rows.extent }
    public var usedWidth: Int { (outputWidth - 1) * columns.stride + columns.extent }

    /// Rows that pass in a stream: all of the input too.
    public var paddedHeight: Int { max(usedHeight, rows.pad.before + height) }
    public var paddedWidth: Int { max(usedWidth, columns.pad.before + width) }

    /// Elements of the plane that windows see, padding included.
    public var paddedCount: Int { Count.times(Count.times(usedHeight, usedWidth), channels) }

    /// Registers that hold a window in a stream.
    public var windowElements: Int { Count.times(Count.times(rows.size, columns.extent), channels) }

    /// The memories in which rows of pixels wait for the window in a stream.
    public func lines(bits: Int) -> Estimate {
        let word = Count.times(bits, channels), blocks = Memory.blocks(depth: paddedWidth, bits: word)
        let row =
            blocks > 0 ? Estimate(bram18: blocks) : Estimate(lut: Memory.logic(depth: paddedWidth, bits: word))
        return row.copies(rows.extent - 1)
    }

    /// What kernels are told of it.
    public var members: [HLSCall.Member] {
        [
            .size("in_height", height), .size("in_width", width), .size("n_chan", channels),
            .size("kernel_height", rows.size), .size("kernel_width", columns.size),
            .size("stride_height", rows.stride), .size("stride_width", columns.stride),
            .size("dilation_height", rows.dilation), .size("dilation_width", columns.dilation),
            .size("pad_top", rows.pad.before), .size("pad_left", columns.pad.before),
            .size("out_height", outputHeight), .size("out_width", outputWidth),
        ]
    }
}

extension LoweringSite {
    /// The windows of a layer over its first input, of which the firmware has those over one or two axes.
    public func plane(_ windows: [Window]) throws(DiagnosticError) -> Plane {
        guard windows.count <= 2 else {
            throw error(
                "a window over \(windows.count) axes has no firmware",
                help: "'hlsbuild predict --engine float' computes the model as trained")
        }
        return Plane(windows, inputs[0].shape)
    }
}
