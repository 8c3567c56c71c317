/// All multiples of `2^zeros` from `low` to `high`.
public struct IntegerInterval: Hashable, Sendable, Codable {
    public let low: Int64
    public let high: Int64
    /// How many of the lowest bits are always zero.
    public let zeros: Int

    /// Bounds beyond this magnitude are refused, so that a sum of two never overflows.
    static let limit: Int64 = 1 << 61

    /// Precondition: `low <= high`, both within `limit` and multiples of `2^zeros`.
    public init(low: Int64, high: Int64, zeros: Int = 0) {
        precondition(low <= high && -Self.limit <= low && high <= Self.limit && (0..<62).contains(zeros))
        precondition(low.trailingZeroBitCount >= zeros && high.trailingZeroBitCount >= zeros)
        self.low = low
        self.high = high
        self.zeros = zeros
    }

    /// Without the checks, for sums of what was checked.
    @inline(__always)
    init(unchecked bounds: (low: Int64, high: Int64), _ zeros: Int) {
        low = bounds.low
        high = bounds.high
        self.zeros = zeros
    }

    /// One number alone.
    init(_ value: Int64) {
        self.init(low: value, high: value, zeros: value == 0 ? 0 : value.trailingZeroBitCount)
    }

    public var isSigned: Bool { low < 0 }

    /// Bits of the narrowest word that holds every value, with a sign bit where there is a negative one.
    public var width: Int {
        let magnitude = max(high, ~low)
        return Int64.bitWidth - max(0, magnitude).leadingZeroBitCount + (isSigned ? 1 : 0)
    }

    /// Nil: beyond the limit.
    func shifted(left count: Int) -> IntegerInterval? {
        let room = Self.limit >> count
        guard count < 61, -room <= low, high <= room, zeros + count < 62 else { return nil }
        return IntegerInterval(low: low << count, high: high << count, zeros: zeros + count)
    }

    var negated: IntegerInterval { IntegerInterval(low: -high, high: -low, zeros: zeros) }

    /// All sums of one value each; nil: beyond the limit.
    func adding(_ other: IntegerInterval) -> IntegerInterval? {
        let low = low + other.low, high = high + other.high
        guard -Self.limit <= low, high <= Self.limit else { return nil }
        return IntegerInterval(low: low, high: high, zeros: min(zeros, other.zeros))
    }
}
