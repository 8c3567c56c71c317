internal import Basics

/// Elements that are put before and behind an axis, or cut off there.
public struct Pad: Hashable, Sendable, Codable {
    public var before: Int
    public var after: Int

    public init(_ before: Int, _ after: Int) {
        self.before = before
        self.after = after
    }

    public static let none = Pad(0, 0)

    /// TensorFlow's `same`: as many outputs as strides begin on the axis, the smaller half of the padding before it.
    public static func same(size: Int, window: Int, stride: Int, dilation: Int = 1) -> Pad {
        let outputs = Count.plus(size, stride - 1) / max(1, stride)
        let extent = Count.plus(Count.times(dilation, window - 1), 1)
        let total = max(0, Count.plus(Count.times(outputs - 1, stride), extent) - size)
        return Pad(total / 2, total - total / 2)
    }

    /// Keras' `causal`: no output sees what comes after it.
    public static func causal(window: Int, dilation: Int = 1) -> Pad { Pad(Count.times(dilation, window - 1), 0) }
}
