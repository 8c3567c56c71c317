/// Counting that stops at a limit instead of trapping: sizes come from users.
public enum Count {
    public static func times(_ a: Int, _ b: Int, limit: Int = .max) -> Int {
        let (value, overflow) = a.multipliedReportingOverflow(by: b)
        return overflow ? limit : min(value, limit)
    }

    public static func plus(_ a: Int, _ b: Int, limit: Int = .max) -> Int {
        let (value, overflow) = a.addingReportingOverflow(b)
        return overflow ? limit : min(value, limit)
    }

    /// `a / b`, rounded up; 0 for a divisor below 1.
    public static func ratio(_ a: Int, _ b: Int) -> Int { b < 1 ? 0 : a / b + (a % b > 0 ? 1 : 0) }

    /// The nearest whole number, not negative.
    public static func rounded(_ value: Double) -> Int {
        guard value.isFinite, value > 0 else { return 0 }
        return value < 9e18 ? Int(value.rounded()) : .max
    }

    /// Levels of a balanced tree over `count` terms.
    public static func levels(_ count: Int) -> Int {
        count <= 1 ? 0 : Int.bitWidth - (count - 1).leadingZeroBitCount
    }

    /// The product of the sizes of an array; nil where a size is negative or the product cannot be counted. A zero
    /// among them makes it 0, however large the others are.
    public static func elements(_ sizes: [Int]) -> Int? {
        if sizes.contains(where: { $0 < 0 }) { return nil }
        if sizes.contains(0) { return 0 }
        var count = 1
        for size in sizes {
            let (product, overflow) = count.multipliedReportingOverflow(by: size)
            if overflow { return nil }
            count = product
        }
        return count
    }

    /// The greatest number that divides both, at least 1.
    ///
    /// Precondition: neither is negative.
    public static func commonDivisor(_ a: Int, _ b: Int) -> Int {
        var (a, b) = (a, b)
        while b != 0 { (a, b) = (b, a % b) }
        return max(a, 1)
    }
}
