internal import Arrays
internal import Basics
internal import LayerKit

extension ImportPass {
    /// before: `y = Reshape(x) {"shape": [6, 33554426, 4]}` with x of shape (6, N, 8), `z = Transpose(y)`;
    /// after: `y = Reshape(x) {"shape": [6, 16777213, 2, 4]}`, and the order of z over four axes.
    ///
    /// Axes that hold samples and something else, as attention has its heads and dense layers of old exporters their
    /// places, are several axes until a later Reshape takes them apart. What needs them as one is refused.
    static let splitSamples = ImportPass("split-samples") { graph throws(DiagnosticError) in
        guard graph.format == .onnx else { return graph }
        var splitting = SplittingSamples(graph)
        for node in graph.nodes { splitting.add(node) }
        if let output = graph.outputs.first(where: splitting.isSplit) {
            throw graph.error("the output '\(output)' puts samples and other axes into one")
        }
        return splitting.graph
    }
}

/// The network as far as samples have an axis of their own.
struct SplittingSamples {
    private(set) var graph: ImportGraph
    /// What each axis of a value is made of, where one of them is several.
    private var splits: [String: Split] = [:]
    private var shapes: [String: Shape] = [:]
    private var constants: [String: ImportTensor] = [:]
    private var names: Set<String>

    /// The sizes that each axis of a file's tensor is made of.
    struct Split: Equatable {
        var parts: [[Int]]

        init(_ shape: Shape) { parts = shape.map { [$0] } }

        var shape: Shape { parts.flatMap(\.self) }

        /// The places of an axis's parts.
        func places(_ axis: Int) -> [Int] {
            let start = parts[..<axis].reduce(0) { $0 + $1.count }
            return Array(start..<start + parts[axis].count)
        }

        /// The place of an axis that is one; nil for others.
        func place(_ axis: Int) -> Int? { parts[axis].count == 1 ? places(axis)[0] : nil }
    }

    init(_ graph: ImportGraph) {
        self.graph = graph
        names = Set(graph.nodes.map(\.name)).union(graph.nodes.flatMap(\.outputs))
        self.graph.nodes = []
    }

    func isSplit(_ value: String) -> Bool { splits[value] != nil }

    /// What is refused, or behind a refusal, stays as it is: the layout drops it.
    mutating func add(_ node: ImportNode) {
        guard node.faults.isEmpty, !node.shapes.isEmpty, let op = ONNXOp(rawValue: node.op) else {
            return graph.nodes.append(node)
        }
        for (output, shape) in zip(node.outputs, node.shapes) { shapes[output] = shape }
        if op == .constant { constants[node.outputs[0]] = node.tensors["value"] }
        let makes = op == .reshape && node.shapes[0].contains { Batch.isPart(of: $0) && $0 != Batch.size }
        guard makes || node.inputs.contains(where: isSplit), node.inputs.allSatisfy({ shapes[$0] != nil }) else {
            return graph.nodes.append(node)
        }
        do throws(LayerError) {
            var (split, result) = try parted(node, op)
            result.shapes = [split.shape]
            if split.parts.contains(where: { $0.count > 1 }) { splits[node.outputs[0]] = split }
            graph.nodes.append(result)
        } catch {
            var node = node
            node.faults.append(error.diagnostic(layer: node.origin))
            for output in node.outputs { shapes[output] = nil }
            graph.nodes.append(node)
        }
    }

    /// What the axes of a value are made of.
    private func split(_ value: String) -> Split { splits[value] ?? Split(shapes[value] ?? []) }

