internal import Basics

/// The order of evaluation.
enum KerasOrder {
    /// The layers such that each follows those it reads from, otherwise in the order of the file.
    ///
    /// Precondition: every source exists.
    static func sorted(
        _ layers: [KerasArchitecture.Layer], _ file: KerasFile
    ) throws(DiagnosticError) -> [KerasArchitecture.Layer] {
        var readers: [String: [Int]] = [:]
        var missing = layers.map { Set($0.sources).count }
        for (index, layer) in layers.enumerated() {
            for source in Set(layer.sources) { readers[source, default: []].append(index) }
        }
        var ready = layers.indices.filter { missing[$0] == 0 }
        var result: [KerasArchitecture.Layer] = []
        while let next = ready.min() {
            ready.removeAll { $0 == next }
            result.append(layers[next])
            for reader in readers[layers[next].name] ?? [] {
                missing[reader] -= 1
                if missing[reader] == 0 { ready.append(reader) }
            }
        }
        guard result.count == layers.count else {
            let path = cycle(layers, Set(result.map(\.name))).joined(separator: " -> ")
            throw file.error("the layers depend on each other in a circle: \(path)")
        }
        return result
    }

    /// One circle among the layers that could not be ordered, its first layer repeated at the end.
    private static func cycle(_ layers: [KerasArchitecture.Layer], _ done: Set<String>) -> [String] {
        var source: [String: String] = [:]
        for layer in layers where !done.contains(layer.name) {
            source[layer.name] = layer.sources.first { !done.contains($0) }
        }
        // Every layer left has a source that is left too, so walking back must come round.
        var path: [String] = []
        var at = layers.first { !done.contains($0.name) }?.name
        while let name = at {
            if let start = path.firstIndex(of: name) { return path[start...].reversed() + [path[path.count - 1]] }
            path.append(name)
            at = source[name]
        }
        return path
    }
}
