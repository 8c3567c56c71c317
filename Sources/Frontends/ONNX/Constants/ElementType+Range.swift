internal import Arrays
internal import LayerKit

extension ElementType {
    /// The whole numbers that `QuantizeLinear` gives in a type.
    func wholeNumbers() throws(LayerError) -> ClosedRange<Double> {
        switch self {
        case .int8: return -128...127
        case .uint8: return 0...255
        case .int16: return -32768...32767
        case .uint16: return 0...65535
        case .int32: return -0x1p31...0x1p31 - 1
        default:
            throw LayerError(
                "a zero point of type \(rawValue) is not supported", attribute: "zero_point",
                help: "integers of 8, 16 and 32 bits are")
        }
    }
}
