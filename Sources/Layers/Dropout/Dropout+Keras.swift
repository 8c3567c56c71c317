internal import LayerKit

extension Dropout {
    /// The classes that only act while training: `Dropout` and its relatives, noise, activity regularisation.
    static func fromKeras(_ site: ImportSite) throws(LayerError) -> Dropout {
        try site.expectAttributes(
            withoutEffect: ["rate", "noise_shape", "seed", "stddev", "data_format", "l1", "l2"])
        return Dropout()
    }
}
