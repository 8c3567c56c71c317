internal import Basics

/// Reads a pickle into data. Every instruction costs a bounded amount of time and memory, and none runs anything.
struct PickleReader {
    private let bytes: [UInt8]
    /// The file as the user knows it, for messages.
    private let file: String
    private var at: Int
    /// Where it ends at the latest.
    private let end: Int
    private var document = PickleDocument()
    private var stack: [PickleValue] = []
    /// Where on the stack the marks are.
    private var marks: [Int] = []
    private var memo: [Int: PickleValue] = [:]

    static func read(_ bytes: [UInt8], file: String) throws(DiagnosticError) -> PickleDocument {
        var at = 0
        return try read(bytes, at: &at, file: file)
    }

    /// Reads the pickle that begins at an offset, which then is where it ends.
    static func read(_ bytes: [UInt8], at: inout Int, file: String) throws(DiagnosticError) -> PickleDocument {
        var reader = PickleReader(bytes: bytes, at: at, file: file)
        try reader.run()
        at = reader.at
        return reader.document
    }

    private init(bytes: [UInt8], at: Int, file: String) {
        self.bytes = bytes
        self.at = at
        self.file = file
        end = at + min(bytes.count - at, InputLimit.pickle.bytes)
    }

    private func fault(_ what: String) -> DiagnosticError {
        DiagnosticError(
            .error("'\(file)': the pickle in it \(what) (at byte \(at))", help: "is the file complete? save it again"))
    }

    private mutating func run() throws(DiagnosticError) {
        while true {
            let code = try byte()
            guard let opcode = PickleOpcode(rawValue: code) else {
                throw fault("has the instruction 0x\(String(code, radix: 16)), which is not read")
            }
            if opcode == .stop { break }
            try step(opcode)
            guard stack.count <= InputLimit.pickle.elements else {
                throw fault("holds more than \(InputLimit.pickle.elements) values")
            }
        }
        document.root = try pop()
    }

    private mutating func step(_ opcode: PickleOpcode) throws(DiagnosticError) {
        switch opcode {
        case .stop: break
        case .protocolVersion: _ = try byte()
        case .frame: _ = try take(8)
        case .mark: marks.append(stack.count)
        case .pop: _ = try pop()
        case .popMark: _ = try sinceMark()
        case .duplicate: stack.append(try top())
        case .none: stack.append(.none)
        case .newTrue: stack.append(.bool(true))
        case .newFalse: stack.append(.bool(false))
        case .binInt: stack.append(.int(Int(Int32(truncatingIfNeeded: try number(4)))))
        case .binInt1: stack.append(.int(try number(1)))
        case .binInt2: stack.append(.int(try number(2)))
        case .long1: stack.append(try long())
        case .binFloat:
            let bits = try take(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            stack.append(.double(Double(bitPattern: bits)))
        case .shortBinUnicode: stack.append(.text(try text(1)))
        case .binUnicode: stack.append(.text(try text(4)))
        case .binUnicode8: stack.append(.text(try text(8)))
        case .shortBinString: stack.append(.text(try text(1)))
        case .shortBinBytes: stack.append(.bytes(Array(try take(try number(1)))))
        case .binBytes: stack.append(.bytes(Array(try take(try number(4)))))
        case .emptyTuple: try push(.tuple([]))
        case .tuple1: try tuple(1)
        case .tuple2: try tuple(2)
        case .tuple3: try tuple(3)
        case .tuple: try push(.tuple(try sinceMark()))
        case .emptyList: try push(.list([]))
        case .list: try push(.list(try sinceMark()))
        case .append: try append([try pop()])
        case .appends: try append(try sinceMark())
        case .emptyDictionary: try push(.dictionary([]))
        case .dictionary: try push(.dictionary(try members(try sinceMark())))
        case .setItem:
            let value = try pop()
            try set([try pop(), value])
        case .setItems: try set(try sinceMark())
        case .global: stack.append(.global("\(try line()).\(try line())"))
        case .stackGlobal: try stackGlobal()
        case .reduce, .newObject:
            let arguments = try pop()
            try push(.call(PickleCall(function: try pop(), arguments: arguments)))
        case .build: try build()
        case .binPersistentID: try push(.persistent(try pop()))
        case .binPut: try put(try number(1))
        case .longBinPut: try put(try number(4))
        case .memoize: try put(memo.count)
        case .binGet: stack.append(try get(try number(1)))
        case .longBinGet: stack.append(try get(try number(4)))
        }
    }
}

// MARK: - Values

extension PickleReader {
    private mutating func push(_ object: PickleObject) throws(DiagnosticError) {
        guard document.objects.count < InputLimit.pickle.elements else {
            throw fault("holds more than \(InputLimit.pickle.elements) values")
        }
        document.objects.append(object)
        stack.append(.object(document.objects.count - 1))
    }

