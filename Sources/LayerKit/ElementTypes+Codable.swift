internal import FixedPoint

/// Uniform types are written as the one type; others as the distinct types and, for each place, which of them it has:
/// `{"axis": 1, "types": ["fixed<6,2>", "fixed<8,2>"], "places": [0, 1, 1, 0]}`, without `axis` for single elements.
extension ElementTypes: Codable {
    private enum Field: String, CodingKey { case axis, types, places }

    /// A type of no bits has no spelling in a project file.
    private static let zero = "0"

    public init(from decoder: any Decoder) throws {
        if let text = try? decoder.singleValueContainer().decode(String.self) {
            self = .uniform(try FixedType(inferred: text))
            return
        }
        let fields = try decoder.container(keyedBy: Field.self)
        let distinct = try fields.decode([String].self, forKey: .types).map { text in
            text == Self.zero ? ElementTypes.none : try FixedType(inferred: text)
        }
        let places = try fields.decode([Int].self, forKey: .places)
        guard places.allSatisfy(distinct.indices.contains) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "a place has a type that is not listed"))
        }
        let types = places.map { distinct[$0] }
        if let axis = try fields.decodeIfPresent(Int.self, forKey: .axis) {
            self = .axis(axis, types)
        } else {
            self = .each(types)
        }
    }

    public func encode(to encoder: any Encoder) throws {
        let types: [FixedType]
        var axis: Int?
        switch self {
        case .uniform(let type):
            var container = encoder.singleValueContainer()
            return try container.encode(type)
        case .axis(let place, let all):
            axis = place
            types = all
        case .each(let all): types = all
        }
        let distinct = DistinctTypes(of: types)
        let names = distinct.types.map { $0.width == 0 ? Self.zero : $0.description }
        var fields = encoder.container(keyedBy: Field.self)
        try fields.encodeIfPresent(axis, forKey: .axis)
        try fields.encode(names, forKey: .types)
        try fields.encode(distinct.places, forKey: .places)
    }
}
