internal import Basics
internal import LayerKit

/// Weights as `.keras` archives and `.weights.h5` files hold them: a group for each layer, called after its class and,
/// from the second of a class on, a number; in it `vars` with the variables by their numbers, and a group for each
/// layer that it has inside.
struct KerasCountedWeights: KerasWeights {
    enum Place {
        case model(HDF5Group)
        case layer(HDF5Group)
        case nothing(DiagnosticError?)
    }

    private let place: Place

    init(_ place: Place) { self.place = place }

    var isAbsent: Bool {
        if case .nothing(nil) = place { return true }
        return false
    }

    /// The group in which a model holds its layers: `layers`, as Keras 2.12 and 2.13 call it otherwise.
    static func container(in group: HDF5Group) -> String? {
        ["_layer_checkpoint_dependencies", "layers"].first(where: group.has)
    }

    func layers(of network: KerasNetwork) -> [any KerasWeights] {
        let group: HDF5Group
        switch place {
        case .model(let found), .layer(let found): group = found
        case .nothing: return network.layers.map { _ in self }
        }
        let container = Self.container(in: group)
        var uses: [String: Int] = [:]
        return network.layers.map { layer in
            guard let container, !layer.isFunction else { return KerasCountedWeights(.nothing(nil)) }
            let word = KerasSpelling.snakeCase(layer.className)
            let use = uses[word, default: 0]
            uses[word] = use + 1
            return Self.child(group, [container, use == 0 ? word : "\(word)_\(use)"])
        }
    }

    func part(_ name: String) -> any KerasWeights {
        guard case .layer(let group) = place else { return self }
        return Self.child(group, [name])
    }

    private static func child(_ group: HDF5Group, _ path: [String]) -> KerasCountedWeights {
        var at = group
        do throws(DiagnosticError) {
            for name in path {
                guard at.has(name) else { return KerasCountedWeights(.nothing(nil)) }
                at = try at.group(name)
            }
            return KerasCountedWeights(.layer(at))
        } catch {
            return KerasCountedWeights(.nothing(error))
        }
    }

    func tensors() throws(DiagnosticError) -> [(path: [String], tensor: Tensor)] {
        switch place {
        case .model: return []
        case .nothing(let error):
            if let error { throw error }
            return []
        case .layer(let group): return try Self.tensors(in: group, [])
        }
    }

    private static func tensors(in group: HDF5Group, _ path: [String]) throws(DiagnosticError) -> [(
        path: [String], tensor: Tensor
    )] {
        var found: [(path: [String], tensor: Tensor)] = []
        for name in group.children.keys.sorted().map(\.text) {
            // The state of random numbers is of no use after training.
            if name == "seed_generator" { continue }
            switch group.children[ExactText(name)] {
            case .group(let inner): found += try tensors(in: inner, name == "vars" ? path : path + [name])
            case .dataset(let tensor): found.append((path + [name], tensor))
            case .unreadable(let reason): throw group.error("'\(group.childPath(name))' \(reason)")
            case nil: continue
            }
        }
        return found
    }
}
