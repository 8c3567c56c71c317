/// Two terms that may stand together in several sums, whatever their common shift and sign: the candidate for an
/// intermediate result.
struct Pattern: Hashable {
    /// In ascending order; the same for two digits of one factor.
    var first: Int
    var second: Int
    /// How far the second is shifted left beyond the first. Positive where both are the same part.
    var shift: Int
    /// Whether the signs differ.
    var subtracts: Bool

    private static let shiftOffset = 512

    /// All of it in one word. Parts have 26 bits.
    typealias Key = UInt64

    /// The key of the pattern of two terms, in any order.
    @inline(__always)
    static func key(_ a: Term, _ b: Term) -> Key {
        let inOrder = a.part < b.part || (a.part == b.part && a.shift <= b.shift)
        let first = inOrder ? a : b, second = inOrder ? b : a
        let shift = UInt64(truncatingIfNeeded: second.shift - first.shift + shiftOffset)
        return UInt64(truncatingIfNeeded: first.part) << 38 | UInt64(truncatingIfNeeded: second.part) << 12
            | shift << 1 | (a.negative != b.negative ? 1 : 0)
    }

    init(key: Key) {
        first = Int(key >> 38)
        second = Int((key >> 12) & (1 << 26 - 1))
        shift = Int((key >> 1) & 0x7ff) - Self.shiftOffset
        subtracts = key & 1 == 1
    }

    static let partLimit = 1 << 26
}

/// How often every pattern stands in the sums: a hash table with open addressing, whose order never shows.
struct PatternTable {
    private var keys: [Pattern.Key]
    private var counts: [Int32]
    private var used = 0
    private var mask: Int

    /// No pattern: the key of two terms that are one.
    private static let empty = Pattern.Key.max

    init(capacity: Int) {
        var size = 1024
        while size < 2 * capacity { size *= 2 }
        keys = [Pattern.Key](repeating: Self.empty, count: size)
        counts = [Int32](repeating: 0, count: size)
        mask = size - 1
    }

    @inline(__always)
    private func slot(_ key: Pattern.Key) -> Int {
        var index = Int(truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) >> 20) & mask
        while keys[index] != key, keys[index] != Self.empty { index = (index + 1) & mask }
        return index
    }

    @inline(__always)
    mutating func add(_ change: Int32, _ key: Pattern.Key) {
        let index = slot(key)
        if keys[index] == Self.empty {
            keys[index] = key
            used += 1
            counts[index] = change
            if 2 * used > mask { grow() }
        } else {
            counts[index] += change
        }
    }

    func count(_ key: Pattern.Key) -> Int {
        let index = slot(key)
        return keys[index] == Self.empty ? 0 : Int(counts[index])
    }

    /// Calls for every pattern that stands somewhere at least twice.
    func forEachRepeated(_ body: (Pattern.Key, Int) -> Void) {
        for index in keys.indices where counts[index] >= 2 { body(keys[index], Int(counts[index])) }
    }

    /// Twice the room; what no longer occurs is left out.
    private mutating func grow() {
        let old = self
        self = PatternTable(capacity: mask + 1)
        for index in old.keys.indices where old.counts[index] != 0 {
            let slot = slot(old.keys[index])
            keys[slot] = old.keys[index]
            counts[slot] = old.counts[index]
            used += 1
        }
    }
}
