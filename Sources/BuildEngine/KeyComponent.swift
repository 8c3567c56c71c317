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
    /// The whole text where `value` is a shortened one; nil also for what was read from a record.
    private var whole: String?

    init(_ kind: Kind, _ name: String, _ value: String) {
        self.kind = kind
        self.name = name
        self.value = Self.shortened(value)
        if self.value != value { whole = value }
    }

    init(kind: Kind, name: String, stored value: String) {
        self.kind = kind
        self.name = name
        self.value = value
    }

    /// What tells one tool from another. The path is of this machine.
    enum ToolFacet: String, Hashable, Sendable, CaseIterable {
        case digest, path, version
    }

    init(tool name: String, _ facet: ToolFacet, _ value: String) {
        self.init(.tool, "\(name) \(facet.rawValue)", value)
    }

    /// The tool and what of it the component says; nil for other components.
    var tool: (name: String, facet: ToolFacet)? {
        guard kind == .tool, let space = name.utf8.lastIndex(of: UInt8(ascii: " ")),
            let facet = ToolFacet(rawValue: String(decoding: name.utf8[space...].dropFirst(), as: UTF8.self))
        else { return nil }
        return (String(name[..<space]), facet)
    }

    static func == (left: KeyComponent, right: KeyComponent) -> Bool {
        left.kind == right.kind && left.name == right.name && left.value == right.value
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        hasher.combine(name)
        hasher.combine(value)
    }

    /// The component as another machine would have it: without the place of a tool, and with numbers for the folders
    /// that tools are installed in. Nil for what only says where something is.
    func shared(_ places: [String]) -> KeyComponent? {
        switch (kind, tool) {
        case (.tool, (_, .path)?): nil
        case (.tool, (let name, let facet)?):
            KeyComponent(tool: PathText.name(of: name), facet, whole ?? value)
        case (.setting, _), (.command, _):
            places.isEmpty ? self : KeyComponent(kind, name, PathText.replacing(places, in: whole ?? value))
        case (.engine, _), (.step, _), (.input, _), (.tool, nil): self
        }
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
