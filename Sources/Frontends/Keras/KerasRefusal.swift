internal import Basics
internal import LayerKit

/// Why an op of Keras is not read.
enum KerasRefusal {
    /// - Parameter known: the ops that are read, activation functions among them.
    static func unknown(_ op: String, known: [String]) -> LayerError {
        let functions = known.compactMap(function)
        if let name = function(op) {
            let near = Spelling.nearest(to: name, in: functions).map { "did you mean '\($0)'? " } ?? ""
            return LayerError(
                "the activation '\(name)' is not read yet", attribute: "activation",
                help: near + "activations that are read: " + functions.joined(separator: ", "))
        }
        // Ops that passes make have no class in a file.
        return unknownClass(op, known.filter { !$0.has(".") })
    }

    /// The name of an activation function; nil for a layer class.
    private static func function(_ op: String) -> String? {
        op.rest(behind: KerasActivations.prefix)
    }

    private static func unknownClass(_ name: String, _ classes: [String]) -> LayerError {
        if name == "PruneLowMagnitude" {
            return LayerError(
                "a pruning wrapper (PruneLowMagnitude) is not read",
                help: "save the model after tfmot.sparsity.keras.strip_pruning(model)")
        }
        if let name = name.rest(behind: KerasPackage.hgq.prefix) {
            return LayerError(
                "class \(name) (HGQ) is not read yet",
                help: "classes of HGQ that are read: " + HGQClass.allCases.map(\.rawValue).joined(separator: ", "))
        }
        if let name = name.rest(behind: KerasPackage.pquant.prefix) {
            let known = PQuantClass.allCases.map(\.rawValue).joined(separator: ", ")
            return LayerError(
                "class \(name) (PQuantML) is not read yet", help: "classes of PQuantML that are read: " + known)
        }
        switch name {
        case "Lambda":
            return LayerError("a function in Python (Lambda) is not read", help: "use layers or keras.ops instead")
        case "Masking":
            return LayerError(
                "a mask (Masking) is not read: layers behind it would leave steps out",
                help: "give sequences of one length, or cut them to it before the network")
        default: break
        }
        let known = "classes that are read: " + classes.joined(separator: ", ")
        // QKeras' classes are Keras' own with a Q in front.
        if name.first == "Q", name.dropFirst().first?.isUppercase == true {
            return LayerError("class \(name) (QKeras) is not read yet", help: known)
        }
        let near = Spelling.nearest(to: name, in: classes)
        return LayerError(
            "class \(name) is not read yet", help: (near.map { "did you mean '\($0)'? " } ?? "") + known)
    }
}
