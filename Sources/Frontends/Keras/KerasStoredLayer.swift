internal import Basics

/// A layer that the file has numbers of. Of one that several models call, an archive has them once.
struct KerasStoredLayer {
    var layer: KerasLayer
    var weights: any KerasWeights

    /// All of a model, those of models and wrappers within included; none where no layer is shared.
    static func all(of network: KerasNetwork, _ weights: any KerasWeights) -> [KerasStoredLayer] {
        let found = layers(of: network, weights)
        return found.contains { $0.layer.isShared } ? found.filter { !$0.weights.isAbsent } : []
    }

    private static func layers(of network: KerasNetwork, _ weights: any KerasWeights) -> [KerasStoredLayer] {
        zip(network.layers, weights.layers(of: network)).flatMap { layer, weights in
            if let inner = layer.network { return layers(of: inner, weights) }
            let parts = ["layer"].compactMap { part in
                layer.wrapped[part].map { KerasStoredLayer(layer: $0, weights: weights.part(part)) }
            }
            return [KerasStoredLayer(layer: layer, weights: weights)] + parts
        }
    }

    /// Where the numbers of a layer are: in its own place, or in that of the one layer that it is besides.
    static func weights(
        of layer: KerasLayer, _ own: any KerasWeights, among stored: [KerasStoredLayer]
    ) -> any KerasWeights {
        guard layer.isShared, own.isAbsent else { return own }
        let same = stored.filter { $0.isSame(as: layer) }
        return same.count == 1 ? same[0].weights : own
    }

    /// Whether it states the same of inference under the same name.
    private func isSame(as other: KerasLayer) -> Bool {
        layer.className == other.className && layer.name == other.name
            && KerasTraining.dropped(from: layer.attributes) == KerasTraining.dropped(from: other.attributes)
    }
}
