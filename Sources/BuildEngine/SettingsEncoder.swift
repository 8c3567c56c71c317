internal import Basics

/// Turns any encodable settings into key components, one a leaf, so that no field can be forgotten.
///
/// Every leaf gets its path (`clock.period`, `layers.fc1.reuse`, `trace[2]`) and its value, spelt so that a text, a
/// number, an absent value, an empty list and an empty object all differ. Lists without structure are one leaf.
enum SettingsEncoder {
    static func components(of settings: some Encodable) throws -> [KeyComponent] {
        var components: [KeyComponent] = []
        flatten(try node(of: settings), path: "", into: &components)
        return components
    }

    /// The value as a tree.
    static func node(of value: some Encodable) throws -> SettingNode {
        if let tool = value as? ToolIdentity { return .tool(tool) }
        if let unordered = value as? any UnorderedSettings { return try unordered.orderedNode() }
        let box = SettingBox()
        try value.encode(to: TreeEncoder(box: box, codingPath: []))
        return box.node
    }

    private static func flatten(_ node: SettingNode, path: String, into components: inout [KeyComponent]) {
        switch node {
        case .leaf(let text): components.append(KeyComponent(.setting, path, text))
        case .tool(let tool): components += toolComponents(tool)
        case .list(let items):
            if items.isEmpty || items.allSatisfy(\.isLeaf) {
                components.append(KeyComponent(.setting, path, node.text))
            } else {
                for (index, item) in items.enumerated() { flatten(item, path: "\(path)[\(index)]", into: &components) }
            }
        case .object(let members):
            if members.isEmpty { components.append(KeyComponent(.setting, path, "{}")) }
            for (name, member) in members.sorted(by: { $0.key < $1.key }) {
                let part = spelt(name)
                flatten(member, path: path.isEmpty ? part : "\(path).\(part)", into: &components)
            }
        }
    }

    /// What tells one version of a tool from another; `tool` also enters the path a tool is found under.
    static func toolComponents(_ tool: ToolIdentity) -> [KeyComponent] {
        [
            KeyComponent(tool: tool.name, .digest, tool.digest.hex),
            KeyComponent(tool: tool.name, .path, tool.path),
            KeyComponent(tool: tool.name, .version, tool.version),
        ]
    }

    /// A name as a part of a path: quoted if it could be taken for more than one part.
    private static func spelt(_ name: String) -> String {
        let plain =
            !name.isEmpty
            && name.unicodeScalars.allSatisfy { ![".", "[", "]", "\"", "\\"].contains($0) }
        return plain ? name : quoted(name)
    }

    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { result.unicodeScalars.append("\\") }
            result.unicodeScalars.append(scalar)
        }
        return result + "\""
    }
}

/// A value of the settings.
indirect enum SettingNode {
    /// A number, a truth value, `nil`, or a text in quotes.
    case leaf(String)
    case list([SettingNode])
    case object([String: SettingNode])
    case tool(ToolIdentity)

    var isLeaf: Bool {
        if case .leaf = self { true } else { false }
    }

    /// The value on one line; different values have different texts.
    var text: String {
        switch self {
        case .leaf(let text): text
        case .list(let items): "[" + items.map(\.text).joined(separator: ", ") + "]"
        case .object(let members):
            "{"
                + members.sorted { $0.key < $1.key }
                .map { SettingsEncoder.quoted($0.key) + ": " + $0.value.text }.joined(separator: ", ") + "}"
        case .tool(let tool):
            SettingsEncoder.quoted(tool.path) + " " + SettingsEncoder.quoted(tool.version) + " " + tool.digest.hex
        }
    }
}

/// Collections whose order differs from run to run; their elements are put in order by their texts.
private protocol UnorderedSettings {
    func orderedNode() throws -> SettingNode
}

extension Set: UnorderedSettings where Element: Encodable {
    fileprivate func orderedNode() throws -> SettingNode {
        .list(try map { try SettingsEncoder.node(of: $0) }.sorted { $0.text < $1.text })
    }
}

extension Dictionary: UnorderedSettings where Key: Encodable, Value: Encodable {
    fileprivate func orderedNode() throws -> SettingNode {
        var members: [String: SettingNode] = [:]
        for (key, value) in self {
            let name =
                try (key as? any CodingKeyRepresentable)?.codingKey.stringValue ?? SettingsEncoder.node(of: key).text
            members[name] = try SettingsEncoder.node(of: value)
        }
        return .object(members)
    }
}
