internal import LayerKit

extension ExponentialUnit {
    /// Class `ELU`: `alpha`.
    static func fromKeras(_ site: ImportSite) throws(LayerError) -> ExponentialUnit {
        try site.expectAttributes("alpha")
        return .elu(alpha: try site.number("alpha") ?? 1)
    }
}
