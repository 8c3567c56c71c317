internal import Arrays
internal import Basics
internal import LayerKit

/// A node whose operands are known: what a rule of the resolver reads, and the nodes that it makes of it.
struct ONNXCall {
    let op: ONNXOp
    let node: ImportNode
    /// Nil: left out.
    let operands: [Operand?]
    /// What the node becomes, in order.
    private(set) var made: [ImportNode] = []
    /// Names that are taken.
    private(set) var names: Set<String>

    /// A tensor that an operator reads.
    struct Operand {
        var value: String
        var shape: Shape
        /// Its numbers, where they do not depend on what enters the network.
        var constant: ImportTensor?
        /// Whether all its numbers are whole, whatever enters the network.
        var isWhole = false
    }

    init(_ op: ONNXOp, _ node: ImportNode, _ operands: [Operand?], names: Set<String>) {
        self.op = op
        self.node = node
        self.operands = operands
        self.names = names
    }

    func has(_ index: Int) -> Bool { operands.indices.contains(index) && operands[index] != nil }

    func operand(_ index: Int) throws(LayerError) -> Operand {
        guard operands.indices.contains(index), let operand = operands[index] else {
            throw LayerError("input \(index) of \(node.op) is missing")
        }
        return operand
    }

    /// The operands that are there.
    var all: [Operand] { operands.compactMap(\.self) }

    // MARK: Numbers

    /// The numbers of an operand that must not depend on what enters the network; nil where it is left out.
    func tensor(_ index: Int, _ name: String) throws(LayerError) -> ImportTensor? {
        guard has(index) else { return nil }
        guard let constant = try operand(index).constant else {
            throw LayerError(
                "'\(name)' of \(node.op) is computed from what enters the network: only constants are supported",
                attribute: name)
        }
        return constant
    }

    func required(_ index: Int, _ name: String) throws(LayerError) -> ImportTensor {
        guard let tensor = try tensor(index, name) else {
            throw LayerError("'\(name)' of \(node.op) is missing", attribute: name)
        }
        return tensor
    }

    /// A single number; nil where it is left out.
    func scalar(_ index: Int, _ name: String) throws(LayerError) -> Double? {
        guard let tensor = try tensor(index, name) else { return nil }
        let values = try tensor.load().doubles
        guard values.count == 1 else {
            throw LayerError("'\(name)' of \(node.op) has \(values.count) numbers, expected one", attribute: name)
        }
        return values[0]
    }

    /// Whole numbers; nil where they are left out.
    func integers(_ index: Int, _ name: String) throws(LayerError) -> [Int]? {
        guard let tensor = try tensor(index, name) else { return nil }
        guard case .int64(let values) = try tensor.load().numbers else {
            throw LayerError("'\(name)' of \(node.op) are not whole numbers", attribute: name)
        }
        return values.map { Int($0) }
    }

    // MARK: Attributes

    func integer(_ name: String) throws(LayerError) -> Int? {
        guard let value = attribute(name) else { return nil }
        guard let number = value.integerValue else { throw wrong(name, value, "a whole number") }
        return number
    }

    func integers(_ name: String) throws(LayerError) -> [Int]? {
        guard let value = attribute(name) else { return nil }
        let numbers = (value.arrayValue ?? [value]).compactMap(\.integerValue)
        guard numbers.count == value.arrayValue?.count ?? 1 else { throw wrong(name, value, "whole numbers") }
        return numbers
    }

    func number(_ name: String, default standard: Double) throws(LayerError) -> Double {
        guard let value = attribute(name) else { return standard }
        guard let number = value.numberValue, number.isFinite else { throw wrong(name, value, "a finite number") }
        return number
    }

    func flag(_ name: String, default standard: Bool = false) throws(LayerError) -> Bool {
        if case .bool(let value)? = attribute(name) { return value }
        return try integer(name).map { $0 != 0 } ?? standard
    }

    func text(_ name: String, default standard: String) throws(LayerError) -> String {
        guard let value = attribute(name) else { return standard }
        guard let text = value.stringValue else { throw wrong(name, value, "text") }
        return text
    }

