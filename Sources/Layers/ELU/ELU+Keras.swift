internal import LayerKit

extension ELU {
    /// Class `ELU`: `alpha`.
    static func fromKeras(_ site: ImportSite) throws(LayerError) -> ELU {
        try site.expectAttributes("alpha")
        return .elu(alpha: try site.number("alpha") ?? 1)
    }
}
