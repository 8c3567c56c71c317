public import Arrays
internal import Basics

/// Trained numbers as a reader finds them: at hand, or in a file of their own that is read when they are asked for.
public struct ImportTensor: Hashable, Sendable {
    public let shape: Shape
    public let element: ElementType
    /// How many bits of the element's the numbers have, where a file stores several in a byte.
    public let bits: Int
    /// What made the numbers what they are; nil: nothing did.
    public var quantizer: TrainedQuantizer?
    private let storage: Storage

    private enum Storage: Hashable, Sendable {
        case atHand(Numbers)
        case external(ExternalNumbers)
    }

    /// Numbers at hand.
    public init(_ tensor: Tensor) {
        shape = tensor.shape
        element =
            switch tensor.numbers {
            case .float32: .float32
            case .float64: .float64
            case .int64: .int64
            }
        bits = 8 * element.size
        storage = .atHand(tensor.numbers)
    }

    /// Numbers at hand that a file stores as another type, which tells what they can be.
    public init(_ tensor: Tensor, storedAs element: ElementType, bits: Int? = nil) {
        shape = tensor.shape
        self.element = element
        self.bits = bits ?? 8 * element.size
        storage = .atHand(tensor.numbers)
    }

    /// Numbers elsewhere. Nothing is read yet.
    public init(shape: Shape, element: ElementType, in place: ExternalNumbers) {
        self.shape = shape
        self.element = element
        bits = 8 * element.size
        storage = .external(place)
    }

    /// The numbers.
    ///
    /// Of numbers elsewhere the sizes are compared first, shape against stated length against file, so that no size
    /// that a file states takes more memory than the file has bytes.
    public func load() throws(LayerError) -> Tensor {
        guard let count = Count.elements(shape) else { throw LayerError("\(shape) is not a shape") }
        let numbers: Numbers
        switch storage {
        case .atHand(let values): numbers = values
        case .external(let place): numbers = try place.read(count, element)
        }
        guard let tensor = Tensor(shape: shape, numbers: numbers) else {
            throw LayerError("\(numbers.count) numbers do not have the shape \(shape)")
        }
        return tensor
    }
}

/// Where numbers lie in a file beside the model, little-endian and row-major.
public struct ExternalNumbers: Hashable, Sendable {
    /// The file as the user knows it, for messages.
    public let name: String
    public let path: String
    /// Both in bytes.
    public let offset: Int
    public let length: Int

    public init(name: String, path: String, offset: Int, length: Int) {
        self.name = name
        self.path = path
        self.offset = offset
        self.length = length
    }

    fileprivate func read(_ count: Int, _ element: ElementType) throws(LayerError) -> Numbers {
        guard Count.times(count, element.size) == length else {
            throw LayerError(
                "\(count) numbers of type \(element.rawValue) take \(Count.times(count, element.size)) bytes, but "
                    + "\(length) are stated for them in '\(name)'")
        }
        do {
            guard let bytes = try Files.read(path, at: offset, count: length) else {
                throw LayerError(
                    "'\(name)' ends before offset \(offset) and \(length) bytes", help: "copy or save it again")
            }
            return try Numbers(stored: bytes, count: count, as: element)
        } catch let error as LayerError {
            throw error
        } catch let error as FileError {
            throw LayerError(error.description)
        } catch {
            throw LayerError("'\(name)' has integers beyond 2^63 - 1 at offset \(offset)")
        }
    }
}
