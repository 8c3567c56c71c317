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
        let type = try ONNXNumberType(code: tensor.dataType)
        let numbers: Numbers
        if tensor.dataLocation == 1 {
            numbers = try external(tensor, count, type)
        } else if tensor.hasRawData {
            guard type.size(of: count) == tensor.rawCount else {
                throw Self.wrong(count, type, "\(tensor.rawCount) bytes")
            }
            numbers = try tensor.withRawBytes { bytes in Self.numbers(bytes, count, type) }.get()
        } else {
            numbers = try Self.listed(tensor, count, type)
        }
        guard let loaded = Tensor(shape: shape, numbers: numbers) else {
            throw Self.wrong(count, type, "\(numbers.count) numbers")
        }
        return ImportTensor(loaded, storedAs: type.element, bits: type.bits)
    }

    private static func wrong(_ count: Int, _ type: ONNXNumberType, _ found: String) -> LayerError {
        let name = if case .whole(let element) = type { element.rawValue } else { "\(type.bits) bits" }
        return LayerError("its shape asks for \(count) numbers of type \(name), but it has \(found)")
    }

    private static func numbers(
        _ bytes: UnsafeRawBufferPointer, _ count: Int, _ type: ONNXNumberType
    ) -> Result<Numbers, LayerError> {
        do throws(Numbers.Failure) {
            return .success(try type.numbers(bytes, count))
        } catch {
            switch error {
            case .endsEarly: return .failure(wrong(count, type, "\(bytes.count) bytes"))
            case .tooLarge: return .failure(LayerError("it has integers beyond 2^63 - 1"))
            }
        }
    }

    /// Numbers in the fields for one type each; small ones share that of 32-bit integers, half ones as their bits.
    private static func listed(
        _ tensor: Onnx_Tensor, _ count: Int, _ type: ONNXNumberType
    ) throws(LayerError) -> Numbers {
        guard case .whole(let element) = type else {
            // Several share one as they share a byte.
            guard tensor.int32Data.count == type.size(of: count) else {
                throw wrong(count, type, "\(tensor.int32Data.count) numbers")
            }
            let bytes = tensor.int32Data.map { UInt8(truncatingIfNeeded: $0) }
            return try bytes.withUnsafeBytes { numbers($0, count, type) }.get()
        }
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
                throw wrong(count, type, "\(tensor.int32Data.count) numbers")
            }
            let words = tensor.int32Data.map { UInt16(truncatingIfNeeded: $0).littleEndian }
            return try words.withUnsafeBytes { numbers($0, count, type) }.get()
        }
    }

    /// Numbers in a file beside the model, by its name, and where in it they lie.
    private func external(
        _ tensor: Onnx_Tensor, _ count: Int, _ type: ONNXNumberType
    ) throws(LayerError) -> Numbers {
        let fields = Dictionary(
            tensor.externalData.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
        guard let location = fields["location"], !location.isEmpty else {
            throw LayerError("its numbers are in another file, which is not named")
        }
        guard !PathText.isAbsolute(location), !PathText.leaves(location) else {
            throw LayerError(
                "its numbers are in '\(location)', which is not below the model's folder",
                help: "save it beside the model: onnx.save_model(model, 'model.onnx', save_as_external_data=True, "
                    + "location='model.onnx.data')")
        }
        guard let file = beside.first(where: { $0.name.isExactly(location) }) else {
            throw LayerError(
                "its numbers are in the file '\(location)', which is not there",
                help: "one file beside the model is found, with all numbers in it; or name both: "
                    + "model: {architecture: \(model), weights: \(location)}")
        }
        let offset = try Self.number(fields["offset"]) ?? 0
        let length = try Self.number(fields["length"]) ?? type.size(of: count)
        guard type.size(of: count) == length else { throw Self.wrong(count, type, "\(length) bytes") }
        guard offset <= file.bytes.count, length <= file.bytes.count - offset else {
            throw LayerError(
                "'\(location)' ends before offset \(offset) and \(length) bytes", help: "copy or save it again")
        }
        return try file.bytes.withUnsafeBytes {
            Self.numbers(UnsafeRawBufferPointer(rebasing: $0[offset..<offset + length]), count, type)
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
