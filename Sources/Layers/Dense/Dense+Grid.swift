internal import FixedPoint
internal import LayerKit

extension Dense {
    /// Whether the weights are held by the firmware as they were trained.
    public var isOnGrid: Bool { FixedType.grid(of: kernel.doubles, width: 24) != nil }
}

extension Convolution {
    /// Whether the weights are held by the firmware as they were trained.
    public var isOnGrid: Bool { FixedType.grid(of: kernel.doubles, width: 24) != nil }
}

extension ReLU {
    /// Whether it is `max(x, 0)` and no more.
    public var isPlain: Bool { spelling == .relu && maximum == nil && slope == nil && threshold == 0 }
}
