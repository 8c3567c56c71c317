import Basics
import TestSupport

/// A JSON document with something in it changed that leaves it a JSON document: what is behind the parser gets to see
/// it.
struct JSONChange {
    private let document: JSONValue
    /// Values by the name under which they stand somewhere.
    private var named: [String: [JSONValue]] = [:]
    private(set) var strings: [String] = []
    private var count = 0

    /// Nil where the bytes are no JSON, or so much of it that thousands of changes took too long.
    init?(_ bytes: [UInt8]) {
        guard bytes.count < 1 << 18, let document = try? JSONValue(parsing: bytes, name: "") else { return nil }
        self.document = document
        gather(document)
    }

    private mutating func gather(_ value: JSONValue) {
        count += 1
        switch value {
        case .null, .bool, .int, .double: break
        case .string(let text): strings.append(text)
        case .array(let items): for item in items { gather(item) }
        case .object(let members):
            for member in members {
                named[member.name, default: []].append(member.value)
                gather(member.value)
            }
        }
    }

    /// The document with one of its values changed.
    func applied(_ dice: inout Dice) -> [UInt8] {
        var left = dice.roll(0...count - 1)
        return Array(changed(document, nil, &left, &dice).text.utf8)
    }

    private func changed(_ value: JSONValue, _ name: String?, _ left: inout Int, _ dice: inout Dice) -> JSONValue {
        if left == 0 {
            left = -1
            return other(value, name, &dice)
        }
        guard left > 0 else { return value }
        left -= 1
        switch value {
        case .null, .bool, .int, .double, .string: return value
        case .array(let items): return .array(items.map { changed($0, nil, &left, &dice) })
        case .object(let members):
            return .object(members.map { .init($0.name, changed($0.value, $0.name, &left, &dice)) })
        }
    }

    /// What stands in the place of a value.
    private func other(_ value: JSONValue, _ name: String?, _ dice: inout Dice) -> JSONValue {
        if let alike = name.flatMap({ named[$0] }), dice.chance(3) { return alike[dice.roll(0...alike.count - 1)] }
        if dice.chance(8) { return strange(&dice) }
        switch value {
        case .null: return strange(&dice)
        case .bool(let flag): return .bool(!flag)
        case .int(let number): return .int(Self.number(number, &dice))
        case .double(let number): return .double(Self.numbers[dice.roll(0...Self.numbers.count - 1)] ?? -number)
        case .string: return strings.isEmpty ? .null : .string(strings[dice.roll(0...strings.count - 1)])
        case .array(let items): return .array(Self.list(items, &dice))
        case .object(let members): return .object(Self.list(members, &dice))
        }
    }

    private static let numbers: [Double?] = [0, -1, 1e-30, 1e30, 1e308, .infinity, .nan, 0.5, nil, nil]

    static func number(_ number: Int, _ dice: inout Dice) -> Int {
        let extremes = [
            0, -1, 1, 2, 3, 5, 63, 64, 1000, 65_536, 1 << 20, 1 << 31, 1 << 40, .max, .min, -2, -3, 0 &- number,
            number / 2,
        ]
        if dice.chance(2) { return number &+ dice.roll(-3...3) }
        return dice.chance(8) ? number &* 2 : extremes[dice.roll(0...extremes.count - 1)]
    }

    private func strange(_ dice: inout Dice) -> JSONValue {
        let values: [JSONValue] = [
            .null, .bool(true), .bool(false), .int(Self.number(1, &dice)), .double(.infinity), .string(""), .array([]),
            .object([]), .array([.int(2), .int(-1)]), .array([.null]),
        ]
        return values[dice.roll(0...values.count - 1)]
    }

    /// One item gone, or there twice, or two in each other's place, or none left.
    private static func list<Item>(_ items: [Item], _ dice: inout Dice) -> [Item] {
        guard !items.isEmpty else { return items }
        var items = items
        let at = dice.roll(0...items.count - 1), second = dice.roll(0...items.count - 1)
        switch dice.roll(0...9) {
        case 0...3: items.remove(at: at)
        case 4...6: items.swapAt(at, second)
        case 7: items.insert(items[at], at: second)
        case 8: items.append(contentsOf: [Item](repeating: items[at], count: 1 << dice.roll(0...6)))
        default: items = []
        }
        return items
    }
}
