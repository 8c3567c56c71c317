/// Recursive descent over the bytes of a document.
///
/// An own parser, because what Python writes is not quite JSON (`NaN`, `Infinity`), because no text may bring the program
/// down, and because an error should say where.
struct JSONParser {
    struct Failure: Error {
        var message: String
        var offset: Int
    }

    private let depthLimit: Int
    private let countLimit: Int
    private let bytes: [UInt8]
    private var at = 0
    /// Values so far.
    private var count = 0

    init(_ bytes: [UInt8], within limit: InputLimit) {
        self.bytes = bytes
        depthLimit = limit.depth ?? 100
        countLimit = limit.elements
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    }

    /// The one value that the text consists of.
    mutating func document() throws(Failure) -> JSONValue {
        let value = try value(depth: 0)
        skipSpace()
        guard at == bytes.count else { throw failure("something follows the value") }
        return value
    }

    private mutating func value(depth: Int) throws(Failure) -> JSONValue {
        guard depth <= depthLimit else { throw failure("nested more than \(depthLimit) deep") }
        count += 1
        guard count <= countLimit else { throw failure("more than \(countLimit) values") }
        skipSpace()
        guard at < bytes.count else { throw failure("the text ends early") }
        switch bytes[at] {
        case UInt8(ascii: "{"): return .object(try object(depth: depth))
        case UInt8(ascii: "["): return .array(try array(depth: depth))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "I"), UInt8(ascii: "N"):
            return try number()
        default:
            if take("null") { return .null }
            if take("true") { return .bool(true) }
            if take("false") { return .bool(false) }
            throw failure("expected a value")
        }
    }

    private mutating func object(depth: Int) throws(Failure) -> [JSONValue.Member] {
        at += 1
        var members: [JSONValue.Member] = []
        var places: [ExactText: Int] = [:]
        if takeMark("}") { return members }
        repeat {
            skipSpace()
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw failure("expected a key in quotes") }
            let key = try string()
            guard takeMark(":") else { throw failure("expected ':' behind the key") }
            let value = try value(depth: depth + 1)
            if let place = places.updateValue(members.count, forKey: ExactText(key)) {
                places[ExactText(key)] = place
                members[place].value = value
            } else {
                members.append(JSONValue.Member(key, value))
            }
        } while takeMark(",")
        guard takeMark("}") else { throw failure("expected ',' or '}'") }
        return members
    }

    private mutating func array(depth: Int) throws(Failure) -> [JSONValue] {
        at += 1
        var items: [JSONValue] = []
        if takeMark("]") { return items }
        repeat { items.append(try value(depth: depth + 1)) } while takeMark(",")
        guard takeMark("]") else { throw failure("expected ',' or ']'") }
        return items
    }

    /// JSON's numbers, and the three words by which Python writes the others. A whole number of 64 bits stays exact.
    private mutating func number() throws(Failure) -> JSONValue {
        let start = at
        let negative = take("-")
        if take("Infinity") { return .double(negative ? -.infinity : .infinity) }
        if !negative, take("NaN") { return .double(.nan) }
        let marks = Array("+-.eE".utf8)
        while at < bytes.count, (48...57).contains(bytes[at]) || marks.contains(bytes[at]) { at += 1 }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        guard let last = text.utf8.last, (48...57).contains(last), let value = Double(text) else {
            at = start
            throw failure("expected a number")
        }
        return Int(text).map(JSONValue.int) ?? .double(value)
    }

    private mutating func skipSpace() {
        while at < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[at]) { at += 1 }
    }

    private mutating func takeMark(_ mark: Unicode.Scalar) -> Bool {
        skipSpace()
        guard at < bytes.count, bytes[at] == UInt8(ascii: mark) else { return false }
        at += 1
        return true
    }

    private mutating func take(_ word: String) -> Bool {
        guard bytes[at...].starts(with: word.utf8) else { return false }
        at += word.utf8.count
        return true
    }

    private func failure(_ message: String) -> Failure { Failure(message: message, offset: at) }
}

extension JSONParser {
    /// The text between two quotation marks.
    private mutating func string() throws(Failure) -> String {
        at += 1
        var text: [UInt8] = []
        while at < bytes.count {
            let plain = bytes[at...].prefix { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") && $0 >= 0x20 }
            text += plain
            at += plain.count
            guard at < bytes.count else { break }
            switch bytes[at] {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else { throw failure("not UTF-8") }
                at += 1
                return string
            case UInt8(ascii: "\\"): text += Array(String(try escape()).utf8)
            default: throw failure("a control character inside a string")
            }
        }
        throw failure("the string does not end")
    }

    /// The character behind a backslash.
    private mutating func escape() throws(Failure) -> Unicode.Scalar {
        at += 1
        guard at < bytes.count else { throw failure("the string does not end") }
        at += 1
        switch bytes[at - 1] {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let first = try codeUnit()
            guard 0xD800..<0xDC00 ~= first, take("\\u") else {
                // Half of a pair alone stands for no character.
                return Unicode.Scalar(first) ?? "\u{FFFD}"
            }
            let second = try codeUnit()
            guard 0xDC00..<0xE000 ~= second else { return "\u{FFFD}" }
            return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
        default:
            at -= 1
            throw failure("'\\' before a character that needs none")
        }
    }

    private mutating func codeUnit() throws(Failure) -> UInt32 {
        let digits = bytes[at...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let unit = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw failure("expected four hexadecimal digits") }
        at += 4
        return unit
    }
}
