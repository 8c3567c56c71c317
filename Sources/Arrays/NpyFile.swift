public import Basics

/// The container: magic, version, length of the header, header, numbers.
enum NpyFile {
    static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

    /// The header and where the numbers begin.
    static func header(_ bytes: [UInt8]) throws(NpyHeader.Failure) -> (NpyHeader, start: Int) {
        guard bytes.starts(with: magic), bytes.count >= magic.count + 4 else {
            throw NpyHeader.Failure(message: "not a NumPy array (.npy)", help: "save it with numpy.save")
        }
        let version = bytes[6]
        let lengthBytes: Int
        switch version {
        case 1: lengthBytes = 2
        case 2, 3: lengthBytes = 4
        default: throw NpyHeader.Failure(message: "version \(version) of the .npy format is not known")
        }
        let prefix = magic.count + 2 + lengthBytes
        guard bytes.count >= prefix else { throw NpyHeader.Failure(message: "the header is cut off") }
        let length = bytes[8..<prefix].reversed().reduce(0) { $0 << 8 | Int($1) }
        guard length <= bytes.count - prefix else { throw NpyHeader.Failure(message: "the header is cut off") }
        guard length <= NpyHeader.lengthLimit else {
            throw NpyHeader.Failure(message: "a header of \(length) bytes is not one")
        }
        guard let text = String(validating: bytes[prefix..<prefix + length], as: UTF8.self) else {
            throw NpyHeader.Failure(message: "the header is not text")
        }
        return (try NpyHeader(parsing: text), prefix + length)
    }
}

extension NpyHeader {
    /// The numbers behind the header, in the order of the file.
    fileprivate func numbers(_ bytes: [UInt8], at start: Int, count: Int) throws(Failure) -> Numbers {
        do throws(Numbers.Failure) {
            return try Numbers(stored: bytes, at: start, count: count, as: element, bigEndian: bigEndian)
        } catch {
            switch error {
            case .endsEarly: throw Failure(message: "the file ends early", help: "copy or save it again")
            case .tooLarge:
                throw Failure(message: "it has integers beyond 2^63 - 1", help: "save it as int64 or float64")
            }
        }
    }
}

extension NpyArray {
    /// Reads an `.npy` file of version 1 to 3: half, single, double precision, integers of 8 to 64 bits, truth values,
    /// in both byte orders, in C or Fortran order (which is turned into C order).
    ///
    /// Nothing is allocated before the file was seen to be as long as its header says.
    public static func read(_ bytes: [UInt8], name: String) throws(DiagnosticError) -> NpyArray {
        do throws(NpyHeader.Failure) {
            let (header, start) = try NpyFile.header(bytes)
            let available = bytes.count - start
            guard let count = Count.elements(header.shape) else {
                throw NpyHeader.Failure(message: "the shape \(header.shape) is not one")
            }
            guard count <= available / header.element.size else {
                throw NpyHeader.Failure(
                    message: "the file ends early: shape \(header.shape) needs \(count) elements of "
                        + "\(header.element.size) bytes, there are \(available) bytes",
                    help: "is it complete? copy or save it again")
            }
            try checkRoom(for: count)
            // Samples of no numbers are still counted by whoever goes through them.
            guard let size = Count.elements(header.shape.filter { $0 != 0 }), size <= InputLimit.data.elements else {
                throw NpyHeader.Failure(message: "the shape \(header.shape) is of more than any array has")
            }
            guard count * header.element.size == available else {
                throw NpyHeader.Failure(
                    message: "\(available - count * header.element.size) bytes follow the array",
                    help: "one array a file is read")
            }
            var values = try header.numbers(bytes, at: start, count: count)
            if header.fortranOrder, header.shape.count > 1 { values = values.rowMajor(from: header.shape) }
            guard let array = NpyArray(shape: header.shape, values: values) else {
                throw NpyHeader.Failure(message: "the shape \(header.shape) is not one")
            }
            return array
        } catch {
            throw DiagnosticError(.error("'\(name)': \(error.message)", help: error.help))
        }
    }

    /// Whether so many numbers may be read, and fit into memory as what they become: numbers of the widest types, and
    /// words of the firmware.
    private static func checkRoom(for count: Int) throws(NpyHeader.Failure) {
        let limit = InputLimit.data.elements
        guard count <= limit else {
            throw NpyHeader.Failure(message: "\(count) numbers are more than the \(limit) that are read")
        }
        guard AddressSpace.hasRoom(for: 32 * count) else {
            throw NpyHeader.Failure(
                message: "its \(count) numbers do not fit into the memory that this process may take",
                help: "give fewer samples at a time, or allow more address space ('ulimit -v')")
        }
    }

    /// The array as an `.npy` file: the bytes that `numpy.save` writes.
    public var encoded: [UInt8] {
        let element: ElementType =
            switch values {
            case .float32: .float32
            case .float64: .float64
            case .int64: .int64
            }
        let text = Array(NpyHeader(element: element, shape: shape).text.utf8)
        // Version 1 while the length fits in 16 bits.
        let long = text.count > Int(UInt16.max)
        var bytes = NpyFile.magic + [long ? 2 : 1, 0]
        for shift in 0..<(long ? 4 : 2) { bytes.append(UInt8(truncatingIfNeeded: text.count >> (8 * shift))) }
        bytes.reserveCapacity(bytes.count + text.count + values.count * element.size)
        bytes += text
        switch values {
        case .float32(let values): bytes.append(words: values.lazy.map(\.bitPattern))
        case .float64(let values): bytes.append(words: values.lazy.map(\.bitPattern))
        case .int64(let values): bytes.append(words: values)
        }
        return bytes
    }
}

extension [UInt8] {
    fileprivate mutating func append<Word: FixedWidthInteger>(words: some Sequence<Word>) {
        for word in words { Swift.withUnsafeBytes(of: word.littleEndian) { append(contentsOf: $0) } }
    }
}
