/// The JSON form of a value of one of many kinds: an object whose single key is the kind, and in it the value as `_0`.
struct Keyed: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }

    static let value = Keyed(stringValue: "_0")

    static func encode(_ key: String, _ value: any Encodable, to encoder: any Encoder) throws {
        var outer = encoder.container(keyedBy: Keyed.self)
        var inner = outer.nestedContainer(keyedBy: Keyed.self, forKey: Keyed(stringValue: key))
        try inner.encode(value, forKey: Self.value)
    }

    /// - Parameter decode: the value of the kind; nil where there is no such kind.
    static func decode<Value>(
        from decoder: any Decoder, _ decode: (String, KeyedDecodingContainer<Keyed>) throws -> Value?
    ) throws -> Value {
        let outer = try decoder.container(keyedBy: Keyed.self)
        guard outer.allKeys.count == 1, let key = outer.allKeys.first else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "expected an object with one key"))
        }
        guard let value = try decode(key.stringValue, outer.nestedContainer(keyedBy: Keyed.self, forKey: key)) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "there is no '\(key.stringValue)'"))
        }
        return value
    }
}
