internal import Basics
internal import LayerKit
internal import ONNXFormat

/// An ONNX file as an import graph: operators as they stand in it, trained numbers as nodes `Constant`, and what enters
/// the network as nodes `Input`.
struct ONNXFile {
    private let name: String
    private let data: ONNXData
    private var nodes: [ImportNode] = []
    private var names: Set<String> = []
    private var constants: Set<String> = []
    private var problems: [Diagnostic] = []

    /// The default domain's versions in which every operator is known to mean what is read.
    private static let versions = 6...25
    /// Nodes that only compute shapes are more than the layers they belong to.
    private static let nodeLimit = 4 * InputLimit.network.elements

    /// - Parameter beside: the files that hold the numbers which the model's file leaves out.
    static func read(
        _ file: consuming ModelFiles.File, beside: [ModelFiles.File] = []
    ) throws(DiagnosticError) -> ImportGraph {
        var reader = ONNXFile(name: file.name, data: ONNXData(model: file.name, beside: beside))
        var model: Onnx_Model
        do {
            model = try ONNXMessages.model(file.bytes)
        } catch {
            throw reader.error("not an ONNX model: \(error.reason)", help: "is the file complete?")
        }
        // The bytes are in the messages now.
        _ = consume file
        return try reader.graph(&model)
    }

    private init(name: String, data: ONNXData) {
        self.name = name
        self.data = data
    }

    private func error(_ message: String, help: String? = nil) -> DiagnosticError {
        DiagnosticError(.error("'\(name)': \(message)", help: help))
    }

    private mutating func graph(_ model: inout Onnx_Model) throws(DiagnosticError) -> ImportGraph {
        guard model.hasGraph else { throw error("an ONNX model without a graph", help: "is the file complete?") }
        let version = try version(of: model)
        // The model lets go of it: each tensor's bytes are to be in memory once.
        var graph = model.graph
        model.clearGraph()
        guard graph.node.count + graph.initializer.count <= Self.nodeLimit else {
            throw error(
                "\(graph.node.count) nodes and \(graph.initializer.count) tensors are more than the "
                    + "\(Self.nodeLimit) that a network may have")
        }
        if !model.functions.isEmpty {
            do throws(LayerError) {
                var inlining = try ONNXFunctions(model.functions, of: graph, version: version, limit: Self.nodeLimit)
                graph.node = try inlining.inlined(graph.node)
            } catch {
                throw self.error(error.message, help: error.help)
            }
        }
        guard graph.sparseInitializer.isEmpty else {
            throw error("sparse tensors are not supported", help: "save the model with dense ones")
        }
        addConstants(&graph)
        let inputs = addInputs(graph)
        for (index, node) in graph.node.enumerated() { add(node, index) }
        guard problems.isEmpty else { throw DiagnosticError(problems.bounded) }
        guard !graph.output.isEmpty else { throw error("the graph gives nothing: it has no outputs") }
        let read = ImportGraph(
            format: .onnx, file: name, nodes: nodes, inputs: inputs, outputs: graph.output.map(\.name))
        return try ImportPass.oneForm(version: version).apply(read)
    }

    /// The version of the default domain's operators.
    private func version(of model: Onnx_Model) throws(DiagnosticError) -> Int {
        let stated = model.opsetImport.first { ["", "ai.onnx"].contains($0.domain) }?.version
        // Tools that only know domains of their own leave it out.
        let version = Int(stated ?? 13)
        guard Self.versions.contains(version) else {
            throw error(
                "operators of version \(version) (opset) are not read",
                help: "versions \(Self.versions.lowerBound) to \(Self.versions.upperBound) are: "
                    + "onnx.version_converter.convert_version(model, 18)")
        }
        return version
    }

    /// Numbers are let go of in the messages as soon as they are tensors.
    private mutating func addConstants(_ graph: inout Onnx_Graph) {
        for index in graph.initializer.indices {
            let tensor = graph.initializer[index]
            graph.initializer[index] = Onnx_Tensor()
            do throws(LayerError) {
                let value = try data.tensor(tensor)
                guard constants.insert(tensor.name).inserted else { throw LayerError("it is there twice") }
                nodes.append(
                    ImportNode(
                        "Constant", names.claim(tensor.name), outputs: [tensor.name], tensors: ["value": value],
                        origin: tensor.name))
            } catch {
                problems.append(
                    .error("'\(name)': the tensor '\(tensor.name)': \(error.message)", help: error.help))
            }
        }
    }

