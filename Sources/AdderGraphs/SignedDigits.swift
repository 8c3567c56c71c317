/// An integer as a sum of powers of two with signs.
enum SignedDigits {
    /// The canonical digits, lowest first: no two are neighbours, which makes them as few as can be.
    static func canonical(_ value: Int64) -> [(shift: Int, negative: Bool)] {
        var digits: [(shift: Int, negative: Bool)] = []
        var rest = value, shift = 0
        while rest != 0 {
            let zeros = rest.trailingZeroBitCount
            rest >>= zeros
            shift += zeros
            // A run of ones becomes a subtraction at its end and a carry beyond it.
            let negative = rest & 3 == 3
            digits.append((shift, negative))
            rest += negative ? 1 : -1
        }
        return digits
    }

    static func count(_ value: Int64) -> Int {
        let magnitude = value.magnitude
        return (magnitude ^ (3 &* magnitude)).nonzeroBitCount
    }
}
