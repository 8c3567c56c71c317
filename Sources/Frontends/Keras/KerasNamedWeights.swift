internal import Basics
internal import LayerKit

/// Weights as Keras 2 stores them, and Keras 3 in whole models of that form: a group for each layer, which lists its
/// weights by name, those of everything inside it included.
struct KerasNamedWeights: KerasWeights {
    enum Place {
        /// The group of a model, and the layers for which it has groups.
        case model(HDF5Group, layers: Set<ExactText>)
        /// The group of a layer, and the weights in it that are meant.
        case layer(HDF5Group, [Entry])
        /// The file has nothing, or nothing that can be read.
        case nothing(DiagnosticError?)
    }

    struct Entry {
        /// As the file lists it.
        var name: String
        /// The parts of its path, without the number that TensorFlow puts behind a colon.
        var path: [String]
    }

    private let place: Place

    init(_ place: Place) { self.place = place }

    func layers(of network: KerasNetwork) -> [any KerasWeights] {
        network.layers.map { layer in
            switch place {
            case .nothing: self
            case .layer(let group, let entries):
                // Within one layer of the file, a layer is told by its name; a model inside may give none to its layers.
                layer.network != nil
                    ? self
                    : KerasNamedWeights(.layer(group, entries.filter { $0.path.contains { $0.isExactly(layer.name) } }))
            case .model(let group, let layers): KerasNamedWeights(Self.place(layer.name, group, layers))
            }
        }
    }

    private static func place(_ layer: String, _ model: HDF5Group, _ layers: Set<ExactText>) -> Place {
        guard layers.contains(ExactText(layer)) else { return .nothing(nil) }
        do throws(DiagnosticError) {
            let group = try model.group(layer)
            let names = try group.chunkedStrings("weight_names") ?? []
            return .layer(
                group,
                names.map { name in
                    var path = PathText.parts(of: name)
                    if let last = path.popLast() { path.append(last.parts(at: ":").first ?? "") }
                    return Entry(name: name, path: path)
                })
        } catch {
            return .nothing(error)
        }
    }

    func part(_ name: String) -> any KerasWeights {
        // The layers in a Bidirectional are called after their direction: `forward_lstm`.
        guard case .layer(let group, let entries) = place, let direction = name.rest(before: "layer"),
            !direction.isEmpty
        else { return self }
        let other = direction == "forward_" ? "backward_" : "forward_"
        func run(_ direction: String) -> (Entry) -> Bool {
            { entry in entry.path.contains { $0.begins(with: direction) } }
        }
        // A layer that the user gave for one direction keeps its own name.
        let own = entries.filter(run(direction))
        return KerasNamedWeights(.layer(group, own.isEmpty ? entries.filter { !run(other)($0) } : own))
    }

    func tensors() throws(DiagnosticError) -> [(path: [String], tensor: Tensor)] {
        switch place {
        case .model: return []
        case .nothing(let error):
            if let error { throw error }
            return []
        case .layer(let group, let entries):
            var found: [(path: [String], tensor: Tensor)] = []
            for entry in entries { found.append((entry.path, try group.dataset(entry.name))) }
            return found
        }
    }
}
