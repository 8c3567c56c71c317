/// Where an encoder puts what it is given.
final class SettingBox {
    private var leaf: SettingNode?
    private var items: [SettingBox]?
    private var members: [String: SettingBox]?

    func set(_ node: SettingNode) { leaf = node }

    func member(_ name: String) -> SettingBox {
        let box = members?[name] ?? SettingBox()
        members = members ?? [:]
        members?[name] = box
        return box
    }

    func item() -> SettingBox {
        let box = SettingBox()
        items = (items ?? []) + [box]
        return box
    }

    func becomeObject() { members = members ?? [:] }

    func becomeList() { items = items ?? [] }

    var count: Int { items?.count ?? 0 }

    /// What was put here; an empty object if nothing was.
    var node: SettingNode {
        if let leaf { return leaf }
        if let items { return .list(items.map(\.node)) }
        return .object((members ?? [:]).mapValues(\.node))
    }
}

/// An encoder that builds a tree of `SettingNode`s.
struct TreeEncoder: Encoder {
    let box: SettingBox
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        box.becomeObject()
        return KeyedEncodingContainer(KeyedTreeContainer<Key>(box: box, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        box.becomeList()
        return ListTreeContainer(box: box, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        SingleTreeContainer(box: box, codingPath: codingPath)
    }
}

/// The leaf values that the containers share.
private func leaf<T: Encodable>(_ value: T) throws -> SettingNode {
    switch value {
    case let value as Bool: .leaf(value ? "true" : "false")
    case let value as String: .leaf(SettingsEncoder.quoted(value))
    case let value as Double: .leaf("\(value)")
    case let value as Float: .leaf("\(value)f")
    case let value as any FixedWidthInteger: .leaf("\(value)")
    default: try SettingsEncoder.node(of: value)
    }
}

private struct KeyedTreeContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let box: SettingBox
    let codingPath: [any CodingKey]

    mutating func encodeNil(forKey key: Key) throws { box.member(key.stringValue).set(.leaf("nil")) }

    mutating func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        box.member(key.stringValue).set(try leaf(value))
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy keyType: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        TreeEncoder(box: box.member(key.stringValue), codingPath: codingPath + [key]).container(keyedBy: keyType)
    }

    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        TreeEncoder(box: box.member(key.stringValue), codingPath: codingPath + [key]).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder {
        TreeEncoder(box: box.member("super"), codingPath: codingPath)
    }

    mutating func superEncoder(forKey key: Key) -> any Encoder {
        TreeEncoder(box: box.member(key.stringValue), codingPath: codingPath + [key])
    }
}

private struct ListTreeContainer: UnkeyedEncodingContainer {
    let box: SettingBox
    let codingPath: [any CodingKey]
    var count: Int { box.count }

    mutating func encodeNil() throws { box.item().set(.leaf("nil")) }

    mutating func encode<T: Encodable>(_ value: T) throws { box.item().set(try leaf(value)) }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy keyType: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
        TreeEncoder(box: box.item(), codingPath: codingPath).container(keyedBy: keyType)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        TreeEncoder(box: box.item(), codingPath: codingPath).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { TreeEncoder(box: box.item(), codingPath: codingPath) }
}

private struct SingleTreeContainer: SingleValueEncodingContainer {
    let box: SettingBox
    let codingPath: [any CodingKey]

    mutating func encodeNil() throws { box.set(.leaf("nil")) }

    mutating func encode<T: Encodable>(_ value: T) throws { box.set(try leaf(value)) }
}
