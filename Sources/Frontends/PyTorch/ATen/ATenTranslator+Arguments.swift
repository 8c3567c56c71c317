internal import Arrays
internal import Basics
internal import LayerKit

/// What the call that is translated now is called with. Whatever was asked for counts as read.
extension ATenTranslator {
    /// Leaves arguments alone that change no number at inference.
    mutating func ignore(_ names: String...) { unread.subtract(names) }

    mutating func argument(_ name: String) -> ATenArgument {
        unread.remove(name)
        return call.arguments[name] ?? .none
    }

    private func wrong(_ name: String, _ argument: ATenArgument, _ expected: String) -> LayerError {
        LayerError("its argument '\(name)' is \(argument.summary), expected \(expected)", attribute: name)
    }

    mutating func has(_ name: String) -> Bool { argument(name) != .none }

    mutating func flag(_ name: String, default standard: Bool = false) throws(LayerError) -> Bool {
        switch argument(name) {
        case .none: return standard
        case .bool(let value): return value
        case let other: throw wrong(name, other, "true or false")
        }
    }

    mutating func integer(_ name: String, default standard: Int? = nil) throws(LayerError) -> Int {
        switch argument(name) {
        case .none where standard != nil: return standard ?? 0
        case .int(let value), .size(.known(let value)): return value
        case let other: throw wrong(name, other, "a whole number")
        }
    }

    mutating func real(_ name: String, default standard: Double? = nil) throws(LayerError) -> Double {
        switch argument(name) {
        case .none where standard != nil: return standard ?? 0
        case .int(let value), .size(.known(let value)): return Double(value)
        case .double(let value): return value
        case .bool(let value): return value ? 1 : 0
        case let other: throw wrong(name, other, "a number")
        }
    }

    mutating func text(_ name: String, default standard: String) throws(LayerError) -> String {
        switch argument(name) {
        case .none: return standard
        case .text(let value): return value
        case let other: throw wrong(name, other, "text")
        }
    }

    /// Whole numbers; nil where the argument is left out, and one alone counts as a list of one.
    mutating func sizes(_ name: String) throws(LayerError) -> [Int]? {
        let value = argument(name)
        switch value {
        case .none: return nil
        case .int(let size): return [size]
        case .sizes(let sizes):
            return try sizes.map { size throws(LayerError) in
                guard case .known(let known) = size else { throw wrong(name, value, "numbers that are known") }
                return known
            }
        // A list without items has no type of its own in the file.
        case .tensors(let names) where names.isEmpty: return []
        case .doubles(let numbers) where numbers.isEmpty: return []
        default: throw wrong(name, value, "whole numbers")
        }
    }

    /// As many numbers as axes; one alone is meant for each.
    mutating func sizes(_ name: String, axes: Int, default standard: Int) throws(LayerError) -> [Int] {
        let found = try sizes(name) ?? []
        if found.isEmpty { return [Int](repeating: standard, count: axes) }
        if found.count == 1 { return [Int](repeating: found[0], count: axes) }
        guard found.count == axes else {
            throw LayerError("its argument '\(name)' has \(found.count) numbers for \(axes) axes", attribute: name)
        }
        return found
    }

    mutating func value(_ name: String) throws(LayerError) -> ATenValue {
        let found = argument(name)
        guard case .tensor(let tensor) = found else { throw wrong(name, found, "a tensor") }
        return try value(of: tensor)
    }

    mutating func optionalValue(_ name: String) throws(LayerError) -> ATenValue? {
        has(name) ? try value(name) : nil
    }

    mutating func list(_ name: String) throws(LayerError) -> [ATenValue] {
        let found = argument(name)
        guard case .tensors(let names) = found else { throw wrong(name, found, "tensors") }
        return try names.map { tensor throws(LayerError) in
            guard let tensor else { throw wrong(name, found, "tensors") }
            return try value(of: tensor)
        }
    }

    func value(of name: String) throws(LayerError) -> ATenValue {
        guard let value = values[name] else { throw LayerError("nothing before it gives '\(name)'") }
        return value
    }

    /// Trained numbers along the axes of the argument; nil where it is left out.
    mutating func weight(_ name: String) throws(LayerError) -> Tensor? {
        guard let value = try optionalValue(name) else { return nil }
        guard value.constant != nil, let tensor = try ordered(value).constant else {
            throw LayerError(
                "its argument '\(name)' is computed by the network; numbers that are known are expected",
                attribute: name)
        }
        return tensor.viewed(as: value.dims.map(ATenValue.size))
    }

    /// The sizes that the program states for a value that the call gives.
    func outputSizes(_ index: Int = 0) throws(LayerError) -> [ATenSize] {
        guard call.outputs.indices.contains(index), let name = call.outputs[index],
            let sizes = program.tensors[name]?.sizes
        else {
            throw LayerError("the program does not state the shape of its result")
        }
        return sizes
    }

    /// How many samples the program was exported for counts nowhere as a number.
    func isBatch(_ size: ATenSize) -> Bool { size == batch }
}

extension ATenArgument {
    /// The value in words, for messages.
    var summary: String {
        switch self {
        case .none: "left out"
        case .bool(let value): "\(value)"
        case .int(let value): "\(value)"
        case .double(let value): "\(value)"
        case .text(let value): "'\(value)'"
        case .tensor(let name): "the tensor '\(name)'"
        case .tensors(let names): "\(names.count) tensors"
        case .size(let size): size.summary
        case .sizes(let sizes): "[\(sizes.map(\.summary).joined(separator: ", "))]"
        case .doubles(let values): "\(values)"
        case .element(let type): type?.rawValue ?? "a type that is not read"
        case .placement: "a device or memory format"
        case .other(let kind): "of a kind that is not read (\(kind))"
        }
    }
}

extension ATenSize {
    var isKnown: Bool {
        switch self {
        case .known: true
        case .symbolic: false
        }
    }

    var summary: String {
        switch self {
        case .known(let size): "\(size)"
        case .symbolic(let name): "'\(name)'"
        }
    }
}
