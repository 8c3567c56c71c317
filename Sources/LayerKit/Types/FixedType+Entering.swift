public import FixedPoint
public import Options

extension FixedType {
    /// The raw value of a number that enters the firmware.
    ///
    /// Natively what is no number is 0, and an infinity is the largest number where the type saturates. hls4ml lets its
    /// simulation's headers convert it: they do not know that a double may be no number and take its bits for one of
    /// 2^1024 or more, with its sign; and a negative number of less than a half becomes 1 in an integer type, whose
    /// fraction is dropped from the magnitude as all ones before the sign is put back.
    public func quantize(entering value: Double, _ compat: Compat) -> Int128 {
        switch compat {
        case .native: return quantize(value)
        case .hls4ml:
            guard value.isFinite else {
                return isInteger ? 0 : quantize(value.sign == .minus ? -Self.huge : Self.huge)
            }
            return isInteger && value > -0.5 && value < 0 ? quantize(1) : quantize(value)
        }
    }

    /// Beyond every type.
    private static var huge: Double { 0x1p1000 }
}
