public import FixedPoint
public import LayerKit

extension QuantizedActivation {
    /// The activation behind `scale x + bias`, where its values are told apart by comparisons; nil elsewhere.
    public func behind(_ affine: Affine) -> QuantizedActivation? {
        guard functions.isEmpty, input == nil, scale == nil else { return nil }
        switch grid {
        case .binary, .ternary:
            var result = self
            result.input = affine
            return result
        case .fixed, .powersOfTwo: return nil
        }
    }

    /// The type that saturates at its ends and that every element is cast to; nil where the elements differ, or where
    /// something is computed besides.
    public var saturatingType: FixedType? {
        guard case .fixed(.uniform(let type)) = grid, functions.isEmpty, scale == nil, input == nil else { return nil }
        return type.overflow == .sat || type.overflow == .satSym ? type : nil
    }
}
