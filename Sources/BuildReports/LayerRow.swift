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

    public struct Table: Hashable, Sendable {
        public var name: String
        public var type: String
    }

    init(_ input: Design.Input) {
        name = input.name
        operation = "input"
        shape = input.shape
        result = input.type.description
    }

    init(_ node: Design.Node) {
        name = node.name
        operation = ""
        shape = node.shape
        result = node.operation.resultType.description
        describe(node.operation)
    }

    /// What of an operation a user chose or may want to choose.
    private mutating func describe(_ operation: Operation) {
        switch operation {
        case .dense(let dense):
            self.operation = "dense"
            weight = dense.weight.type.description
            bias = dense.bias.type.description
            accum = dense.accum?.description
            strategy = dense.strategy.rawValue
            reuse = dense.reuse
        case .scaleBias(let scaleBias):
            self.operation = "scale and bias"
            weight = scaleBias.scale.type.description
            bias = scaleBias.bias.type.description
        case .cast: self.operation = "cast"
        case .rectifier: self.operation = "rectifier"
        case .exponentialUnit(let unit):
            self.operation = "exponential unit"
            add("table", unit.table.type)
        case .table(let table):
            self.operation = "table"
            add("table", table.table.type)
        case .hardSigmoid: self.operation = "hard sigmoid"
        case .softmax(let softmax): describe(softmax)
        case .view: self.operation = "view"
        }
    }

    private mutating func describe(_ softmax: SoftmaxOperation) {
        switch softmax.method {
        case .stable(_, let tables):
            operation = "softmax (stable)"
            add(tables)
        case .latency(let tables):
            operation = "softmax (latency)"
            add(tables)
        case .legacy(let exp, let inverse):
            operation = "softmax (legacy)"
            add("exp_table", exp.type)
            add("inv_table", inverse.type)
        case .argmax: operation = "softmax (argmax)"
        }
    }

    private mutating func add(_ tables: SoftmaxOperation.Tables) {
        accum = tables.accum.description
        add("exp_table", tables.exp.type)
        add("inv_inp", tables.invInput)
        add("inv_table", tables.inverse.type)
    }

    private mutating func add(_ table: String, _ type: FixedType) {
        tables.append(Table(name: table, type: type.description))
    }
}
