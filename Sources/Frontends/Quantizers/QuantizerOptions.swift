internal import Basics
internal import LayerKit

/// The options of a quantizer by their names, as one of QKeras takes them.
struct QuantizerOptions {
    private let quantizer: String
    private let values: [String: JSONValue]

    /// - Throws: an option that the quantizer does not have, or that would not be honoured.
    init(_ call: QuantizerCall, _ kind: QuantizerClass) throws(LayerError) {
        quantizer = call.name
        values = try Self.named(call, kind)
        for (name, value) in values.sorted(by: { $0.key < $1.key }) where !kind.options.contains(name) {
            throw wrong(name, value, nil)
        }
        // Numbers between the trained ones and those of the grid are of no use in firmware.
        if let factor = value("qnoise_factor"), plain(factor).numberValue != 1 {
            throw wrong("qnoise_factor", factor, "1")
        }
        for name in QuantizerClass.scales { if let stated = value(name) { throw wrong(name, stated, nil) } }
    }

    /// Every option by its name.
    static func named(_ call: QuantizerCall, _ kind: QuantizerClass) throws(LayerError) -> [String: JSONValue] {
        var values = call.named
        guard call.positional.count <= kind.options.count else {
            throw LayerError("\(call.name) has \(call.positional.count) options, it takes \(kind.options.count)")
        }
        for (name, value) in zip(kind.options, call.positional) {
            guard values.updateValue(value, forKey: name) == nil else {
                throw LayerError("\(call.name) has its option \(name) twice")
            }
        }
        return values
    }

    private func value(_ name: String) -> JSONValue? {
        let value = values[name]
        return value == .null ? nil : value
    }

    /// Keras writes NumPy's numbers as objects with a value.
    private func plain(_ value: JSONValue) -> JSONValue { value["value"] ?? value["config"]?["value"] ?? value }

    func wrong(_ name: String, _ value: JSONValue, _ expected: String?) -> LayerError {
        let what = "\(quantizer): its option \(name) is \(value.summary), "
        return LayerError(what + (expected.map { "expected \($0)" } ?? "which is not honoured"))
    }

    func flag(_ name: String, default standard: Bool = false) throws(LayerError) -> Bool {
        guard let value = value(name) else { return standard }
        if case .bool(let flag) = value { return flag }
        switch plain(value).numberValue {
        case 0: return false
        case 1: return true
        default: throw wrong(name, value, "true or false")
        }
    }

    func integer(_ name: String, default standard: Int, in range: ClosedRange<Int>) throws(LayerError) -> Int {
        guard let value = value(name) else { return standard }
        guard let number = plain(value).integerValue, range.contains(number) else {
            throw wrong(name, value, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func number(_ name: String) throws(LayerError) -> Float? {
        guard let value = value(name) else { return nil }
        guard let number = plain(value).numberValue, Float(number).isFinite else {
            throw wrong(name, value, "a number")
        }
        return Float(number)
    }

    func text(_ name: String, of choices: [String]) throws(LayerError) -> String? {
        guard let value = value(name) else { return nil }
        guard let text = value.stringValue, choices.contains(text) else {
            throw wrong(name, value, choices.joined(separator: " or "))
        }
        return text
    }

    /// An option that must be off.
    func expectOff(_ names: String...) throws(LayerError) {
        for name in names where try flag(name) { throw wrong(name, values[name] ?? .null, "0") }
    }

    func scale() throws(LayerError) -> QuantizerScale {
        guard let value = value("alpha") else { return .unstated }
        switch value.stringValue {
        case "auto": return .automatic(powerOfTwo: false)
        case "auto_po2": return .automatic(powerOfTwo: true)
        case _?: throw wrong("alpha", value, "a number, auto or auto_po2")
        case nil: break
        }
        var numbers: [Float] = []
        var shape: Shape = []
        guard flatten(plain(value), into: &numbers, &shape, depth: 0),
            let tensor = Tensor(shape: shape, values: numbers),
            tensor.infiniteCount == 0, !numbers.isEmpty
        else { throw wrong("alpha", value, "a number, numbers, auto or auto_po2") }
        return .stated(tensor)
    }

    /// Nested lists, row-major; false where they are of no shape.
    private func flatten(_ value: JSONValue, into numbers: inout [Float], _ shape: inout Shape, depth: Int) -> Bool {
        guard let items = value.arrayValue else {
            guard depth == shape.count, let number = value.numberValue else { return false }
            numbers.append(Float(number))
            return true
        }
        if depth == shape.count {
            guard numbers.isEmpty, depth < 8 else { return false }
            shape.append(items.count)
        }
        guard shape[depth] == items.count else { return false }
        return items.allSatisfy { flatten($0, into: &numbers, &shape, depth: depth + 1) }
    }
}

/// What the values of a quantizer are multiplied with.
enum QuantizerScale: Hashable {
    /// Of activations 1; weights are given one as by `auto_po2`, as QKeras does.
    case unstated
    case stated(Tensor)
    /// Computed from the numbers themselves, for each channel.
    case automatic(powerOfTwo: Bool)
}
