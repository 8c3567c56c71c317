import FixedPoint

extension FixedType {
    /// The type as C++ spells it: `ap_fixed<16,6>`, `ap_ufixed<9,4,AP_RND,AP_SAT>`, `ap_uint<1>`.
    var cText: String {
        let u = signed ? "" : "u"
        if isInteger { return "ap_\(u)int<\(width)>" }
        var text = "ap_\(u)fixed<\(width),\(integer)"
        if rounding != .trn || overflow != .wrap || saturationBits != 0 {
            text += ",AP_\(rounding.rawValue),AP_\(overflow.rawValue)"
        }
        if saturationBits != 0 { text += ",\(saturationBits)" }
        return text + ">"
    }
}
