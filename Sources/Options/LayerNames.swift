/// The names of a model's layers, as settings speak of them.
public struct LayerNames: Sendable {
    private let exact: Set<String>
    private let folded: [String: [String]]

    public init(_ names: [String]) {
        exact = Set(names)
        folded = Dictionary(grouping: names) { $0.lowercased() }
    }

    /// What a name among the settings stands for.
    public enum Meaning: Hashable, Sendable {
        case layer(String)
        case nothing
        /// Layers that differ from the name, and from each other, in capitals alone.
        case several([String])
    }

    /// The layer of exactly this name; else the only one that differs in capitals alone, which is how hls4ml compares.
    public func meaning(of name: String) -> Meaning {
        if exact.contains(name) { return .layer(name) }
        let alike = folded[name.lowercased()] ?? []
        return alike.count > 1 ? .several(alike) : alike.first.map(Meaning.layer) ?? .nothing
    }
}