    /// The axes of the result, and the node with its own axes among them.
    private mutating func parted(_ node: ImportNode, _ op: ONNXOp) throws(LayerError) -> (Split, ImportNode) {
        var node = node
        let x = split(node.inputs[0])
        switch op {
        case .reshape:
            let target = try target(x.shape, node.shapes[0])
            node.attributes["shape"] = .integers(target.shape)
            return (target, node)
        case .transpose:
            let order = node.integers("perm")
            node.attributes["perm"] = .integers(order.flatMap(x.places))
            var result = x
            result.parts = order.map { x.parts[$0] }
            return (result, node)
        case .softmax, .gather:
            let axis = node.attributes["axis"]?.integerValue ?? 0
            guard let place = x.place(axis) else { throw Self.refusal(node) }
            node.attributes["axis"] = .int(place)
            var result = x
            result.parts[axis] = [node.shapes[0][axis]]
            return (result, node)
        case .reduceMax, .reduceMean, .reduceMin, .reduceProd, .reduceSum, .layerNormalization:
            return try splitOverAxes(node, op, x)
        case .gemm:
            var result = x
            guard x.parts.last?.count == 1, let outputs = node.shapes[0].last else { throw Self.refusal(node) }
            result.parts[result.parts.count - 1] = [outputs]
            return (result, node)
        case .slice:
            var result = x
            for (axis, count) in node.integers("counts").enumerated() where x.parts[axis].count == 1 {
                result.parts[axis] = [count]
            }
            return (result, try cut(node, x))
        case .einsum: return try splitProduct(node)
        default:
            guard op.isElementwise else { throw Self.refusal(node) }
            return try splitElements(node)
        }
    }

    static func refusal(_ node: ImportNode) -> LayerError {
        LayerError(
            "it reads a tensor that puts samples and other axes into one, which \(node.op) cannot",
            help: "keep the samples an axis of their own")
    }

    /// What the axes of a shape are made of behind axes of which one is the samples'.
    private func target(_ from: Shape, _ shape: Shape) throws(LayerError) -> Split {
        var target = Split(shape)
        let mixed = shape.indices.filter { Batch.isPart(of: shape[$0]) }
        guard mixed.count == 1, let at = from.firstIndex(of: Batch.size) else {
            throw LayerError("the shape \(Batch.text(shape)) is not one of samples", attribute: "shape")
        }
        let before = from[..<at].elementCount, front = shape[..<mixed[0]].elementCount
        let others = shape[mixed[0]] / Batch.size
        guard front > 0, before >= front, before % front == 0, others % (before / front) == 0 else {
            throw LayerError("the shape \(Batch.text(shape)) puts samples and other axes into one", attribute: "shape")
        }
        let outer = before / front
        target.parts[mixed[0]] = (outer > 1 ? [outer] : []) + [Batch.size] + (others > outer ? [others / outer] : [])
        return target
    }

    private func splitOverAxes(
        _ node: ImportNode, _ op: ONNXOp, _ x: Split
    ) throws(LayerError) -> (Split, ImportNode) {
        var node = node, result = x
        let axes = node.integers("axes"), places = axes.compactMap(x.place)
        guard places.count == axes.count else { throw Self.refusal(node) }
        node.attributes["axes"] = .integers(places)
        guard op != .layerNormalization else { return (x, node) }
        let keeps = node.attributes["keepdims"] == .bool(true)
        result.parts = x.parts.indices.compactMap { axes.contains($0) ? (keeps ? [1] : nil) : x.parts[$0] }
        return (result, node)
    }

    /// Axes that are several must be whole.
    private func cut(_ node: ImportNode, _ x: Split) throws(LayerError) -> ImportNode {
        var node = node
        let starts = node.integers("starts"), steps = node.integers("steps"), counts = node.integers("counts")
        guard x.parts.indices.allSatisfy({ x.parts[$0].count == 1 || counts[$0] == Count.elements(x.parts[$0]) }),
            x.parts.indices.allSatisfy({ x.parts[$0].count == 1 || steps[$0] == 1 })
        else { throw Self.refusal(node) }
        func spread(_ values: [Int], _ own: ([Int]) -> [Int]) -> JSONValue {
            .integers(x.parts.indices.flatMap { x.parts[$0].count == 1 ? [values[$0]] : own(x.parts[$0]) })
        }
        node.attributes["starts"] = spread(starts) { $0.map { _ in 0 } }
        node.attributes["steps"] = spread(steps) { $0.map { _ in 1 } }
        node.attributes["counts"] = spread(counts) { $0 }
        return node
    }

