public import FixedPoint

/// What a cast from one type to another costs for one element.
public enum CastCost {
    public static func cast(_ from: FixedType, _ to: FixedType, _ target: Target) -> Estimate {
        var lut = 0
        let drops = from.fraction > to.fraction
        switch to.rounding {
        case .trn: break
        case .trnZero, .rnd, .rndZero, .rndMinInf, .rndInf, .rndConv: if drops { lut += to.width }
        }
        let overflows =
            from.integer + (from.signed ? 0 : 1) > to.integer + (to.signed ? 0 : 1) || from.signed && !to.signed
        switch to.overflow {
        case .wrap: break
        // A comparison of what is cut off, and a choice.
        case .sat, .satZero, .satSym: if overflows { lut += to.width + max(0, from.integer - to.integer) }
        }
        return Estimate(lut: lut)
    }
}
