internal import Basics

/// A model as its configuration states it: layers, and how they call each other. It may be a layer of another.
struct KerasNetwork {
    var layers: [KerasLayer]
    /// What enters, each the output of an `InputLayer`; empty where the first layer is called with what enters.
    var inputs: [KerasReference]
    var outputs: [KerasReference]
}

/// A layer of a model, with its calls: one for most, several for a shared layer.
struct KerasLayer {
    var className: String
    /// The name that the wiring refers to.
    var name: String
    var attributes: [String: JSONValue]
    /// What is inside, where the layer is a model.
    var network: KerasNetwork?
    /// The layers that a wrapper (`TimeDistributed`, `Bidirectional`) applies, by the names of its attributes.
    var wrapped: [String: KerasLayer] = [:]
    var calls: [KerasCall] = []
    /// Whether it is a function (`keras.ops.flip`), which no container of layers counts.
    var isFunction = false
    /// Whose class it is, if it is neither Keras' own nor one that is told by its name.
    var package: KerasPackage?
    /// Whether another layer of the file is the same one, called in another model.
    var isShared = false
    /// What of it could not be read.
    var faults: [Diagnostic] = []
}

/// One call of a layer.
struct KerasCall {
    /// The tensors that it is called with, those behind keywords last.
    var inputs: [KerasReference] = []
    /// What it is called with besides tensors, and the places in `inputs` of tensors behind keywords.
    var settings: [String: JSONValue] = [:]

    /// Attributes of a call are told from those of the layer by this in front of their names.
    static let prefix = "call."
}

/// An output of a call of a layer.
struct KerasReference: Hashable {
    var layer: String
    var call: Int
    var output: Int
}
