internal import FixedPoint
internal import LayerKit
internal import Layers
internal import Options

/// A layer of the firmware as a row of a table: everything in words.
public struct LayerRow: Hashable, Sendable {
    public var name: String
    /// What is computed: `dense`, `rectifier`, `softmax (stable)`.
    public var operation: String
    public var shape: [Int]
    public var result: String
    public var weight: String?
    public var bias: String?
    public var accum: String?
    /// Types of tables, by their names in a project file.
    public var tables: [Table] = []
    public var strategy: String?
    public var reuse: Int?
    /// What stands in place of multiplications: how many adders, and how many of them one after the other.
    public var adders: Int?
    public var adderDepth: Int?

    public struct Table: Hashable, Sendable {
        public var name: String
        public var type: String
    }

    init(_ input: Design.Input) {
        name = input.name
        operation = "input"
        shape = input.shape
        result = input.type.words
    }

    init(_ node: Design.Node) {
        let definition = node.operation.definition, summary = definition.summary
        name = node.name
        operation = summary.kind
        shape = node.shapes[0]
        result = definition.results[0].words
        weight = summary.weight?.words
        bias = summary.bias?.words
        accum = summary.accum?.description
        tables = summary.tables.map { Table(name: $0.role.rawValue, type: $0.type.description) }
        strategy = summary.strategy?.rawValue
        reuse = summary.reuse
        adders = summary.adders?.count
        adderDepth = summary.adders?.depth
    }
}

extension ElementTypes {
    /// The one type, or the widest of several, in words.
    fileprivate var words: String {
        switch self {
        case .uniform(let type): type.description
        case .axis, .each: "\(storage) (by element)"
        }
    }
}
