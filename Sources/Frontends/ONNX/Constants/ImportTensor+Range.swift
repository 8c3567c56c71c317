internal import Arrays
internal import LayerKit

extension ImportTensor {
    /// The whole numbers that `QuantizeLinear` gives with such a zero point.
    func wholeNumbers() throws(LayerError) -> ClosedRange<Double> {
        let all = Double(1 << min(bits, 32))
        switch element {
        case .int8, .int16, .int32: return -all / 2...all / 2 - 1
        case .uint8, .uint16: return 0...all - 1
        default:
            throw LayerError(
                "a zero point of type \(element.rawValue) is not supported", attribute: "zero_point",
                help: "integers of 2, 4, 8, 16 and 32 bits are")
        }
    }
}