    private func attribute(_ name: String) -> JSONValue? {
        node.attributes[name].flatMap { $0 == .null ? nil : $0 }
    }

    func wrong(_ name: String, _ value: JSONValue, _ expected: String) -> LayerError {
        LayerError("attribute '\(name)' of \(node.op) is \(value.summary), expected \(expected)", attribute: name)
    }

    /// An attribute has a value that is not honoured.
    func unsupported(_ name: String, _ value: some CustomStringConvertible, help: String? = nil) -> LayerError {
        LayerError("\(name)=\(value) of \(node.op) is not supported", attribute: name, help: help)
    }

    /// An axis counted from the front; axes below zero are counted from the back.
    func axis(_ axis: Int, of rank: Int, _ name: String = "axis") throws(LayerError) -> Int {
        guard (-rank..<rank).contains(axis) else {
            throw LayerError("\(name) \(axis) of \(node.op) is none of \(rank) axes", attribute: name)
        }
        return axis < 0 ? axis + rank : axis
    }

    // MARK: Results

    /// Adds a node of one output that is not the last: its value is called after the node and `part`.
    mutating func emit(
        _ op: ONNXOp, _ part: String, _ inputs: [Operand], _ shape: Shape, attributes: [String: JSONValue] = [:],
        tensors: [String: ImportTensor] = [:]
    ) -> Operand {
        let name = names.claim("\(node.name)_\(part)")
        made.append(
            made(op, name, name, inputs, shape, attributes, tensors))
        return Operand(value: name, shape: shape)
    }

    /// Adds the node that gives the output `index`.
    mutating func give(
        _ op: ONNXOp, _ inputs: [Operand], _ shape: Shape, attributes: [String: JSONValue] = [:],
        tensors: [String: ImportTensor] = [:], output index: Int = 0
    ) {
        guard node.outputs.indices.contains(index), node.outputs[index] != "" else { return }
        let name = index == 0 ? node.name : names.claim("\(node.name)_\(index)")
        made.append(made(op, name, node.outputs[index], inputs, shape, attributes, tensors))
    }

    /// Adds one direction of a recurrent network, which gives the hidden states of all steps, the last one, and for LSTM
    /// the last of the cell; all with the samples first.
    mutating func emitRecurrent(
        _ part: String, _ inputs: [Operand], steps: Int, units: Int, attributes: [String: JSONValue],
        tensors: [String: ImportTensor]
    ) -> (sequence: Operand, hidden: Operand, cell: Operand?) {
        let name = names.claim("\(node.name)_\(part)"), isLSTM = op == .lstm
        var node = made(
            op, name, name, inputs, [Batch.size, steps, units], attributes, tensors)
        let state = [Batch.size, units]
        let values = [name, names.claim("\(name)_hidden")] + (isLSTM ? [names.claim("\(name)_cell")] : [])
        node.outputs = values
        node.shapes = [[Batch.size, steps, units], state] + (isLSTM ? [state] : [])
        made.append(node)
        return (
            Operand(value: values[0], shape: node.shapes[0]), Operand(value: values[1], shape: state),
            isLSTM ? Operand(value: values[2], shape: state) : nil
        )
    }

    private func made(
        _ op: ONNXOp, _ name: String, _ output: String, _ inputs: [Operand], _ shape: Shape,
        _ attributes: [String: JSONValue], _ tensors: [String: ImportTensor]
    ) -> ImportNode {
        var made = ImportNode(
            op.rawValue, name, inputs: inputs.map(\.value), outputs: [output], attributes: attributes, tensors: tensors,
            origin: node.origin)
        made.shapes = [shape]
        return made
    }

    /// Adds a constant.
    mutating func constant(_ part: String, _ tensor: Tensor) -> Operand {
        var operand = emit(.constant, part, [], tensor.shape, tensors: ["value": ImportTensor(tensor)])
        operand.constant = ImportTensor(tensor)
        return operand
    }
}

extension JSONValue {
    /// A list of whole numbers.
    static func integers(_ values: [Int]) -> JSONValue { .array(values.map { .int($0) }) }
}
