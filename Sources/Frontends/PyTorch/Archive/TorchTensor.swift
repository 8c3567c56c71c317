internal import Arrays
internal import Basics
internal import LayerKit

/// A tensor as PyTorch keeps it: a view of numbers that lie in a file of an archive.
struct TorchTensor {
    /// The file of the archive.
    var path: String
    var element: ElementType
    var shape: Shape
    /// How many numbers further the next one lies, for each axis.
    var strides: [Int]
    /// Where in the file the first number lies, in numbers.
    var offset: Int

    /// The numbers, row-major.
    ///
    /// Nothing is allocated before the bytes were seen to be enough for the view; a view that repeats numbers (stride
    /// 0) may have as many as a tensor of a network may.
    func load(_ bytes: [UInt8], bigEndian: Bool, name: String) throws(LayerError) -> Tensor {
        func wrong(_ what: String) -> LayerError { LayerError("the tensor '\(name)' \(what)") }
        guard strides.count == shape.count, offset >= 0, strides.allSatisfy({ $0 >= 0 }),
            let count = Count.elements(shape)
        else { throw wrong("has the shape \(shape) and strides \(strides), which is no tensor") }
        let stored = bytes.count / element.size
        let last = zip(shape, strides).reduce(offset) { Count.plus($0, Count.times($1.0 - 1, $1.1)) }
        guard count == 0 || last < stored else {
            throw wrong("of shape \(shape) reaches beyond the \(stored) numbers that are stored for it")
        }
        guard count <= max(stored, InputLimit.tensor.elements) else {
            throw wrong("of shape \(shape) has more numbers than the \(InputLimit.tensor.elements) possible")
        }
        let numbers: Numbers
        do throws(Numbers.Failure) {
            if isContiguous {
                numbers = try Numbers(
                    stored: bytes, at: Count.times(offset, element.size), count: count, as: element,
                    bigEndian: bigEndian)
            } else {
                let all = try Numbers(stored: bytes, count: stored, as: element, bigEndian: bigEndian)
                numbers = all.taking(Self.places(shape, strides, offset))
            }
        } catch {
            throw wrong("is not stored whole")
        }
        guard let tensor = Tensor(shape: shape, numbers: numbers) else { throw wrong("is not stored whole") }
        return tensor
    }

    /// Whether the numbers lie row-major without gaps. The stride of an axis of one element means nothing.
    private var isContiguous: Bool {
        var expected = 1
        for (size, stride) in zip(shape, strides).reversed() where size != 1 {
            if stride != expected { return false }
            expected = Count.times(expected, size)
        }
        return true
    }

    /// Where the elements of a view lie, row-major.
    private static func places(_ shape: Shape, _ strides: [Int], _ offset: Int) -> [Int] {
        zip(shape, strides).reduce([offset]) { places, axis in
            places.flatMap { place in (0..<axis.0).map { place + $0 * axis.1 } }
        }
    }
}

extension Numbers {
    /// The numbers at these places, in their order.
    ///
    /// Precondition: there are such numbers.
    func taking(_ places: [Int]) -> Numbers {
        switch self {
        case .float32(let values): .float32(places.map { values[$0] })
        case .float64(let values): .float64(places.map { values[$0] })
        case .int64(let values): .int64(places.map { values[$0] })
        }
    }
}

extension ElementType {
    /// The type that a `ScalarType` of torch.export's schema means; nil for those that are not read (complex numbers,
    /// 8-bit floats).
    init?(exported code: Int) {
        switch code {
        case 1: self = .uint8
        case 2: self = .int8
        case 3: self = .int16
        case 4: self = .int32
        case 5: self = .int64
        case 6: self = .float16
        case 7: self = .float32
        case 8: self = .float64
        case 12: self = .bool
        case 13: self = .bfloat16
        case 28: self = .uint16
        default: return nil
        }
    }

    /// The type of the numbers in a storage of PyTorch, by the name of its class.
    init?(storage name: String) {
        switch name {
        case "torch.FloatStorage": self = .float32
        case "torch.DoubleStorage": self = .float64
        case "torch.HalfStorage": self = .float16
        case "torch.BFloat16Storage": self = .bfloat16
        case "torch.LongStorage": self = .int64
        case "torch.IntStorage": self = .int32
        case "torch.ShortStorage": self = .int16
        case "torch.CharStorage": self = .int8
        case "torch.ByteStorage": self = .uint8
        case "torch.BoolStorage": self = .bool
        default: return nil
        }
    }

    var isFloatingPoint: Bool {
        switch self {
        case .float16, .bfloat16, .float32, .float64: true
        case .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64, .bool: false
        }
    }
}
