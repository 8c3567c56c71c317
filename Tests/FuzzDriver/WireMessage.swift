import TestSupport

/// A message of protobuf as its fields lie in the bytes, with no knowledge of what they mean.
struct WireMessage {
    var fields: [Field]

    struct Field {
        var number: UInt64
        var content: Content
    }

    enum Content {
        case varint(UInt64)
        /// Of four or eight bytes.
        case fixed([UInt8])
        /// Text, or numbers one behind the other.
        case bytes([UInt8])
        /// Bytes that are the fields of a message as well.
        case message(WireMessage)
    }

    /// Nil where the bytes are no message.
    init?(_ bytes: some RandomAccessCollection<UInt8>, depth: Int = 0) {
        fields = []
        var rest = bytes[...]
        func varint() -> UInt64? {
            var value: UInt64 = 0
            for shift in stride(from: UInt64(0), to: 64, by: 7) {
                guard let byte = rest.popFirst() else { return nil }
                value |= UInt64(byte & 0x7F) << shift
                if byte < 0x80 { return value }
            }
            return nil
        }
        while !rest.isEmpty {
            guard let tag = varint(), tag >> 3 > 0, tag >> 3 < 64 else { return nil }
            let content: Content
            switch tag & 7 {
            case 0:
                guard let value = varint() else { return nil }
                content = .varint(value)
            case 1, 5:
                let size = tag & 7 == 1 ? 8 : 4
                guard rest.count >= size else { return nil }
                content = .fixed(Array(rest.prefix(size)))
                rest = rest.dropFirst(size)
            case 2:
                guard let size = varint().flatMap(Int.init(exactly:)), size <= rest.count else { return nil }
                let inner = Array(rest.prefix(size))
                rest = rest.dropFirst(size)
                let message = depth < 10 && !inner.isEmpty ? WireMessage(inner, depth: depth + 1) : nil
                content = message.map(Content.message) ?? .bytes(inner)
            default: return nil
            }
            fields.append(Field(number: tag >> 3, content: content))
        }
    }

    init(_ fields: [Field]) { self.fields = fields }

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        func put(_ value: UInt64) {
            var value = value
            while value >= 0x80 {
                bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
                value >>= 7
            }
            bytes.append(UInt8(value))
        }
        for field in fields {
            switch field.content {
            case .varint(let value):
                put(field.number << 3)
                put(value)
            case .fixed(let value):
                put(field.number << 3 | (value.count == 8 ? 1 : 5))
                bytes += value
            case .bytes(let value):
                put(field.number << 3 | 2)
                put(UInt64(value.count))
                bytes += value
            case .message(let message):
                let value = message.bytes
                put(field.number << 3 | 2)
                put(UInt64(value.count))
                bytes += value
            }
        }
        return bytes
    }

    /// How many fields there are, those of messages within included.
    var count: Int {
        fields.reduce(0) { sum, field in
            if case .message(let inner) = field.content { sum + 1 + inner.count } else { sum + 1 }
        }
    }

    /// Every field, those of messages within included.
    var all: [Field] {
        fields.flatMap { field in
            if case .message(let inner) = field.content { [field] + inner.all } else { [field] }
        }
    }
}

// MARK: changes

extension WireMessage {
    /// One field changed; the lengths around it are right.
    mutating func change(_ dice: inout Dice) {
        let all = all
        guard !all.isEmpty else { return }
        var left = dice.roll(0...all.count - 1)
        change(&left, all, &dice)
    }

    private mutating func change(_ left: inout Int, _ all: [Field], _ dice: inout Dice) {
        for index in fields.indices {
            if left == 0 {
                left = -1
                return change(index, all, &dice)
            }
            left -= 1
            guard case .message(var inner) = fields[index].content else { continue }
            inner.change(&left, all, &dice)
            fields[index].content = .message(inner)
            if left < 0 { return }
        }
    }

    private mutating func change(_ index: Int, _ all: [Field], _ dice: inout Dice) {
        switch dice.roll(0...11) {
        case 0: fields.remove(at: index)
        case 1: fields.insert(fields[index], at: index)
        case 2: fields.swapAt(index, dice.roll(0...fields.count - 1))
        case 3...5:
            // What stands elsewhere under the same number: an operator, a name, a shape.
            let alike = all.filter { $0.number == fields[index].number }
            fields[index] = alike[dice.roll(0...alike.count - 1)]
        case 6: fields[index].number = UInt64(dice.roll(1...20))
        default: fields[index].content = Self.other(fields[index].content, &dice)
        }
    }

    private static func other(_ content: Content, _ dice: inout Dice) -> Content {
        switch content {
        case .varint(let value):
            return .varint(UInt64(bitPattern: Int64(JSONChange.number(Int(Int64(bitPattern: value)), &dice))))
        case .fixed(let bytes): return .fixed(Self.damaged(bytes, &dice))
        case .bytes(let bytes):
            if dice.chance(4) { return .bytes(Array(bytes.dropLast(dice.roll(0...max(1, bytes.count))))) }
            return .bytes(Self.damaged(bytes, &dice))
        case .message(let message): return .bytes(Self.damaged(message.bytes, &dice))
        }
    }

    private static func damaged(_ bytes: [UInt8], _ dice: inout Dice) -> [UInt8] {
        guard !bytes.isEmpty else { return [UInt8(truncatingIfNeeded: dice.next())] }
        var bytes = bytes
        Patch.number(&bytes, &dice)
        return bytes
    }
}
