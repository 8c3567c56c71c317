internal import FixedPoint

extension Tensor {
    /// Whether the firmware holds the numbers natively as they were trained: they lie on a grid of few bits, as quantisers
    /// leave them.
    public var isOnGrid: Bool { FixedType.grid(of: doubles, width: NativeTypes.gridWidth) != nil }
}
