internal import Arrays
internal import Basics
internal import LayerKit

extension ImportPass {
    /// before: `y = Squeeze(x) {axes: [2]}`; after: `y_axes = Constant() [value: int64 1]`, `y = Squeeze(x, y_axes)`.
    ///
    /// Every operator as version 18 spells it, from any version that is read; what is no operator that is known, or has
    /// an attribute that might change what it computes, gets a fault.
    static func oneForm(version: Int) -> ImportPass {
        ImportPass("one-form") { graph in
            guard graph.format == .onnx else { return graph }
            var form = OneForm(graph, version: version)
            for node in graph.nodes { form.add(node) }
            return form.graph
        }
    }
}

private struct OneForm {
    private(set) var graph: ImportGraph
    private let version: Int
    private var names: Set<String>

    init(_ graph: ImportGraph, version: Int) {
        self.graph = graph
        self.version = version
        names = Set(graph.nodes.map(\.name)).union(graph.nodes.flatMap(\.outputs))
        self.graph.nodes = []
    }

    mutating func add(_ node: ImportNode) {
        guard node.faults.isEmpty else { return graph.nodes.append(node) }
        var node = node
        do throws(LayerError) {
            guard let op = ONNXOp(rawValue: node.op), !op.isMade else {
                throw ONNXRefusal.unknown(node.op)
            }
            for (name, value) in node.attributes.sorted(by: { $0.key < $1.key }) where value != .null {
                guard op.attributes.contains(name) || op.harmless.contains(name) else {
                    throw LayerError(
                        "attribute '\(name)' of \(node.op) (\(value.summary)) is not known and might change what it "
                            + "computes", attribute: name)
                }
                if op.harmless.contains(name) { node.attributes[name] = nil }
            }
            node = try converted(node, op)
        } catch {
            node.faults.append(error.diagnostic(layer: node.origin))
        }
        graph.nodes.append(node)
    }

    private mutating func converted(_ node: ImportNode, _ op: ONNXOp) throws(LayerError) -> ImportNode {
        var node = node
        switch op {
        case .constant: try state(&node)
        case .squeeze, .unsqueeze, .reduceL1, .reduceL2, .reduceLogSum, .reduceLogSumExp, .reduceMax, .reduceMean,
            .reduceMin,
            .reduceProd, .reduceSum, .reduceSumSquare:
            try input("axes", 1, &node)
        case .split: try input("split", 1, &node)
        case .clip:
            try input("min", 1, &node)
            try input("max", 2, &node)
        case .pad:
            try input("pads", 1, &node)
            try input("value", 2, &node)
        case .slice:
            for (place, name) in ["starts", "ends", "axes"].enumerated() { try input(name, place + 1, &node) }
        case .upsample:
            try input("scales", 1, &node)
            node = resize(node)
        case .resize where node.inputs.count == 2: node = resize(node)
        case .softmax, .logSoftmax:
            // Before version 13 all axes from this one on were one.
            if version < 13 {
                node.attributes["axis"] = node.attributes["axis"] ?? .int(1)
                node.attributes["flattens"] = .bool(true)
            }
        case .intQuant: node.op = ONNXOp.quant.rawValue
        default: break
        }
        return node
    }

    /// As version 10 had it: places are those of the input, and the nearest is the one before.
    private func resize(_ node: ImportNode) -> ImportNode {
        var node = node
        node.op = ONNXOp.resize.rawValue
        node.inputs = [node.inputs.first ?? "", "", node.inputs.count > 1 ? node.inputs[1] : ""]
        node.attributes["coordinate_transformation_mode"] = .string("asymmetric")
        node.attributes["nearest_mode"] = .string("floor")
        return node
    }

    /// An attribute becomes a constant that the node reads.
    private mutating func input(_ attribute: String, _ place: Int, _ node: inout ImportNode) throws(LayerError) {
        guard let value = node.attributes.removeValue(forKey: attribute), value != .null else { return }
        let name = names.claim("\(node.name)_\(attribute)")
        let tensor = try Self.tensor(value, attribute)
        while node.inputs.count <= place { node.inputs.append("") }
        node.inputs[place] = name
        graph.nodes.append(ImportNode("Constant", name, tensors: ["value": tensor], origin: node.origin))
    }

    /// A constant's numbers, stated as an attribute.
    private func state(_ node: inout ImportNode) throws(LayerError) {
        for name in ["value_float", "value_floats", "value_int", "value_ints"] {
            guard let value = node.attributes.removeValue(forKey: name) else { continue }
            node.tensors["value"] = try Self.tensor(value, name)
        }
        guard node.tensors["value"] != nil else { throw LayerError("a Constant without numbers", attribute: "value") }
    }

    /// A number as a scalar, a list of them as a vector.
    private static func tensor(_ value: JSONValue, _ attribute: String) throws(LayerError) -> ImportTensor {
        let items = value.arrayValue ?? [value], shape = value.arrayValue.map { [$0.count] } ?? []
        let whole = items.compactMap { if case .int(let number) = $0 { Int64(number) } else { nil } }
        let numbers =
            whole.count == items.count
            ? Numbers.int64(whole) : .float32(items.compactMap(\.numberValue).map(Float.init))
        guard let tensor = Tensor(shape: shape, numbers: numbers) else {
            throw LayerError("attribute '\(attribute)' is \(value.summary), expected numbers", attribute: attribute)
        }
        return ImportTensor(tensor)
    }
}
