internal import Arrays
internal import Basics
internal import LayerKit

/// What the child wrote, as `hdf5_child.h` lays it down. The child may have died or gone wild at any point: nothing in
/// here is trusted.
struct HDF5Dump {
    enum Result: Equatable {
        case content(HDF5Group)
        /// The file cannot be read: why.
        case failure(String)
        /// The records end early or make no sense.
        case cutOff
    }

    private let bytes: [UInt8]
    private var at = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The groups of the file of that name.
    func content(of file: String) -> Result {
        var reader = self
        switch reader.tag() {
        case "F": return reader.text().map(Result.failure) ?? .cutOff
        case "G":
            guard reader.text() == "", let root = reader.group(file, "/", depth: 0), reader.tag() == "Z" else {
                return .cutOff
            }
            return .content(root)
        default: return .cutOff
        }
    }

    /// The records of a group behind its beginning, its end included.
    private mutating func group(_ file: String, _ path: String, depth: Int) -> HDF5Group? {
        guard depth < 64 else { return nil }
        var group = HDF5Group(file: file, path: path)
        while let tag = tag() {
            if tag == "E" { return group }
            guard let name = text() else { return nil }
            switch tag {
            case "A":
                guard let strings = strings() else { return nil }
                group.attributes[ExactText(name)] = .strings(strings)
            case "B":
                guard let reason = text() else { return nil }
                group.attributes[ExactText(name)] = .unreadable(reason)
            case "D":
                guard let tensor = tensor() else { return nil }
                group.children[ExactText(name)] = .dataset(tensor)
            case "X":
                guard let reason = text() else { return nil }
                group.children[ExactText(name)] = .unreadable(reason)
            case "G":
                guard let inner = self.group(file, group.childPath(name), depth: depth + 1) else { return nil }
                group.children[ExactText(name)] = .group(inner)
            default: return nil
            }
        }
        return nil
    }

    private mutating func tag() -> Unicode.Scalar? {
        guard at < bytes.count else { return nil }
        defer { at += 1 }
        return Unicode.Scalar(bytes[at])
    }

    private mutating func number<Number: FixedWidthInteger>(_: Number.Type) -> Int? {
        let size = MemoryLayout<Number>.size
        guard bytes.count - at >= size else { return nil }
        defer { at += size }
        return Int(exactly: bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: at, as: Number.self) })
    }

    /// Text that is not UTF-8 is kept with replacement characters: it then matches no name, which is an error where
    /// it is looked for.
    private mutating func text() -> String? {
        guard let count = number(UInt32.self), count <= bytes.count - at else { return nil }
        defer { at += count }
        return String(decoding: bytes[at..<at + count], as: UTF8.self)
    }

    private mutating func strings() -> [String]? {
        guard let count = number(UInt32.self) else { return nil }
        var strings: [String] = []
        for _ in 0..<count {
            guard let string = text() else { return nil }
            strings.append(string)
        }
        return strings
    }

    private mutating func tensor() -> Tensor? {
        guard let element = element(), let rank = number(UInt32.self), rank <= 32 else { return nil }
        var shape: Shape = []
        for _ in 0..<rank {
            guard let size = number(UInt64.self) else { return nil }
            shape.append(size)
        }
        // Shape.elementCount multiplies without looking: the sizes beside a zero must not overflow it.
        guard let count = number(UInt64.self), Count.elements(shape) == count,
            Count.elements(shape.filter { $0 != 0 }) != nil,
            let numbers = try? Numbers(stored: bytes, at: at, count: count, as: element)
        else { return nil }
        at += count * element.size
        return Tensor(shape: shape, numbers: numbers)
    }

    private mutating func element() -> ElementType? {
        switch tag() {
        case "f": .float32
        case "d": .float64
        case "i": .int64
        default: nil
        }
    }
}
