internal import Basics
internal import LayerKit

extension Unary {
    /// Operators of one element with parameters.
    static func fromONNX(_ site: ImportSite) throws(LayerError) -> Unary {
        switch site.key.op {
        case "Celu":
            try site.expectAttributes("alpha")
            return Unary(.celu(alpha: Double(try site.number("alpha") ?? 1)))
        case "Clip":
            // An infinite bound is none.
            try site.expectAttributes("min", "max")
            return Unary(
                .clip(
                    low: site.attributes["min"]?.numberValue ?? -.infinity,
                    high: site.attributes["max"]?.numberValue ?? .infinity))
        case "Gelu":
            try site.expectAttributes("approximate")
            let way = try site.text("approximate") ?? "none"
            guard way == "none" || way == "tanh" else {
                throw LayerError("approximate '\(way)' is not supported", attribute: "approximate")
            }
            return Unary(way == "tanh" ? .geluTanh : .gelu)
        case "Pow":
            try site.expectAttributes("exponent")
            let exponent = Double(try site.number("exponent") ?? 1)
            return Unary(exponent == 2 ? .square : .power(exponent))
        case "Swish":
            try site.expectAttributes("alpha")
            guard try site.number("alpha") ?? 1 == 1 else {
                throw LayerError("alpha other than 1 is not supported", attribute: "alpha")
            }
            return Unary(.silu)
        default:
            try site.expectAttributes("bias", "lambd")
            let lambda = Double(try site.number("lambd") ?? 0.5), bias = Double(try site.number("bias") ?? 0)
            guard bias == 0 || bias == lambda else {
                throw LayerError("bias \(bias) of Shrink is neither 0 nor lambd", attribute: "bias")
            }
            return Unary(bias == 0 ? .hardShrink(lambda: lambda) : .softShrink(lambda: lambda))
        }
    }
}
