/// What a Python pickle says, as data: nothing of it is ever called or made.
///
/// Everything that can hold other values lies in one flat list and is named by its place there, so that values that are
/// shared, nested or in a circle cost what they cost in the file, and no walk goes deeper than it means to.
struct PickleDocument {
    var objects: [PickleObject] = []
    var root: PickleValue = .none

    func object(_ value: PickleValue) -> PickleObject? {
        if case .object(let index) = value { objects[index] } else { nil }
    }

    /// The items of a list or tuple.
    func items(_ value: PickleValue) -> [PickleValue]? {
        switch object(value) {
        case .tuple(let items), .list(let items): items
        case .dictionary, .call, .persistent, nil: nil
        }
    }

    /// The members of a dictionary in their order, an `OrderedDict` among them.
    func members(_ value: PickleValue) -> [PickleMember]? {
        switch object(value) {
        case .dictionary(let members): members
        case .call(let call) where call.function == .global("collections.OrderedDict"): call.members
        case .tuple, .list, .call, .persistent, nil: nil
        }
    }

    /// The value under a text in a dictionary; the last one counts, as in Python.
    func member(_ name: String, of value: PickleValue) -> PickleValue? {
        members(value)?.last { $0.key == .text(name) }?.value
    }

    /// The name of a class or function, by itself or with the text of its source beside it, as torch.save had it.
    func name(_ value: PickleValue) -> String? {
        if case .global(let name) = value { return name }
        guard case .persistent(let id) = object(value), let parts = items(id), parts.count >= 2,
            parts[0] == .text("module"), case .global(let name) = parts[1]
        else { return nil }
        return name
    }

    /// Whole numbers in a list or tuple.
    func integers(_ value: PickleValue) -> [Int]? {
        guard let items = items(value) else { return nil }
        let numbers = items.compactMap { item in if case .int(let number) = item { number } else { nil } }
        return numbers.count == items.count ? numbers : nil
    }
}

/// A value of a pickle.
enum PickleValue: Hashable {
    case none
    case bool(Bool)
    case int(Int)
    case double(Double)
    case text(String)
    case bytes([UInt8])
    /// A class or function by its name: `torch.FloatStorage`.
    case global(String)
    /// The place of what holds other values.
    case object(Int)
}

/// A value of a pickle that holds others.
enum PickleObject {
    case tuple([PickleValue])
    case list([PickleValue])
    case dictionary([PickleMember])
    case call(PickleCall)
    /// What the program that wrote the pickle keeps elsewhere, by its own words for it.
    case persistent(PickleValue)
}

struct PickleMember {
    var key: PickleValue
    var value: PickleValue
}

/// A call that unpickling in Python would make: of a function, or of a class to make an object of it.
struct PickleCall {
    var function: PickleValue
    var arguments: PickleValue
    /// What the object would be told about itself.
    var state: PickleValue?
    /// What it would be given as a dictionary.
    var members: [PickleMember] = []
}
