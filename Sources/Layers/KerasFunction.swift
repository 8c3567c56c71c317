internal import Basics
internal import LayerKit

/// An activation that a layer of Keras computes inside itself.
enum KerasFunction {
    /// The layer that the attribute's activation is, by the rules of the catalogue.
    static func layer(
        _ site: ImportSite, _ attribute: String, default standard: String
    ) throws(LayerError) -> any ModelLayer {
        // A quantizer is an object with options.
        if let object = site.attributes[attribute], let op = object["class_name"]?.stringValue,
            let options = object["config"]?.fields
        {
            // The numbers of what is inside lie under the attribute's name.
            var numbers: [String: ImportTensor] = [:]
            for (name, tensor) in site.tensors {
                if let rest = name.rest(behind: attribute + "/") { numbers[rest] = tensor }
            }
            return try read(op, options, site, numbers)
        }
        let name = try site.text(attribute) ?? standard
        let key = ImportKey(.keras, "activations.\(name)")
        guard let rule = Catalog.rule(key) else {
            throw LayerError("the activation '\(name)' is not read", attribute: attribute)
        }
        return try rule.read(ImportSite(key, layer: site.layer, attributes: [:], inputs: site.inputs))
    }

    /// The layer that an op with attributes and numbers is.
    static func read(
        _ op: String, _ attributes: [String: JSONValue], _ site: ImportSite, _ tensors: [String: ImportTensor] = [:]
    ) throws(LayerError) -> any ModelLayer {
        let key = ImportKey(.keras, op)
        guard let rule = Catalog.rule(key) else {
            throw LayerError("the activation '\(op)' is not read")
        }
        return try rule.read(
            ImportSite(key, layer: site.layer, attributes: attributes, tensors: tensors, inputs: site.inputs))
    }
}

/// How the arguments of a layer's call are called among its attributes.
enum KerasCallNames {
    static let initialState = "call.initial_state"
}
