internal import LayerKit

extension Dropout {
    /// The classes that only act while training: `Dropout` and its relatives, noise, activity regularisation, random
    /// changes of pictures; and `Identity`, which never does.
    static func fromKeras(_ site: ImportSite) throws(LayerError) -> Dropout {
        try site.expectAttributes(
            withoutEffect: [
                "rate", "noise_shape", "seed", "stddev", "data_format", "l1", "l2", "mode", "factor", "height_factor",
                "width_factor", "fill_mode", "fill_value", "interpolation", "value_range",
            ])
        return Dropout()
    }
}
