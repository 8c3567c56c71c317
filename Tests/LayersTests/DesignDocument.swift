import Basics
import FixedPoint
import FoundationEssentials
import LayerKit
import Layers
import Options
import TestSupport

/// What is written of the Design, as a test reads it: `Sources/Layers/DESIGN.md`, and for each operation a section in the
/// folder of its layer.
enum DesignDocument {
    /// A block of JSON, and the block of numbers that follows it.
    struct Example {
        var json: String
        /// The name of a tensor or file, what stands between it and the colon, and the integers behind.
        var numbers: [(name: String, of: String, integers: [Int128])]

        func integers(_ name: String) -> [Int128] { numbers.first { $0.name == name }?.integers ?? [] }
    }

    private static let layers = Repository.root + "/Sources/Layers"

    /// Whole designs.
    static func designs() throws -> [Example] { try examples(in: Files.text(layers + "/DESIGN.md")) }

    /// Where the sections of a layer's operations lie: a folder of a name that the package manager passes over.
    static func folder(of layer: any ModelLayer.Type) -> String { "\(layers)/\(layer)/\(layer).docc" }

    /// The section of an operation.
    static func section(
        of operation: any DesignOperation.Type, in layer: any ModelLayer.Type
    ) throws -> (title: String, examples: [Example]) {
        let text = try Files.text("\(folder(of: layer))/\(operation).md")
        return (String(text.prefix { $0 != "\n" }), try examples(in: text))
    }

    private static func examples(in text: String) throws -> [Example] {
        var examples: [Example] = []
        var block: (language: String, lines: [Substring])?
        var json: String?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            guard let open = block else {
                if line.hasPrefix("```") { block = (String(line.dropFirst(3)), []) }
                continue
            }
            guard line == "```" else {
                block?.lines.append(line)
                continue
            }
            block = nil
            switch open.language {
            case "json": json = open.lines.joined(separator: "\n")
            case "numbers":
                guard let text = json else { throw TestFailure("numbers without JSON before them") }
                json = nil
                examples.append(Example(json: text, numbers: try open.lines.map(numbers)))
            default: break
            }
        }
        return examples
    }

    /// `x fixed<8,4> [2]: 12 -3`.
    private static func numbers(_ line: Substring) throws -> (name: String, of: String, integers: [Int128]) {
        let halves = line.split(separator: ":", maxSplits: 1)
        let words = (halves.first ?? "").split(separator: " ", maxSplits: 1)
        guard halves.count == 2, let name = words.first else { throw TestFailure("no numbers: \(line)") }
        let integers = try halves[1].split(separator: " ").map { word in
            guard let number = Int128(word) else { throw TestFailure("\(word) is no integer: \(line)") }
            return number
        }
        return (String(name), words.count == 2 ? words[1].trimmed : "", integers)
    }
}

extension Substring {
    fileprivate var trimmed: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}

extension DesignDocument.Example {
    /// The name of the file that holds the numbers of tensors.
    static let weights = "weights.bin"

    /// The value that the JSON stands for, its tensors in the stated file.
    func decode<Value: Codable>(_: Value.Type) throws -> Value {
        let words = integers(Self.weights).map { Int64($0) }
        let bytes = words.flatMap { word -> [UInt8] in
            (0..<8).map { place -> UInt8 in UInt8(truncatingIfNeeded: word >> Int64(8 * place)) }
        }
        let decoder = JSONDecoder()
        decoder.userInfo[TensorPool.key] = TensorPool(bytes: bytes)
        return try decoder.decode(Value.self, from: Data(json.utf8))
    }

    /// The value as the program writes it: JSON without white space, and the numbers of its tensors.
    static func encode(_ value: some Encodable) throws -> (json: String, words: [Int128]) {
        let pool = TensorPool()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.userInfo[TensorPool.key] = pool
        let text = String(decoding: try encoder.encode(value), as: UTF8.self)
        let bytes = pool.bytes
        let words = stride(from: 0, to: bytes.count, by: 8).map { start -> Int128 in
            var word: Int64 = 0
            for place in 0..<8 { word |= Int64(bytes[start + place]) << Int64(8 * place) }
            return Int128(word)
        }
        return (text, words)
    }

    /// A node by itself, reading tensors from outside as the lines of numbers state them.
    func design(of node: Design.Node) throws -> Design {
        let inputs = try node.inputs.map { id in
            guard let line = numbers.first(where: { $0.name == id.node }) else {
                throw TestFailure("there are no numbers of \(id.node)")
            }
            let words = line.of.split(separator: " ", maxSplits: 1).map(String.init)
            guard words.count == 2 else { throw TestFailure("\(id.node) has no type and shape") }
            return Design.Input(
                name: id.node, shape: try JSONDecoder().decode(Shape.self, from: Data(words[1].utf8)),
                type: try FixedType(parsing: words[0]))
        }
        return Design(io: .parallel, compat: .native, inputs: inputs, nodes: [node], outputs: node.ids)
    }
}
