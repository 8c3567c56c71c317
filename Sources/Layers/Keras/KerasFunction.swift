internal import Basics
internal import LayerKit

/// An activation that a layer of Keras computes inside itself.
enum KerasFunction {
    /// The layer that the attribute's activation is, by the rules of the catalogue.
    static func layer(
        _ site: ImportSite, _ attribute: String, default standard: String
    ) throws(LayerError) -> any ModelLayer {
        let name = try site.text(attribute) ?? standard
        let key = ImportKey(.keras, "activations.\(name)")
        let rules = Catalog.layers.flatMap { $0.imports }
        guard let rule = rules.first(where: { $0.key == key }) else {
            throw LayerError("the activation '\(name)' is not read", attribute: attribute)
        }
        return try rule.read(ImportSite(key, layer: site.layer, attributes: [:], inputs: site.inputs))
    }
}

/// How the arguments of a layer's call are called among its attributes.
enum KerasCallNames {
    static let initialState = "call.initial_state"
}
