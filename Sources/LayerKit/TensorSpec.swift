internal import Basics
public import FixedPoint
public import Options

/// What is known of a tensor before it has numbers: the types of its elements and its shape.
public struct TensorSpec: Hashable, Sendable {
    public var types: ElementTypes
    public var shape: Shape

    public init(types: ElementTypes, shape: Shape) {
        self.types = types
        self.shape = shape
    }

    /// A tensor whose elements are all of one type.
    public init(_ type: FixedType, _ shape: Shape) { self.init(types: .uniform(type), shape: shape) }

    /// The type that holds every element: raw integers are in units of its last place.
    public var type: FixedType { types.storage }

    /// The number of elements.
    public var count: Int { shape.elementCount }

    /// The elements that pass together in a stream: those of the last axis.
    public var channels: Int { max(1, shape.last ?? 1) }

    /// Bits of all elements in the type that holds each.
    public var bits: Int { Count.times(count, type.width) }

    /// How many groups of `channels` elements there are.
    public var groups: Int { max(1, count / channels) }

    /// The raw value that a number which enters has as the element at a row-major place, in units of the last place of
    /// `type`.
    public func quantize(_ value: Double, at place: Int, _ compat: Compat) -> Int128 {
        if case .uniform(let type) = types { return type.quantize(entering: value, compat) }
        let own = types.type(at: place, in: shape)
        return own.width == 0 ? 0 : own.quantize(entering: value, compat) << Int128(own.lift(to: type))
    }
}
