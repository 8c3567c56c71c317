internal import Basics
internal import LayerKit

/// A quantizer as a model states it: a name with options, `quantized_bits(6, 0, alpha=1)` or the object that Keras
/// writes for it.
struct QuantizerCall: Equatable {
    var name: String
    /// Options without a name, in their order.
    var positional: [JSONValue] = []
    var named: [String: JSONValue] = [:]

    /// Nil where the value is neither text nor an object of a class.
    init?(_ value: JSONValue) throws(LayerError) {
        if let text = value.stringValue {
            self = try QuantizerText(text).call()
        } else if let name = value["class_name"]?.stringValue {
            self.name = name
            named = (value["config"]?.fields ?? [:]).filter { $0.key != "name" && $0.key != "dtype" }
        } else {
            return nil
        }
    }

    init(name: String, positional: [JSONValue], named: [String: JSONValue]) {
        self.name = name
        self.positional = positional
        self.named = named
    }
}

/// Reads `name(1, 2.5, 'text', True, option=None)` byte by byte.
struct QuantizerText {
    private let text: String
    private let bytes: [UInt8]
    private var place = 0

    init(_ text: String) {
        self.text = text
        bytes = Array(text.utf8)
    }

    func call() throws(LayerError) -> QuantizerCall {
        var reader = self
        return try reader.read()
    }

    private mutating func read() throws(LayerError) -> QuantizerCall {
        var call = QuantizerCall(name: word(), positional: [], named: [:])
        guard !call.name.isEmpty else { throw wrong("a name") }
        skipSpace()
        if place == bytes.count { return call }
        try expect("(")
        skipSpace()
        while !take(")") {
            let value = try value()
            skipSpace()
            if take("=") {
                guard case .word(let name) = value else { throw wrong("the name of an option") }
                skipSpace()
                call.named[name] = try self.value().json
            } else if call.named.isEmpty {
                call.positional.append(value.json)
            } else {
                throw wrong("an option with a name")
            }
            skipSpace()
            if !take(",") {
                try expect(")")
                break
            }
            skipSpace()
        }
        skipSpace()
        guard place == bytes.count else { throw wrong("the end") }
        return call
    }

    private enum Value {
        case word(String)
        case other(JSONValue)

        var json: JSONValue {
            switch self {
            case .other(let value): value
            case .word("True"): .bool(true)
            case .word("False"): .bool(false)
            case .word("None"): .null
            case .word(let word): .string(word)
            }
        }
    }

    private mutating func value() throws(LayerError) -> Value {
        for quote: Unicode.Scalar in ["'", "\""] where take(quote) {
            let start = place
            while place < bytes.count, bytes[place] != UInt8(ascii: quote) { place += 1 }
            let inner = String(decoding: bytes[start..<place], as: UTF8.self)
            try expect(quote)
            return .other(.string(inner))
        }
        let found = word()
        if found.isEmpty { throw wrong("a value") }
        if let whole = Int(found) { return .other(.int(whole)) }
        if found.utf8.first.map({ $0 < 65 }) == true {
            guard let number = Double(found) else { throw wrong("a number") }
            return .other(.double(number))
        }
        return .word(found)
    }

    /// What stands before the next mark or space.
    private mutating func word() -> String {
        let start = place
        let ends = Array("(),='\" \t\n\r".utf8)
        while place < bytes.count, !ends.contains(bytes[place]) { place += 1 }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private mutating func skipSpace() {
        while place < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) { place += 1 }
    }

    private mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard place < bytes.count, bytes[place] == UInt8(ascii: mark) else { return false }
        place += 1
        return true
    }

    private mutating func expect(_ mark: Unicode.Scalar) throws(LayerError) {
        guard take(mark) else { throw wrong("'\(mark)'") }
    }

    private func wrong(_ expected: String) -> LayerError {
        LayerError(
            "'\(text.shortened(to: 100, beyond: 400))' is no quantizer: \(expected) is expected at byte \(place)")
    }
}
