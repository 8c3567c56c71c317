/// What an `.npy` file states about its numbers: `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`.
struct NpyHeader: Equatable {
    var element: NpyElement
    var bigEndian = false
    var fortranOrder = false
    var shape: [Int]

    /// The text that NumPy writes, padding included: room to grow the first axis in place up to 21 digits, then spaces
    /// until the data begin at a multiple of 64.
    var text: String {
        let sizes = shape.count == 1 ? "\(shape[0])," : shape.map(String.init).joined(separator: ", ")
        let order = element.size == 1 ? "|" : bigEndian ? ">" : "<"
        var text = "{'descr': '\(order)\(element.code)', 'fortran_order': \(fortranOrder ? "True" : "False"), "
        text += "'shape': (\(sizes)), }"
        if let growing = fortranOrder ? shape.last : shape.first {
            text += String(repeating: " ", count: max(0, 21 - String(growing).utf8.count))
        }
        let prefix = NpyFile.magic.count + 4
        text += String(repeating: " ", count: 63 - (prefix + text.utf8.count) % 64)
        return text + "\n"
    }
}

/// The type of an element.
enum NpyElement: String, CaseIterable {
    case half = "f2"
    case single = "f4"
    case double = "f8"
    case int8 = "i1"
    case int16 = "i2"
    case int32 = "i4"
    case int64 = "i8"
    case uint8 = "u1"
    case uint16 = "u2"
    case uint32 = "u4"
    case uint64 = "u8"
    case bool = "b1"

    var code: String { rawValue }

    /// In bytes.
    var size: Int {
        switch self {
        case .int8, .uint8, .bool: 1
        case .half, .int16, .uint16: 2
        case .single, .int32, .uint32: 4
        case .double, .int64, .uint64: 8
        }
    }
}
