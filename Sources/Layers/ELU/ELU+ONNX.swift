internal import Basics
internal import LayerKit

extension ELU {
    /// Operator `Elu`.
    static func fromONNX(_ site: ImportSite) throws(LayerError) -> ELU {
        try site.expectAttributes("alpha")
        return .elu(alpha: try site.number("alpha") ?? 1)
    }

    /// Operator `Selu`: only with the constants of its paper.
    static func fromONNXSelu(_ site: ImportSite) throws(LayerError) -> ELU {
        try site.expectAttributes("alpha", "gamma")
        for (name, wanted) in [("alpha", seluAlpha), ("gamma", seluLambda)] {
            let value = Double(try site.number(name) ?? Float(wanted))
            guard abs(value - wanted) < 1e-5 else {
                throw LayerError("\(name) \(value) of Selu is not supported", attribute: name, help: "\(wanted) is")
            }
        }
        return .selu
    }
}
