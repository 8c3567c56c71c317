internal import Basics
internal import LayerKit

extension HardSigmoid {
    /// Operator `HardSigmoid`: `alpha` is the slope, `beta` the shift.
    static func fromONNX(_ site: ImportSite) throws(LayerError) -> HardSigmoid {
        try site.expectAttributes("alpha", "beta")
        return HardSigmoid(slope: try site.number("alpha") ?? 0.2, shift: try site.number("beta") ?? 0.5)
    }
}
