public import FixedPoint

/// The types of a tensor's elements: all alike, alike along all axes but one, or each element its own.
///
/// Raw integers are always in units of the last place of `storage`, the one type that holds every element; an element
/// whose own type is narrower or coarser only ever takes the values of its own. A type of no bits (`none`) is that of
/// an element that is always zero.
public enum ElementTypes: Hashable, Sendable {
    case uniform(FixedType)
    /// One type for each place along an axis, counted from the front.
    case axis(Int, [FixedType])
    /// One type for each element, row-major.
    case each([FixedType])

    /// The type of an element that is always zero.
    public static let none = FixedType(width: 0, integer: 0, signed: false)

    /// The narrowest type that holds the values of all elements. It truncates and wraps, which never shows, since
    /// nothing is cast to it.
    public var storage: FixedType {
        switch self {
        case .uniform(let type): type
        case .axis(_, let types), .each(let types): Self.storage(of: types)
        }
    }

    private static func storage(of types: [FixedType]) -> FixedType {
        let real = types.filter { $0.width > 0 }
        guard let first = real.first else { return FixedType(width: 1, integer: 1, signed: false) }
        let signed = real.contains { $0.signed }
        var integer = Int.min, fraction = first.fraction
        for type in real {
            integer = max(integer, type.integer + (signed && !type.signed ? 1 : 0))
            fraction = max(fraction, type.fraction)
        }
        return FixedType(width: max(1, integer + fraction), integer: integer, signed: signed)
    }

    /// The type of the element at a row-major place of a tensor of the shape.
    public func type(at place: Int, in shape: Shape) -> FixedType {
        switch self {
        case .uniform(let type): return type
        case .axis(let axis, let types):
            let stride = shape.dropFirst(axis + 1).reduce(1, *)
            return types[place / max(1, stride) % types.count]
        case .each(let types): return types[place]
        }
    }

    /// The type of every element, row-major.
    public func all(in shape: Shape) -> [FixedType] {
        switch self {
        case .uniform(let type): [FixedType](repeating: type, count: shape.elementCount)
        case .axis: (0..<shape.elementCount).map { type(at: $0, in: shape) }
        case .each(let types): types
        }
    }

    /// Whether there is a type for each place of the shape, no more and no less.
    public func fits(_ shape: Shape) -> Bool {
        switch self {
        case .uniform: true
        case .axis(let axis, let types): shape.indices.contains(axis) && types.count == shape[axis]
        case .each(let types): types.count == shape.elementCount
        }
    }

    /// The types of the same elements, in the same order, under another shape.
    public func reshaped(from old: Shape, to new: Shape) -> ElementTypes {
        switch self {
        case .uniform, .each: return self
        case .axis(let axis, let types):
            // The last axis stays what it is where its size does; everything else is told by element.
            if axis == old.count - 1, old.last == new.last { return .axis(new.count - 1, types) }
            return .each(all(in: old))
        }
    }

    /// Casts prepared for every element: from a binary point `fraction` bits from the right to the element's own type,
    /// given in units of `storage`.
    public func casts<W: Word>(fromFraction fraction: Int, in shape: Shape) -> ElementCasts<W> {
        ElementCasts(self, shape, fraction)
    }
}

/// Casts of raw values to the types of a tensor's elements, the results in units of the storage type's last place.
public struct ElementCasts<W: Word>: Sendable {
    /// The distinct casts, and how far each result is raised to the storage type's last place.
    private let kinds: [(cast: Cast<W>, lift: W)]
    /// Of which kind each element is.
    private let distinct: DistinctTypes

    init(_ types: ElementTypes, _ shape: Shape, _ fraction: Int) {
        let storage = types.storage
        distinct = types.distinct(in: shape)
        kinds = distinct.types.map { type in
            (Cast<W>(fromFraction: fraction, to: type), W(type.lift(to: storage)))
        }
    }

    /// Casts a whole tensor.
    public func apply(_ input: UnsafePointer<W>, _ output: UnsafeMutablePointer<W>, count: Int) {
        guard !distinct.places.isEmpty else { return kinds[0].cast.apply(input, output, count: count) }
        for index in 0..<count { output[index] = self(input[index], at: index) }
    }

    /// Casts the element at a row-major place.
    public func callAsFunction(_ value: W, at place: Int) -> W {
        let kind = kinds[distinct.place(of: place)]
        return kind.cast(value) << kind.lift
    }
}

extension FixedType {
    /// By how many places a raw value of this type is raised to count in units of the last place of the type that holds
    /// it and others; the one value of a type of no bits stays.
    public func lift(to storage: FixedType) -> Int { width == 0 ? 0 : storage.fraction - fraction }
}
