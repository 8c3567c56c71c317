extension Numbers {
    /// Why stored numbers are not read.
    public enum Failure: Error, Hashable, Sendable {
        /// There are fewer bytes than the numbers take.
        case endsEarly
        /// An unsigned integer is beyond 2^63 - 1.
        case tooLarge
    }

    /// `count` numbers as a file stores them, one behind the other from offset `start` of its bytes.
    ///
    /// Nothing is allocated before the bytes were seen to be enough.
    public init(
        stored bytes: [UInt8], at start: Int = 0, count: Int, as element: ElementType, bigEndian: Bool = false
    ) throws(Failure) {
        guard start >= 0, start <= bytes.count else { throw .endsEarly }
        let result = bytes.withUnsafeBytes { buffer in
            Result { () throws(Failure) in
                try Self(
                    bytes: UnsafeRawBufferPointer(rebasing: buffer[start...]), count: count, as: element,
                    bigEndian: bigEndian)
            }
        }
        self = try result.get()
    }

    /// `count` numbers that lie one behind the other from the beginning of some bytes, which are only looked at.
    ///
    /// Nothing is allocated before the bytes were seen to be enough.
    public init(
        bytes: UnsafeRawBufferPointer, count: Int, as element: ElementType, bigEndian: Bool = false
    ) throws(Failure) {
        guard count >= 0, count <= bytes.count / element.size else { throw .endsEarly }
        func words<Word: FixedWidthInteger, Value>(_: Word.Type, _ value: (Word) -> Value) -> [Value] {
            let size = MemoryLayout<Word>.size
            return (0..<count).map { index in
                let word = bytes.loadUnaligned(fromByteOffset: index * size, as: Word.self)
                return value(bigEndian ? Word(bigEndian: word) : Word(littleEndian: word))
            }
        }
        switch element {
        case .float16: self = .float32(words(UInt16.self, Self.single(half:)))
        case .bfloat16: self = .float32(words(UInt16.self) { Float(bitPattern: UInt32($0) << 16) })
        case .float32: self = .float32(words(UInt32.self) { Float(bitPattern: $0) })
        case .float64: self = .float64(words(UInt64.self) { Double(bitPattern: $0) })
        case .int8: self = .int64(words(Int8.self) { Int64($0) })
        case .int16: self = .int64(words(Int16.self) { Int64($0) })
        case .int32: self = .int64(words(Int32.self) { Int64($0) })
        case .int64: self = .int64(words(Int64.self) { $0 })
        case .uint8: self = .int64(words(UInt8.self) { Int64($0) })
        case .uint16: self = .int64(words(UInt16.self) { Int64($0) })
        case .uint32: self = .int64(words(UInt32.self) { Int64($0) })
        case .uint64:
            let values = words(UInt64.self) { $0 }
            guard values.allSatisfy({ $0 <= UInt64(Int64.max) }) else { throw .tooLarge }
            self = .int64(values.map { Int64($0) })
        case .bool: self = .int64(words(UInt8.self) { $0 == 0 ? 0 : 1 })
        }
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
