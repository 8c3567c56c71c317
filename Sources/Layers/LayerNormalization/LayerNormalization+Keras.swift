internal import Basics
internal import LayerKit

extension LayerNormalization {
    /// Class `LayerNormalization`: over `axis`; `gamma` is there if `scale`, `beta` if `center`.
    static func fromKeras(_ site: ImportSite) throws(LayerError) -> LayerNormalization {
        try site.expectAttributes("axis", "epsilon", "center", "scale", "rms_scaling")
        let rms = try site.flag("rms_scaling", default: false)
        let scaled = try site.flag("scale", default: true)
        // With rms_scaling Keras neither centres nor moves.
        let centred = try site.flag("center", default: true) && !rms
        let names = (scaled || rms ? ["gamma"] : []) + (centred ? ["beta"] : [])
        let tensors = try site.expectWeights(names)
        return LayerNormalization(
            axes: try site.axes("axis", default: [-1]), epsilon: try site.number("epsilon") ?? 0.001, keepsMean: rms,
            gamma: scaled || rms ? tensors[0] : nil, beta: centred ? tensors[names.count - 1] : nil)
    }

    /// Class `RMSNormalization`: its scale is always there.
    static func fromKerasRMS(_ site: ImportSite) throws(LayerError) -> LayerNormalization {
        try site.expectAttributes("axis", "epsilon")
        return LayerNormalization(
            axes: try site.axes("axis", default: [-1]), epsilon: try site.number("epsilon") ?? 1e-6, keepsMean: true,
            gamma: try site.expectWeights(["scale"])[0])
    }
}
