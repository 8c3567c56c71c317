public import FixedPoint

/// The distinct types of a row of elements, and which element has which: what takes work for each type (a cast, a
/// quantiser, a line of text) is made once for each of them and found by an element's place.
public struct DistinctTypes: Hashable, Sendable {
    /// Each type once, in the order in which the elements first have it.
    public private(set) var types: [FixedType] = []
    /// For each element, its type's place in `types`; empty where all elements are alike.
    public private(set) var places: [Int] = []

    /// The types of the elements of a row.
    public init(of elements: [FixedType]) {
        var known: [FixedType: Int] = [:]
        for type in elements {
            let place = known[type] ?? types.count
            if place == types.count {
                known[type] = place
                types.append(type)
            }
            places.append(place)
        }
    }

    /// One type, whatever the number of elements.
    public init(all type: FixedType) { types = [type] }

    /// The place in `types` of an element's type.
    public func place(of element: Int) -> Int { places.isEmpty ? 0 : places[element] }
}

extension ElementTypes {
    /// The distinct types of the elements of a tensor, row-major.
    public func distinct(in shape: Shape) -> DistinctTypes {
        switch self {
        case .uniform(let type): DistinctTypes(all: type)
        case .axis, .each: DistinctTypes(of: all(in: shape))
        }
    }

    /// The distinct types of as many elements as it takes for them to repeat: one group of channels, where the types
    /// differ by channel; else the whole tensor.
    public func repeating(in shape: Shape) -> DistinctTypes {
        if case .axis(let axis, let types) = self, axis == shape.count - 1 { return DistinctTypes(of: types) }
        return distinct(in: shape)
    }
}
