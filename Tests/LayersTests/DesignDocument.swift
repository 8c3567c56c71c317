import Basics
import FixedPoint
import FoundationEssentials
import LayerKit
import Layers
import Options
import TestSupport

/// `Sources/Layers/DESIGN.md` as a test reads it: a section for each operation, with examples.
struct DesignDocument {
    /// One for each heading of the third level: its name without quotes, and the examples below it.
    var operations: [(key: String, examples: [Example])] = []
    /// The examples that no heading of the third level stands above: whole designs.
    var designs: [Example] = []

    /// A block of JSON, and the block of numbers that follows it.
    struct Example {
        var json: String
        /// The name of a tensor or file, what stands between it and the colon, and the integers behind.
        var numbers: [(name: String, of: String, integers: [Int128])]

        func integers(_ name: String) -> [Int128] { numbers.first { $0.name == name }?.integers ?? [] }
    }

    init() throws {
        let text = try Files.text(Repository.root + "/Sources/Layers/DESIGN.md")
        var block: (language: String, lines: [Substring])?
        var json: String?
        var below = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if let open = block {
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
                    let example = Example(json: text, numbers: try open.lines.map(Self.numbers))
                    if below {
                        operations[operations.count - 1].examples.append(example)
                    } else {
                        designs.append(example)
                    }
                default: break
                }
            } else if line.hasPrefix("```") {
                block = (String(line.dropFirst(3)), [])
            } else if line.hasPrefix("### ") {
                operations.append((line.dropFirst(4).filter { $0 != "`" }, []))
                below = true
            } else if line.hasPrefix("## ") {
                below = false
            }
        }
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
