internal import LayerKit

extension ReLU {
    /// Whether it is `max(x, 0)` and no more.
    public var isPlain: Bool { spelling == .relu && maximum == nil && slope == nil && threshold == 0 }
}
