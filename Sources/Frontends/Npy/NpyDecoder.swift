/// Turns the bytes behind a header into numbers, in the order of the file.
struct NpyDecoder {
    let header: NpyHeader
    let start: Int
    let count: Int

    /// Precondition: the bytes reach to the end of the numbers.
    func values(_ bytes: [UInt8]) throws(NpyHeader.Failure) -> NpyArray.Values {
        switch header.element {
        case .half: .float32(words(bytes, UInt16.self) { Self.single(half: $0) })
        case .single: .float32(words(bytes, UInt32.self) { Float(bitPattern: $0) })
        case .double: .float64(words(bytes, UInt64.self) { Double(bitPattern: $0) })
        case .int8: .int64(words(bytes, Int8.self) { Int64($0) })
        case .int16: .int64(words(bytes, Int16.self) { Int64($0) })
        case .int32: .int64(words(bytes, Int32.self) { Int64($0) })
        case .int64: .int64(words(bytes, Int64.self) { $0 })
        case .uint8: .int64(words(bytes, UInt8.self) { Int64($0) })
        case .uint16: .int64(words(bytes, UInt16.self) { Int64($0) })
        case .uint32: .int64(words(bytes, UInt32.self) { Int64($0) })
        case .uint64: .int64(try unsigned(bytes))
        case .bool: .int64(words(bytes, UInt8.self) { $0 == 0 ? 0 : 1 })
        }
    }

    private func words<Word: FixedWidthInteger, Value>(
        _ bytes: [UInt8], _: Word.Type, _ value: (Word) -> Value
    ) -> [Value] {
        let size = MemoryLayout<Word>.size
        return bytes.withUnsafeBytes { buffer in
            (0..<count).map { index in
                let word = buffer.loadUnaligned(fromByteOffset: start + index * size, as: Word.self)
                return value(header.bigEndian ? Word(bigEndian: word) : Word(littleEndian: word))
            }
        }
    }

    private func unsigned(_ bytes: [UInt8]) throws(NpyHeader.Failure) -> [Int64] {
        let values = words(bytes, UInt64.self) { $0 }
        guard values.allSatisfy({ $0 <= UInt64(Int64.max) }) else {
            throw NpyHeader.Failure(message: "it has integers beyond 2^63 - 1", help: "save it as int64 or float64")
        }
        return values.map { Int64($0) }
    }

    /// IEEE 754 binary16 as binary32. Spelt out because not every platform has Float16.
    static func single(half bits: UInt16) -> Float {
        let sign: Float = bits & 0x8000 == 0 ? 1 : -1
        let exponent = Int(bits >> 10 & 31), fraction = Float(bits & 1023)
        switch exponent {
        case 0: return sign * fraction * 0x1p-24
        case 31: return fraction == 0 ? sign * .infinity : .nan
        default: return sign * Float(sign: .plus, exponent: exponent - 15, significand: 1 + fraction / 1024)
        }
    }
}

extension NpyArray.Values {
    /// The values of an array of the given shape in row-major order, where they lie with the first axis fastest.
    func rowMajor(from shape: [Int]) -> Self {
        switch self {
        case .float32(let values): .float32(Self.reordered(values, shape))
        case .float64(let values): .float64(Self.reordered(values, shape))
        case .int64(let values): .int64(Self.reordered(values, shape))
        }
    }

    private static func reordered<Value>(_ values: [Value], _ shape: [Int]) -> [Value] {
        guard !values.isEmpty else { return values }
        var strides: [Int] = []
        var stride = 1
        for size in shape {
            strides.append(stride)
            stride *= size
        }
        var index = [Int](repeating: 0, count: shape.count)
        var offset = 0
        return values.indices.map { _ in
            let value = values[offset]
            // Count up, the last axis fastest.
            var axis = shape.count - 1
            while axis >= 0 {
                index[axis] += 1
                offset += strides[axis]
                if index[axis] < shape[axis] { break }
                offset -= index[axis] * strides[axis]
                index[axis] = 0
                axis -= 1
            }
            return value
        }
    }
}
