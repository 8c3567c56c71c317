/// What an `.npy` file states about its numbers: `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`.
struct NpyHeader: Equatable {
    var element: ElementType
    var bigEndian = false
    var fortranOrder = false
    var shape: [Int]

    /// The text that NumPy writes, padding included: room to grow the first axis in place up to 21 digits, then spaces
    /// until the data begin at a multiple of 64.
    var text: String {
        let sizes = shape.count == 1 ? "\(shape[0])," : shape.map(String.init).joined(separator: ", ")
        let order = element.size == 1 ? "|" : bigEndian ? ">" : "<"
        var text = "{'descr': '\(order)\(element.npyCode ?? "")', 'fortran_order': \(fortranOrder ? "True" : "False"), "
        text += "'shape': (\(sizes)), }"
        if let growing = fortranOrder ? shape.last : shape.first {
            text += String(repeating: " ", count: max(0, 21 - String(growing).utf8.count))
        }
        let prefix = NpyFile.magic.count + 4
        text += String(repeating: " ", count: 63 - (prefix + text.utf8.count) % 64)
        return text + "\n"
    }
}

extension ElementType {
    /// The type by NumPy's code without the byte order: `f4`. Nil for types whose numbers are not read.
    init?(npyCode: String) {
        guard let element = Self.allCases.first(where: { $0.npyCode == npyCode }) else { return nil }
        self = element
    }

    /// Nil for bfloat16, for which NumPy has no type.
    var npyCode: String? {
        switch self {
        case .float16: "f2"
        case .bfloat16: nil
        case .float32: "f4"
        case .float64: "f8"
        case .int8: "i1"
        case .int16: "i2"
        case .int32: "i4"
        case .int64: "i8"
        case .uint8: "u1"
        case .uint16: "u2"
        case .uint32: "u4"
        case .uint64: "u8"
        case .bool: "b1"
        }
    }
}