    /// The inputs that are no trained tensors: older files list those among them.
    private mutating func addInputs(_ graph: Onnx_Graph) -> [String] {
        var inputs: [String] = []
        for input in graph.input where !constants.contains(input.name) {
            var attributes: [String: JSONValue] = [:]
            if input.hasType, input.type.hasTensorType, input.type.tensorType.hasShape {
                let sizes = input.type.tensorType.shape.dim.map {
                    $0.hasDimValue ? JSONValue.int(Int($0.dimValue)) : .null
                }
                attributes["shape"] = .array(sizes)
                attributes["type"] = .int(Int(input.type.tensorType.elemType))
            }
            nodes.append(
                ImportNode("Input", names.claim(input.name), outputs: [input.name], attributes: attributes))
            inputs.append(input.name)
        }
        return inputs
    }

    private mutating func add(_ node: Onnx_Node, _ index: Int) {
        let op = Self.op(node)
        let name = names.claim(node.name.isEmpty ? "\(op)_\(index)" : node.name)
        var read = ImportNode(op, name, inputs: node.input, outputs: node.output)
        // Outputs at the end that nobody names are not read.
        while read.outputs.last == "" { read.outputs.removeLast() }
        for attribute in node.attribute where !ONNXRefusal.isKnown(op) {
            do throws(LayerError) {
                if attribute.hasT {
                    read.tensors[attribute.name] = try data.tensor(attribute.t)
                } else {
                    read.attributes[attribute.name] = try Self.value(attribute)
                }
            } catch {
                let fault = LayerError("\(op): \(error.message)", attribute: attribute.name, help: error.help)
                read.faults.append(fault.diagnostic(layer: name))
            }
        }
        nodes.append(read)
    }

    /// The operators that onnxruntime adds and are read.
    private static let microsoft: Set<String> = [
        "DequantizeLinear", "Gelu", "QGemm", "QLinearAdd", "QLinearAveragePool", "QLinearConcat",
        "QLinearGlobalAveragePool", "QLinearLeakyRelu", "QLinearMul", "QLinearSigmoid", "QLinearSoftmax",
        "QuantizeLinear",
    ]

    /// The operator, as `ONNXOp` spells it; those of domains that are not known with the domain.
    private static func op(_ node: Onnx_Node) -> String {
        switch node.domain {
        case "", "ai.onnx": return node.opType
        case "qonnx.custom_op.channels_last": return "ChannelsLast" + node.opType
        case "com.microsoft" where microsoft.contains(node.opType): return node.opType
        case "ai.onnx.ml" where node.opType == "Scaler": return node.opType
        default:
            // Exporters name the domain of quantisers as they like.
            let quantisers: Set<String> = [
                "BipolarQuant", "FloatQuant", "IntQuant", "MultiThreshold", "Quant", "Trunc",
            ]
            return quantisers.contains(node.opType) ? node.opType : "\(node.domain).\(node.opType)"
        }
    }

    /// An attribute that is no tensor.
    private static func value(_ attribute: Onnx_Attribute) throws(LayerError) -> JSONValue {
        func list(_ values: [JSONValue]) throws(LayerError) -> JSONValue {
            guard values.count <= InputLimit.tensor.elements else {
                throw LayerError("attribute '\(attribute.name)' has \(values.count) values, which are too many")
            }
            return .array(values)
        }
        if attribute.hasG || !attribute.graphs.isEmpty {
            throw LayerError(
                "attribute '\(attribute.name)' is a graph", help: "export the network without graphs within its graph")
        }
        if attribute.hasRefAttrName || attribute.hasSparseTensor || attribute.hasTp || !attribute.tensors.isEmpty {
            throw LayerError("attribute '\(attribute.name)' is of a kind that is not supported")
        }
        if attribute.hasF { return .double(Double(attribute.f)) }
        if attribute.hasI { return .int(Int(attribute.i)) }
        if attribute.hasS { return .string(attribute.text) }
        if !attribute.floats.isEmpty { return try list(attribute.floats.map { .double(Double($0)) }) }
        if !attribute.ints.isEmpty { return try list(attribute.ints.map { .int(Int($0)) }) }
        if !attribute.strings.isEmpty { return try list(attribute.texts.map { .string($0) }) }
        // Fields that have their standard value need not be written.
        switch attribute.type {
        case 1: return .double(0)
        case 2: return .int(0)
        case 3: return .string("")
        default: return .array([])
        }
    }
}
