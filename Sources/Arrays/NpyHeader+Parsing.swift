extension NpyHeader {
    /// Why a header is not read.
    struct Failure: Error {
        var message: String
        var help: String?
    }

    /// Bytes; NumPy itself reads no longer headers than 10,000.
    static let lengthLimit = 1 << 16

    /// Reads the dictionary in Python's spelling; exactly the three keys that the format has.
    init(parsing text: String) throws(Failure) {
        var scanner = PythonLiteral(text)
        guard let fields = scanner.dictionary(), scanner.atEnd else {
            throw Failure(message: "the header is not the dictionary that NumPy writes")
        }
        guard fields.count == 3, let descr = fields["descr"], case .flag(let fortran)? = fields["fortran_order"],
            case .tuple(let sizes)? = fields["shape"]
        else { throw Failure(message: "the header lacks 'descr', 'fortran_order' or 'shape'") }
        guard case .text(let code) = descr, let (element, big) = Self.element(code) else {
            throw Failure(
                message: "its elements (\(String(descr.description.prefix(80)))) are not plain numbers",
                help: "save it as float32, float64 or an integer type")
        }
        guard sizes.count <= 64 else { throw Failure(message: "it has \(sizes.count) axes") }
        self.init(element: element, bigEndian: big, fortranOrder: fortran, shape: sizes)
    }

    /// `<f4`: the byte order, then the kind and the size.
    private static func element(_ code: String) -> (ElementType, bigEndian: Bool)? {
        guard let order = code.first, let element = ElementType(npyCode: String(code.dropFirst())) else { return nil }
        switch order {
        case "<", "=": return (element, false)
        case ">": return (element, true)
        case "|" where element.size == 1: return (element, false)
        default: return nil
        }
    }
}

/// Reads the few forms of Python literals that a header is made of.
private struct PythonLiteral {
    enum Value: CustomStringConvertible {
        case text(String)
        case flag(Bool)
        case tuple([Int])
        case other

        var description: String {
            if case .text(let text) = self { "'\(text)'" } else { "several fields" }
        }
    }

    private let bytes: [UInt8]
    private var at = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    var atEnd: Bool {
        mutating get {
            skipSpace()
            return at == bytes.count
        }
    }

    mutating func dictionary() -> [String: Value]? {
        guard take("{") else { return nil }
        var fields: [String: Value] = [:]
        while !take("}") {
            guard let key = quoted(), take(":"), let value = value(), fields.updateValue(value, forKey: key) == nil
            else { return nil }
            guard take(",") || peek("}") else { return nil }
        }
        return fields
    }

    private mutating func value() -> Value? {
        if peek("'") || peek("\"") { return quoted().map(Value.text) }
        if peek("(") { return tuple().map(Value.tuple) }
        if peek("[") { return list() }
        if takeWord("True") { return .flag(true) }
        if takeWord("False") { return .flag(false) }
        return nil
    }

    private mutating func tuple() -> [Int]? {
        guard take("(") else { return nil }
        var numbers: [Int] = []
        while !take(")") {
            skipSpace()
            let digits = bytes[at...].prefix { (48...57).contains($0) }
            guard !digits.isEmpty, let number = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
            at += digits.count
            numbers.append(number)
            // Python 2 marked long numbers.
            _ = take("L")
            guard take(",") || peek(")") else { return nil }
        }
        return numbers
    }

    /// A list of fields (a structured type), of which only the extent matters.
    private mutating func list() -> Value? {
        var depth = 0
        while at < bytes.count {
            if bytes[at] == UInt8(ascii: "[") { depth += 1 }
            if bytes[at] == UInt8(ascii: "]") { depth -= 1 }
            at += 1
            if depth == 0 { return .other }
        }
        return nil
    }

    private mutating func quoted() -> String? {
        skipSpace()
        guard at < bytes.count, bytes[at] == UInt8(ascii: "'") || bytes[at] == UInt8(ascii: "\"") else { return nil }
        guard let end = bytes[(at + 1)...].firstIndex(of: bytes[at]) else { return nil }
        defer { at = end + 1 }
        return String(validating: bytes[(at + 1)..<end], as: UTF8.self)
    }

    private mutating func skipSpace() {
        while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
    }

    private mutating func peek(_ mark: Unicode.Scalar) -> Bool {
        skipSpace()
        return at < bytes.count && bytes[at] == UInt8(ascii: mark)
    }

    private mutating func take(_ mark: Unicode.Scalar) -> Bool {
        guard peek(mark) else { return false }
        at += 1
        return true
    }

    private mutating func takeWord(_ word: String) -> Bool {
        skipSpace()
        guard bytes[at...].starts(with: word.utf8) else { return false }
        at += word.utf8.count
        return true
    }
}
