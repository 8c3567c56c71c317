/// How a window slides along one axis.
public struct Window: Hashable, Sendable, Codable {
    public var size: Int
    public var stride: Int
    public var dilation: Int
    public var pad: Pad

    public init(size: Int, stride: Int, dilation: Int, pad: Pad) {
        self.size = size
        self.stride = stride
        self.dilation = dilation
        self.pad = pad
    }

    /// From the first to the last element that the window sees.
    public var extent: Int { dilation * (size - 1) + 1 }

    /// How many places it has on an axis of `count` elements.
    public func places(on count: Int) -> Int {
        let room = count + pad.before + pad.after - extent
        return room < 0 ? 0 : room / stride + 1
    }

    /// The element of the axis that the window at a place sees at one of its own; nil in the padding.
    public func element(place: Int, tap: Int, of count: Int) -> Int? {
        let element = place * stride - pad.before + tap * dilation
        return (0..<count).contains(element) ? element : nil
    }

    /// No number of a window is larger: their products can be counted.
    private static let limit = 1 << 24

    /// The windows along the axes of a layer.
    public static func all(sizes: [Int], strides: [Int], dilations: [Int], pads: [Pad]) throws(LayerError) -> [Window] {
        let count = sizes.count
        guard strides.count == count, dilations.count == count, pads.count == count else {
            throw LayerError(
                "\(strides.count) strides, \(dilations.count) dilations and \(pads.count) paddings for \(count) axes")
        }
        for (name, numbers) in [("kernel_size", sizes), ("strides", strides), ("dilation_rate", dilations)] {
            guard let wrong = numbers.first(where: { !(1...limit).contains($0) }) else { continue }
            throw LayerError("\(name) \(wrong) is not possible", attribute: name)
        }
        guard pads.allSatisfy({ (0...limit).contains($0.before) && (0...limit).contains($0.after) }) else {
            throw LayerError("a padding of \(pads.map { [$0.before, $0.after] }) is not possible", attribute: "padding")
        }
        return sizes.indices.map {
            Window(size: sizes[$0], stride: strides[$0], dilation: dilations[$0], pad: pads[$0])
        }
    }

    /// The sizes that a layer's output has along the axes of its windows.
    public static func places(_ windows: [Window], on shape: Shape) throws(LayerError) -> [Int] {
        guard shape.count == windows.count + 1 else {
            throw LayerError(
                "the input has shape \(shape), expected \(windows.count) axes and the channels",
                attribute: "kernel_size")
        }
        let places = zip(windows, shape).map { $0.places(on: $1) }
        guard places.allSatisfy({ $0 > 0 }) else {
            throw LayerError(
                "a window of \(windows.map(\.extent)) does not fit into an input of shape \(shape)",
                attribute: "kernel_size")
        }
        return places
    }
}
