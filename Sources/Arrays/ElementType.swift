/// How a file stores a number.
public enum ElementType: String, CaseIterable, Hashable, Sendable {
    case float16, bfloat16, float32, float64
    case int8, int16, int32, int64
    case uint8, uint16, uint32, uint64
    /// A truth value in a byte of its own: 0 is false, anything else true.
    case bool

    /// In bytes.
    public var size: Int {
        switch self {
        case .int8, .uint8, .bool: 1
        case .float16, .bfloat16, .int16, .uint16: 2
        case .float32, .int32, .uint32: 4
        case .float64, .int64, .uint64: 8
        }
    }
}
