public import LayerKit

extension ExponentialUnit {
    /// Class `ELU`: `alpha`.
    public static func fromKeras(_ site: KerasSite) throws(LayerError) -> ExponentialUnit {
        try site.expectAttributes("alpha")
        return .elu(alpha: try site.number("alpha") ?? 1)
    }
}
