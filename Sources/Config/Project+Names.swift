public import Basics
internal import Options

extension Project {
    /// Layers that the file names and the model does not have, each with the nearest name that it has.
    ///
    /// - Parameter modelLayerNames: the names of the model's layers, in its order.
    public func unknownLayers(modelLayerNames: [String]) -> [Diagnostic] {
        let known = Set(modelLayerNames.map { $0.lowercased() })
        return options.layers.keys.filter { name in
            !known.contains(name) && !(format == .hls4ml && isCompanion(name, of: known))
        }.map { name in
            unknown("the model has no layer", name, ["layers", name], modelLayerNames, "its layers are")
        }.sorted(by: Self.position)
    }

    /// Layer types that the file names and hlsbuild does not know.
    public func unknownTypes(known types: [String]) -> [Diagnostic] {
        let known = Set(types.map { $0.lowercased() })
        return options.types.keys.filter { !known.contains($0) }.map { name in
            unknown("there is no layer type", name, ["types", name], types, "layer types are")
        }.sorted(by: Self.position)
    }

    private func unknown(_ what: String, _ name: String, _ subject: [String], _ names: [String], _ list: String)
        -> Diagnostic
    {
        let shown = names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", ..." : "")
        return .error(
            "\(what) '\(places.spelling(of: subject) ?? name)'", at: locate(subject), subject: subject,
            help: Spelling.nearest(to: name, in: names).map { "did you mean '\($0)'?" } ?? "\(list) \(shown)")
    }

    private static func position(_ left: Diagnostic, _ right: Diagnostic) -> Bool {
        let a = left.location.map { ($0.line, $0.column) } ?? (0, 0)
        let b = right.location.map { ($0.line, $0.column) } ?? (0, 0)
        return a == b ? left.message < right.message : a < b
    }

    /// Names that hls4ml gives to layers of its own making: a layer's activation, a first layer's input.
    private func isCompanion(_ name: String, of known: Set<String>) -> Bool {
        guard let underscore = name.lastIndex(of: "_") else { return false }
        if known.contains(String(name[..<underscore])) { return true }
        // Activations with an underscore in their own name: fc1_hard_sigmoid.
        return ["hard_sigmoid", "hard_tanh", "leaky_relu", "thresholded_relu", "binary_tanh", "ternary_tanh"].contains {
            name.hasSuffix("_" + $0) && known.contains(String(name.dropLast($0.count + 1)))
        }
    }
}