    /// Every letter of an axis that is several becomes as many letters.
    private mutating func splitProduct(_ node: ImportNode) throws(LayerError) -> (Split, ImportNode) {
        var node = node
        let equation = Array((node.attributes["equation"]?.stringValue ?? "").utf8)
        guard let arrow = equation.firstIndex(of: UInt8(ascii: "-")) else { throw Self.refusal(node) }
        let sides = equation[..<arrow].split(separator: UInt8(ascii: ",")).map { Array($0) }
        let result = Array(equation[(arrow + 2)...])
        var parts: [UInt8: [Int]] = [:]
        for (input, letters) in zip(node.inputs, sides) {
            for (letter, own) in zip(letters, split(input).parts) {
                guard parts.updateValue(own, forKey: letter) ?? own == own else { throw Self.refusal(node) }
            }
        }
        var free = (UInt8(ascii: "A")...UInt8(ascii: "Z")).filter { !equation.contains($0) }
        var letters: [UInt8: [UInt8]] = [:]
        for (letter, own) in parts.sorted(by: { $0.key < $1.key }) where own.count > 1 {
            guard free.count >= own.count else { throw Self.refusal(node) }
            letters[letter] = Array(free.prefix(own.count))
            free.removeFirst(own.count)
        }
        func text(_ side: [UInt8]) -> String {
            String(decoding: side.flatMap { letters[$0] ?? [$0] }, as: UTF8.self)
        }
        node.attributes["equation"] = .string(sides.map(text).joined(separator: ",") + "->" + text(result))
        var split = Split([])
        split.parts = result.map { parts[$0] ?? [1] }
        return (split, node)
    }

    /// Tensors element by element: those of one element along an axis that is several get as many axes of one.
    private mutating func splitElements(_ node: ImportNode) throws(LayerError) -> (Split, ImportNode) {
        var node = node, result = Split(node.shapes[0])
        let rank = result.parts.count
        for input in node.inputs {
            let own = split(input).parts, shift = rank - own.count
            guard shift >= 0 else { throw Self.refusal(node) }
            for (axis, parts) in own.enumerated() where parts.count > 1 {
                guard result.parts[axis + shift].count == 1 || result.parts[axis + shift] == parts else {
                    throw Self.refusal(node)
                }
                result.parts[axis + shift] = parts
            }
        }
        for (place, input) in node.inputs.enumerated() {
            let own = split(input).parts
            let shape = try beside(own, result, node)
            guard shape != own.flatMap(\.self) else { continue }
            let name = names.claim("\(node.name)_beside")
            var made: ImportNode
            if let constant = constants[input] {
                let value = ImportTensor(try constant.load().reshaped(shape), storedAs: constant.element)
                made = ImportNode("Constant", name, tensors: ["value": value], origin: node.origin)
            } else {
                made = ImportNode(
                    ONNXOp.reshape.rawValue, name, inputs: [input], attributes: ["shape": .integers(shape)],
                    origin: node.origin)
            }
            made.shapes = [shape]
            graph.nodes.append(made)
            node.inputs[place] = name
        }
        for (name, tensor) in node.tensors where tensor.shape.elementCount > 1 {
            let shape = try beside(tensor.shape.map { [$0] }, result, node)
            node.tensors[name] = ImportTensor(
                try tensor.load().reshaped(shape), storedAs: tensor.element, bits: tensor.bits)
        }
        return (result, node)
    }

    /// The shape of a tensor that goes along with another.
    private func beside(_ own: [[Int]], _ whole: Split, _ node: ImportNode) throws(LayerError) -> Shape {
        let shift = whole.parts.count - own.count
        guard shift >= 0 else { throw Self.refusal(node) }
        var shape: Shape = []
        for (axis, parts) in own.enumerated() {
            let wanted = whole.parts[axis + shift]
            guard parts.count == wanted.count || parts == [1] else { throw Self.refusal(node) }
            shape += parts == [1] ? wanted.map { _ in 1 } : parts
        }
        return shape
    }
}