    private mutating func tuple(_ count: Int) throws(DiagnosticError) {
        guard stack.count - count >= (marks.last ?? 0) else { throw fault("takes more values than it has") }
        let items = Array(stack.suffix(count))
        stack.removeLast(count)
        try push(.tuple(items))
    }

    private func members(_ items: [PickleValue]) throws(DiagnosticError) -> [PickleMember] {
        guard items.count.isMultiple(of: 2) else { throw fault("has a key without a value") }
        return stride(from: 0, to: items.count, by: 2).map { PickleMember(key: items[$0], value: items[$0 + 1]) }
    }

    private mutating func append(_ items: [PickleValue]) throws(DiagnosticError) {
        guard case .object(let index) = try top(), case .list(var list) = document.objects[index] else {
            throw fault("appends to what is no list")
        }
        // Out of its place first: a list of many would be copied for every item.
        document.objects[index] = .list([])
        list += items
        document.objects[index] = .list(list)
    }

    private mutating func set(_ items: [PickleValue]) throws(DiagnosticError) {
        let added = try members(items)
        guard case .object(let index) = try top() else { throw fault("sets items of what is no dictionary") }
        switch document.objects[index] {
        case .dictionary(var members):
            document.objects[index] = .dictionary([])
            members += added
            document.objects[index] = .dictionary(members)
        case .call(var call):
            document.objects[index] = .list([])
            call.members += added
            document.objects[index] = .call(call)
        case .tuple, .list, .persistent: throw fault("sets items of what is no dictionary")
        }
    }

    private mutating func build() throws(DiagnosticError) {
        let state = try pop()
        guard case .object(let index) = try top(), case .call(var call) = document.objects[index] else {
            throw fault("sets the state of what has none")
        }
        call.state = state
        document.objects[index] = .call(call)
    }

    private mutating func stackGlobal() throws(DiagnosticError) {
        guard case .text(let name) = try pop(), case .text(let module) = try pop() else {
            throw fault("names a class by what is no text")
        }
        stack.append(.global("\(module).\(name)"))
    }

    private mutating func put(_ index: Int) throws(DiagnosticError) {
        guard memo.count < InputLimit.pickle.elements else {
            throw fault("remembers more than \(InputLimit.pickle.elements) values")
        }
        memo[index] = try top()
    }

    private func get(_ index: Int) throws(DiagnosticError) -> PickleValue {
        guard let value = memo[index] else { throw fault("recalls value \(index), which it never remembered") }
        return value
    }
}

// MARK: - Stack and bytes

extension PickleReader {
    private func top() throws(DiagnosticError) -> PickleValue {
        guard stack.count > (marks.last ?? 0), let value = stack.last else {
            throw fault("takes more values than it has")
        }
        return value
    }

    private mutating func pop() throws(DiagnosticError) -> PickleValue {
        let value = try top()
        stack.removeLast()
        return value
    }

    private mutating func sinceMark() throws(DiagnosticError) -> [PickleValue] {
        guard let mark = marks.popLast() else { throw fault("goes back to a mark that it never made") }
        let values = Array(stack[mark...])
        stack.removeLast(values.count)
        return values
    }

    private var endsEarly: DiagnosticError {
        end < bytes.count
            ? fault("has more than the \(InputLimit.size(InputLimit.pickle.bytes)) that are read") : fault("ends early")
    }

    private mutating func byte() throws(DiagnosticError) -> UInt8 {
        guard at < end else { throw endsEarly }
        at += 1
        return bytes[at - 1]
    }

    private mutating func take(_ count: Int) throws(DiagnosticError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= end - at else { throw endsEarly }
        at += count
        return bytes[at - count..<at]
    }

    /// A little-endian number of so many bytes, without sign.
    private mutating func number(_ count: Int) throws(DiagnosticError) -> Int {
        let value = try take(count).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard let value = Int(exactly: value) else { throw fault("states a length beyond any file") }
        return value
    }

    /// A number in two's complement behind its length in bytes; the bytes of one that is larger.
    private mutating func long() throws(DiagnosticError) -> PickleValue {
        let digits = try take(try number(1))
        guard digits.count <= 8 else { return .bytes(Array(digits)) }
        let sign: UInt64 = (digits.last ?? 0) & 0x80 == 0 ? 0 : .max
        let bits = digits.reversed().reduce(sign) { $0 << 8 | UInt64($1) }
        return .int(Int(Int64(bitPattern: bits)))
    }

    /// Text behind its length, which has so many bytes.
    private mutating func text(_ size: Int) throws(DiagnosticError) -> String {
        guard let text = String(validating: try take(try number(size)), as: UTF8.self) else {
            throw fault("has a text that is not UTF-8")
        }
        return text
    }

    private mutating func line() throws(DiagnosticError) -> String {
        guard let stop = bytes[at..<end].prefix(1024).firstIndex(of: 0x0A) else {
            throw fault("names a class without end")
        }
        let text = String(decoding: bytes[at..<stop], as: UTF8.self)
        at = stop + 1
        return text
    }
}
