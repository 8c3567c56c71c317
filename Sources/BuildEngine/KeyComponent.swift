internal import Basics

/// One part of a key, kept so that two keys can be compared part by part.
struct KeyComponent: Hashable, Sendable {
    enum Kind: String, Hashable, Sendable, CaseIterable {
        case engine, step, setting, input, tool, command
    }

    var kind: Kind
    var name: String
    /// The value as it enters the key: the text itself, or of a long text its beginning, its digest and its length.
    var value: String

    init(_ kind: Kind, _ name: String, _ value: String) {
        self.kind = kind
        self.name = name
        self.value = Self.shortened(value)
    }

    init(kind: Kind, name: String, stored value: String) {
        self.kind = kind
        self.name = name
        self.value = value
    }

    private static let limit = 128

    /// Texts of more than `limit` bytes are replaced by something that is always longer than `limit` and holds their
    /// digest, so that no two different values look the same and no short value looks like a long one.
    private static func shortened(_ value: String) -> String {
        guard value.utf8.count > limit else { return value }
        let start = String(decoding: Array(value.utf8.prefix(64)), as: UTF8.self)
        return "\(start)... (\(value.utf8.count) bytes, sha256 \(Digest(of: value).hex))"
    }
}

/// The key of an action: what decides its result, and the digest of that.
struct ActionKey: Hashable, Sendable {
    let digest: Digest
    /// Sorted by kind and name.
    let components: [KeyComponent]

    init(_ components: [KeyComponent]) {
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
}

extension Reason {
    /// All differences between the components of two keys, those that a user can act on first.
    static func differences(from old: [KeyComponent], to new: [KeyComponent]) -> [Reason] {
        var found: [Reason] = []
        for kind in [KeyComponent.Kind.setting, .input, .tool, .command, .step, .engine] {
            let before = values(of: kind, in: old)
            let after = values(of: kind, in: new)
            for name in Set(before.keys).union(after.keys).sorted() where before[name] != after[name] {
                found.append(Reason(kind, name, before[name], after[name]))
            }
        }
        return found
    }

    private static func values(of kind: KeyComponent.Kind, in components: [KeyComponent]) -> [String: String] {
        Dictionary(
            components.filter { $0.kind == kind }.map { ($0.name, $0.value) }, uniquingKeysWith: { $0 + ", " + $1 })
    }

    private init(_ kind: KeyComponent.Kind, _ name: String, _ old: String?, _ new: String?) {
        switch kind {
        case .setting: self = .settingChanged(name: name, old: old, new: new)
        case .input: self = .inputChanged(name: name, from: old, to: new)
        case .tool: self = .toolChanged(name: name, old: old, new: new)
        case .command: self = .commandChanged(name: name, old: old, new: new)
        case .step: self = .stepVersionChanged(old: old, new: new)
        case .engine: self = .engineChanged(old: old, new: new)
        }
    }
}
