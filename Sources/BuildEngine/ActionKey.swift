internal import Basics

/// The key of an action: what decides its result, and the digest of that.
struct ActionKey: Hashable, Sendable {
    let digest: Digest
    /// Sorted by kind and name.
    let components: [KeyComponent]
    private let places: [String]

    /// - Parameter places: folders that tools are installed in; see `CommandPlan`.
    init(_ components: [KeyComponent], places: [String] = []) {
        self.places = places
        let order = Dictionary(uniqueKeysWithValues: KeyComponent.Kind.allCases.enumerated().map { ($1, $0) })
        self.components = components.sorted {
            (order[$0.kind] ?? 0, $0.name, $0.value) < (order[$1.kind] ?? 0, $1.name, $1.value)
        }
        var hasher = DigestHasher()
        for component in self.components {
            hasher.update(field: component.kind.rawValue)
            hasher.update(field: component.name)
            hasher.update(field: component.value)
        }
        digest = hasher.finish()
    }

    /// The key under which other machines may have the result: it does not depend on where a tool is installed.
    var shared: ActionKey { ActionKey(components.compactMap { $0.shared(places) }) }
}
