extension Cast {
    /// Casts `count` values, each first raised to at least `floor` (for a rectifier; `.min` raises nothing).
    ///
    /// The same as casting one after the other; the modes that firmware mostly uses are handled without a branch per
    /// value, which is what an emulator spends its time on.
    @inlinable
    public func apply(_ input: UnsafePointer<W>, _ output: UnsafeMutablePointer<W>, count: Int, floor: W = .min) {
        guard drop >= 0, drop < W.bitWidth - 1, rounding == .trn || rounding == .rnd else {
            for index in 0..<count { output[index] = self(max(floor, input[index])) }
            return
        }
        // Half a unit added, the fraction dropped: to nearest, half upward. The word has room for it.
        let half: W = rounding == .rnd && drop > 0 ? W(1) << W(drop - 1) : 0
        let shift = W(drop), low = low, high = high
        switch overflow {
        case .sat, .satSym:
            for index in 0..<count {
                let value = (max(floor, input[index]) &+ half) &>> shift
                output[index] = max(low, min(high, value))
            }
        case .wrap where saturationBits == 0 && width < W.bitWidth:
            let unused = W(W.bitWidth - width)
            let mask = (W(1) &<< W(width)) &- 1
            for index in 0..<count {
                let value = (max(floor, input[index]) &+ half) &>> shift
                output[index] = signed ? (value &<< unused) &>> unused : value & mask
            }
        case .wrap, .satZero:
            for index in 0..<count { output[index] = self(max(floor, input[index])) }
        }
    }
}
