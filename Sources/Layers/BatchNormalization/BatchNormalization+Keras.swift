internal import Basics
internal import LayerKit

extension BatchNormalization {
    /// Class `BatchNormalization`: `gamma` is there if `scale`, `beta` if `center`.
    static func fromKeras(_ site: ImportSite) throws(LayerError) -> BatchNormalization {
        // How the statistics were gathered does not matter once they are.
        try site.expectAttributes(
            "axis", "epsilon", "center", "scale", "renorm", "virtual_batch_size",
            withoutEffect: ["momentum", "synchronized", "fused", "renorm_clipping", "renorm_momentum"])
        try site.expectLastAxis("axis")
        if try site.flag("renorm", default: false) {
            throw LayerError("renorm is not supported", attribute: "renorm", help: "train with renorm=False")
        }
        if let size = site.attributes["virtual_batch_size"], size != .null {
            throw LayerError("virtual_batch_size is not supported", attribute: "virtual_batch_size")
        }
        let scaled = try site.flag("scale", default: true), centred = try site.flag("center", default: true)
        let names = (scaled ? ["gamma"] : []) + (centred ? ["beta"] : []) + ["moving_mean", "moving_variance"]
        let tensors = try site.expectWeights(names)
        let epsilon = try site.number("epsilon") ?? 0.001
        let variance = tensors[names.count - 1]
        guard variance.singles.allSatisfy({ $0 + epsilon > 0 }) else {
            throw LayerError("a variance is negative beyond epsilon (\(epsilon))", attribute: "moving_variance")
        }
        return BatchNormalization(
            gamma: scaled ? tensors[0] : nil, beta: centred ? tensors[scaled ? 1 : 0] : nil,
            mean: tensors[names.count - 2], variance: variance, epsilon: epsilon)
    }
}
