internal import Basics

/// What the layers are called: as torch.fx, and so hls4ml, names them, by the path of a module of torch.nn and else by
/// the function that is called.
struct ATenNames {
    private(set) var inputs: [String] = []
    /// One for each call of the program.
    private(set) var calls: [String] = []
    private var taken: Set<String> = []

    init(_ program: ExportedProgram) {
        inputs = program.inputs.map { fresh($0) }
        // The calls of each module that computes something.
        var targets: [String: [String]] = [:]
        for call in program.calls where call.computes { targets[call.path, default: []].append(call.target) }
        calls = program.calls.map { call in
            guard call.computes else { return claim(Self.plain(call.name)) }
            guard call.modules.last?.className.begins(with: "torch.nn.") ?? false, let own = targets[call.path] else {
                return fresh(call.function)
            }
            // A module that is called several times does the same each time; one of several operations is their sum.
            return fresh(own.allSatisfy { $0 == own[0] } ? call.path : "\(call.path)_\(call.function)")
        }
    }

    /// A name as torch.fx makes it new: numbered from 1, and none that Python has already.
    private mutating func fresh(_ text: String) -> String {
        let base = Self.plain(text)
        var name = base
        var number = 1
        while Self.reserved.contains(name) || !taken.insert(name).inserted {
            name = "\(base)_\(number)"
            number += 1
        }
        return name
    }

    /// A name for a layer that comes on top.
    mutating func claim(_ text: String) -> String { taken.claim(Self.plain(text)) }

    /// Letters, digits and underscores, and no digit first.
    private static func plain(_ text: String) -> String {
        let bytes = text.utf8.map { byte -> UInt8 in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                byte
            default: UInt8(ascii: "_")
            }
        }
        let name = String(decoding: bytes, as: UTF8.self)
        return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes.first ?? UInt8(ascii: "0")) ? "_" + name : name
    }

    private static let reserved = Set(
        """
        abs all any bin bool bytes chr complex dict dir divmod enumerate eval exec filter float format hash help hex \
        id input int iter len list map max min next object oct open ord pow print property range repr reversed round \
        set slice sorted str sum super tuple type vars zip and as assert async await break class continue def del elif \
        else except finally for from global if import in is lambda nonlocal not or pass raise return try while with \
        yield inf nan torch device
        """.parts(at: " "))
}

extension ATenCall {
    /// `add` of `torch.ops.aten.add_.Tensor`.
    var function: String {
        let parts = target.parts(at: ".")
        let name = parts.count > 3 ? parts[3] : parts[parts.count - 1]
        return name.rest(before: "_") ?? name
    }

    /// As PyTorch's users know it: `aten.add.Tensor`.
    var spelling: String { target.rest(behind: "torch.ops.") ?? target }

    /// The layer that a message names.
    var origin: String { path.isEmpty ? "\(name) (\(spelling))" : "\(path) (\(spelling))" }

    /// Whether it changes its first argument, which PyTorch shows by an underscore behind the name.
    var isInPlace: Bool {
        let parts = target.parts(at: ".")
        return parts.count > 3 && parts[3].ends(with: "_")
    }

    /// The values that it reads.
    var tensors: [String] {
        let first = arguments["self"] ?? arguments["input"]
        let others = arguments.filter { $0.key != "self" && $0.key != "input" }.sorted { $0.key < $1.key }.map(\.value)
        return ([first].compactMap(\.self) + others).flatMap { argument -> [String] in
            switch argument {
            case .tensor(let name): return [name]
            case .tensors(let names): return names.compactMap(\.self)
            case .none, .bool, .int, .double, .text, .size, .sizes, .doubles, .element, .placement, .other: return []
            }
        }
    }
}
