internal import Arrays
internal import Basics
internal import LayerKit
internal import ONNXFormat

/// Where the numbers of an ONNX model's tensors are found: in the message itself, or in a file beside the model.
struct ONNXData {
    /// The model's file, as the user calls it.
    let model: String
    let beside: [ModelFiles.File]

    /// The numbers of a tensor.
    ///
    /// Shape, type and the bytes that are there are compared before memory is taken.
    func tensor(_ tensor: Onnx_Tensor) throws(LayerError) -> ImportTensor {
        let shape = tensor.dims.map { Int($0) }
        guard let count = Count.elements(shape) else { throw LayerError("\(shape) is not a shape") }
        guard !tensor.hasSegment else { throw LayerError("it is stored in segments, which is not supported") }
        let element = try Self.element(tensor.dataType)
        let numbers: Numbers
        if tensor.dataLocation == 1 {
            numbers = try external(tensor, count, element)
        } else if tensor.hasRawData {
            guard Count.times(count, element.size) == tensor.rawCount else {
                throw Self.wrong(count, element, "\(tensor.rawCount) bytes")
            }
            numbers = try tensor.withRawBytes { bytes in Self.numbers(bytes, count, element) }.get()
        } else {
            numbers = try Self.listed(tensor, count, element)
        }
        guard let loaded = Tensor(shape: shape, numbers: numbers) else {
            throw Self.wrong(count, element, "\(numbers.count) numbers")
        }
        return ImportTensor(loaded, storedAs: element)
    }

    private static func wrong(_ count: Int, _ element: ElementType, _ found: String) -> LayerError {
        LayerError("its shape asks for \(count) numbers of type \(element.rawValue), but it has \(found)")
    }

    private static func element(_ type: Int32) throws(LayerError) -> ElementType {
        switch type {
        case 1: return .float32
        case 2: return .uint8
        case 3: return .int8
        case 4: return .uint16
        case 5: return .int16
        case 6: return .int32
        case 7: return .int64
        case 9: return .bool
        case 10: return .float16
        case 11: return .float64
        case 12: return .uint32
        case 13: return .uint64
        case 16: return .bfloat16
        default:
            throw LayerError(
                "its numbers are of type \(type), which is not supported",
                help: "texts, complex numbers, and numbers of less than 8 bits are not read")
        }
    }

    private static func numbers(
        _ bytes: UnsafeRawBufferPointer, _ count: Int, _ element: ElementType
    ) -> Result<Numbers, LayerError> {
        do throws(Numbers.Failure) {
            return .success(try Numbers(bytes: bytes, count: count, as: element))
        } catch {
            switch error {
            case .endsEarly: return .failure(wrong(count, element, "\(bytes.count) bytes"))
            case .tooLarge: return .failure(LayerError("it has integers beyond 2^63 - 1"))
            }
        }
    }

    /// Numbers in the fields for one type each; small ones share that of 32-bit integers, half ones as their bits.
    private static func listed(
        _ tensor: Onnx_Tensor, _ count: Int, _ element: ElementType
    ) throws(LayerError) -> Numbers {
        switch element {
        case .float32: return .float32(tensor.floatData)
        case .float64: return .float64(tensor.doubleData)
        case .int64: return .int64(tensor.int64Data)
        case .uint32, .uint64:
            guard tensor.uint64Data.allSatisfy({ $0 <= UInt64(Int64.max) }) else {
                throw LayerError("it has integers beyond 2^63 - 1")
            }
            return .int64(tensor.uint64Data.map { Int64($0) })
        case .int8, .int16, .int32, .uint8, .uint16, .bool: return .int64(tensor.int32Data.map { Int64($0) })
        case .float16, .bfloat16:
            guard tensor.int32Data.count == count else {
                throw wrong(count, element, "\(tensor.int32Data.count) numbers")
            }
            let words = tensor.int32Data.map { UInt16(truncatingIfNeeded: $0).littleEndian }
            return try words.withUnsafeBytes { numbers($0, count, element) }.get()
        }
    }

    /// Numbers in a file beside the model, by its name, and where in it they lie.
    private func external(_ tensor: Onnx_Tensor, _ count: Int, _ element: ElementType) throws(LayerError) -> Numbers {
        let fields = Dictionary(
            tensor.externalData.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
        guard let location = fields["location"], !location.isEmpty else {
            throw LayerError("its numbers are in another file, which is not named")
        }
        guard let file = beside.first(where: { $0.name.isExactly(location) }) else {
            throw LayerError(
                "its numbers are in the file '\(location)', which is not there",
                help: "name both: model: {architecture: \(model), weights: \(location)}")
        }
        let offset = try Self.number(fields["offset"]) ?? 0
        let length = try Self.number(fields["length"]) ?? Count.times(count, element.size)
        guard Count.times(count, element.size) == length else { throw Self.wrong(count, element, "\(length) bytes") }
        guard offset <= file.bytes.count, length <= file.bytes.count - offset else {
            throw LayerError(
                "'\(location)' ends before offset \(offset) and \(length) bytes", help: "copy or save it again")
        }
        return try file.bytes.withUnsafeBytes {
            Self.numbers(UnsafeRawBufferPointer(rebasing: $0[offset..<offset + length]), count, element)
        }.get()
    }

    private static func number(_ text: String?) throws(LayerError) -> Int? {
        guard let text else { return nil }
        guard let number = Int(text), number >= 0 else {
            throw LayerError("'\(text)' is no place in the file of its numbers")
        }
        return number
    }
}
