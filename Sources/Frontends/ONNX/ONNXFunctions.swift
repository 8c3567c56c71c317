internal import Basics
internal import LayerKit
internal import ONNXFormat

/// Functions that a model defines: exporters put modules, or operators that are none of the standard's, in them.
///
/// before: `y = pkg.Block(x)` with `Block(a) = { t = Relu(a), b = Tanh(t) }`; after: `y/t = Relu(x)`, `y = Tanh(y/t)`.
struct ONNXFunctions {
    private let functions: [Name: Onnx_Function]
    /// Values that have a name.
    private var names: Set<String>
    /// Functions that are being put in place, the outermost first.
    private var calls: [Name] = []
    private let limit: Int
    private var count = 0

    /// Functions within functions.
    private static let depth = 32

    private struct Name: Hashable {
        var domain: String
        var name: String
        var overload: String
    }

    init(
        _ functions: [Onnx_Function], of graph: Onnx_Graph, version: Int, limit: Int
    ) throws(LayerError) {
        var known: [Name: Onnx_Function] = [:]
        for function in functions {
            let name = Name(domain: function.domain, name: function.name, overload: function.overload)
            guard known.updateValue(function, forKey: name) == nil else {
                throw LayerError("the function '\(function.name)' is there twice")
            }
            // What operators mean depends on the version in a few places, all of them before this one.
            let own = function.opsetImport.first { ["", "ai.onnx"].contains($0.domain) }.map { Int($0.version) }
            if let own, (own < 13) != (version < 13) {
                throw LayerError(
                    "the function '\(function.name)' is of version \(own) (opset), the model of version \(version)",
                    help: "convert the model to one version: onnx.version_converter.convert_version(model, 18)")
            }
        }
        self.functions = known
        self.limit = limit
        names = Set(graph.input.map(\.name)).union(graph.initializer.map(\.name))
        for node in graph.node { names.formUnion(node.output) }
    }

    /// Nodes with the nodes of functions in place of those that call them.
    mutating func inlined(_ nodes: [Onnx_Node]) throws(LayerError) -> [Onnx_Node] {
        var result: [Onnx_Node] = []
        for node in nodes {
            let name = Name(domain: node.domain, name: node.opType, overload: node.overload)
            guard let function = functions[name] else {
                count += 1
                guard count <= limit else {
                    throw LayerError(
                        "with the nodes of its functions it has more than the \(limit) that a network may have")
                }
                result.append(node)
                continue
            }
            guard !calls.contains(name) else {
                let circle = (calls + [name]).map { "'\($0.name)'" }.joined(separator: " -> ")
                throw LayerError("functions call each other in a circle: \(circle)")
            }
            guard calls.count < Self.depth else {
                throw LayerError("functions are in functions deeper than \(Self.depth)")
            }
            calls.append(name)
            result += try inlined(body(of: function, calledBy: node))
            calls.removeLast()
        }
        return result
    }

    /// A function's nodes under the names and with the attributes of a call.
    private mutating func body(
        of function: Onnx_Function, calledBy call: Onnx_Node
    ) throws(LayerError) -> [Onnx_Node] {
        guard call.input.count <= function.input.count, call.output.count <= function.output.count else {
            throw LayerError(
                "'\(call.name)' calls the function '\(function.name)' with \(call.input.count) inputs and "
                    + "\(call.output.count) outputs: it has \(function.input.count) and \(function.output.count)")
        }
        var values = ["": ""]
        for (index, input) in function.input.enumerated() {
            values[input] = call.input.indices.contains(index) ? call.input[index] : ""
        }
        var given = Set(function.input)
        for (index, output) in function.output.enumerated() where call.output.indices.contains(index) {
            // An input that is an output as well is copied below.
            if call.output[index] != "", !given.contains(output) { values[output] = call.output[index] }
        }
        let prefix = call.name.isEmpty ? call.output.first { $0 != "" } ?? function.name : call.name
        var nodes: [Onnx_Node] = []
        for (index, own) in function.node.enumerated() {
            for output in own.output where output != "" {
                guard given.insert(output).inserted else {
                    throw LayerError("'\(output)' is given twice in the function '\(function.name)'")
                }
            }
            nodes.append(own)
            nodes[index].name = "\(prefix)/\(own.name.isEmpty ? "\(own.opType)_\(index)" : own.name)"
        }
        for index in nodes.indices {
            nodes[index].input = nodes[index].input.map { value(of: $0, prefix, &values) }
            nodes[index].output = nodes[index].output.map { value(of: $0, prefix, &values) }
            nodes[index].attribute = nodes[index].attribute.compactMap { attribute in
                guard attribute.hasRefAttrName else { return attribute }
                let stated = call.attribute.first { $0.name == attribute.refAttrName }
                guard var own = stated ?? function.attributeProto.first(where: { $0.name == attribute.refAttrName })
                else { return nil }
                own.name = attribute.name
                return own
            }
        }
        for (input, output) in zip(function.output, call.output) where output != "" && values[input] != output {
            var copy = Onnx_Node()
            copy.opType = "Identity"
            copy.name = "\(prefix)/\(output)"
            copy.input = [value(of: input, prefix, &values)]
            copy.output = [output]
            nodes.append(copy)
        }
        return nodes
    }

    /// A value of a function as the graph has it.
    private mutating func value(of name: String, _ prefix: String, _ values: inout [String: String]) -> String {
        if let known = values[name] { return known }
        let own = names.claim("\(prefix)/\(name)")
        values[name] = own
        return own
    }
}
