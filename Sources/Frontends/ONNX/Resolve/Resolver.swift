internal import Basics
internal import LayerKit

extension ImportPass {
    /// before: `s = Shape(x)`, `n = Gather(s, zero)`, `t = Concat(n, minusOne)`, `y = Reshape(x, t)`;
    /// after: `y = Reshape(x) {"shape": [16777213, 784]}`.
    ///
    /// Every shape is known from here on, and what depends only on constants is one. Parameters that stood in inputs or
    /// were left to be found out are attributes or trained numbers of the node: axes count from the front, paddings are
    /// numbers. Operators that are others in disguise are those: Flatten, Squeeze and Unsqueeze are Reshape; Split is
    /// several Slices; global pooling is a reduction.
    static let resolve = ImportPass("resolve") { graph in
        guard graph.format == .onnx else { return graph }
        var resolver = Resolver(graph)
        for node in graph.nodes { resolver.add(node) }
        return resolver.graph
    }
}

private struct Resolver {
    private(set) var graph: ImportGraph
    private var names: Set<String>
    private var shapes: [String: Shape] = [:]
    private var constants: [String: ImportTensor] = [:]
    /// Every value that nodes so far give, known or behind a refusal.
    private var given: Set<String> = []
    /// Values whose numbers are all whole.
    private var whole: Set<String> = []
    /// Elements of all constants that were computed.
    private var computed = 0

    init(_ graph: ImportGraph) {
        self.graph = graph
        names = Set(graph.nodes.map(\.name)).union(graph.nodes.flatMap(\.outputs))
        self.graph.nodes = []
    }

    mutating func add(_ node: ImportNode) {
        defer { given.formUnion(node.outputs) }
        if node.faults.isEmpty, let missing = node.inputs.first(where: { !$0.isEmpty && !given.contains($0) }) {
            var node = node
            let error = LayerError("it reads '\(missing)', which nothing gives")
            node.faults.append(error.diagnostic(layer: node.origin))
            return graph.nodes.append(node)
        }
        // Of what stands behind a refusal nothing is known.
        guard let op = ONNXOp(rawValue: node.op), node.faults.isEmpty,
            node.inputs.allSatisfy({ $0.isEmpty || shapes[$0] != nil })
        else { return graph.nodes.append(node) }
        let operands = node.inputs.map { input in
            shapes[input].map {
                ONNXCall.Operand(
                    value: input, shape: $0, constant: constants[input], isWhole: whole.contains(input))
            }
        }
        if let parts = ChannelsLastDomain.inDefaultDomain(node, op, operands.first??.shape.count ?? 0, &names) {
            for part in parts { add(part) }
            return
        }
        if var parts = IntegerDomain(node, op, names: names) {
            do throws(LayerError) {
                let made = try parts.inRealNumbers(operands)
                names = parts.names
                for part in made { add(part) }
            } catch {
                var node = node
                node.faults.append(error.diagnostic(layer: node.origin))
                graph.nodes.append(node)
            }
            return
        }
        var call = ONNXCall(op, node, operands, names: names)
        names = []
        do throws(LayerError) {
            try call.resolve()
            names = call.names
            for made in call.made { try take(made) }
            if op.givesWhole(node, of: operands.compactMap(\.self)) { whole.formUnion(node.outputs) }
        } catch {
            names = call.names
            var node = node
            node.faults.append(error.diagnostic(layer: node.origin))
            graph.nodes.append(node)
        }
    }

    /// Adds a node, or the constant that it is.
    private mutating func take(_ node: ImportNode) throws(LayerError) {
        let output = node.outputs[0]
        if let value = try ConstantFolder.value(of: node, constants, budget: &computed) {
            constants[output] = value
            shapes[output] = value.shape
            var folded = ImportNode(
                "Constant", node.name, outputs: [output], tensors: ["value": value], origin: node.origin)
            folded.shapes = [value.shape]
            graph.nodes.append(folded)
        } else {
            for (output, shape) in zip(node.outputs, node.shapes) {
                // Sizes stay so small that they can be counted with.
                let sample = shape.map { Batch.isPart(of: $0) ? $0 / Batch.size : $0 }
                guard let count = Count.elements(sample), count <= ImportSite.elementLimit else {
                    throw LayerError(
                        "a tensor of shape \(Batch.text(shape)) has more elements than the \(ImportSite.elementLimit) "
                            + "that are possible")
                }
                shapes[output] = shape
            }
            graph.nodes.append(node)
        }
    }
}

extension ONNXCall {
    /// Makes the nodes that this one is.
    fileprivate mutating func resolve() throws(LayerError) {
        switch op {
        case .input: try resolveInput()
        case .constant:
            guard let value = node.tensors["value"] else { throw LayerError("a Constant without numbers") }
            give(.constant, [], value.shape, tensors: ["value": value])
        case .abs, .acos, .acosh, .asin, .asinh, .atan, .atanh, .ceil, .celu, .clip, .cos, .cosh, .elu, .erf, .exp,
            .floor, .gelu, .hardSigmoid, .hardSwish, .leakyRelu, .log, .mish, .neg, .pow, .reciprocal, .relu,
            .round, .selu, .shrink, .sigmoid, .sign, .sin, .sinh, .softplus, .softsign, .sqrt, .swish, .tan, .tanh,
            .thresholdedRelu:
            try resolveUnary()
        case .cast, .castLike, .dropout, .identity: try resolveIdentity()
        case .add, .div, .max, .mean, .min, .mul, .sub, .sum: try resolveBroadcast()
        case .and, .equal, .greater, .greaterOrEqual, .less, .lessOrEqual, .not, .or, .xor: try resolveTruth()
        case .bitShift, .isInf, .isNaN, .mod: try resolveOfConstants()
        case .pRelu: try resolvePRelu()
        case .where: try resolveWhere()
        case .conv: try resolveConv()
        case .convTranspose: try resolveConvTranspose()
        case .averagePool, .lpPool, .maxPool: try resolvePool()
        case .globalLpPool: try resolveGlobalLpPool()
        case .lrn: try resolveLocalResponse()
        case .cumSum: try resolveCumulativeSum()
        case .lpNormalization: try resolveLpNormalization()
        case .meanVarianceNormalization: try resolveMeanVariance()
        case .rmsNormalization: try resolveRootMeanSquare()
        case .batchNormalization: try resolveBatchNormalization()
        case .globalAveragePool, .globalMaxPool: try resolveGlobalPool()
        case .instanceNormalization: try resolveInstanceNormalization()
        case .groupNormalization: try resolveGroupNormalization()
        case .depthToSpace, .spaceToDepth: try resolveDepth()
        case .resize: try resolveResize()
        case .reduceL1, .reduceL2, .reduceLogSum, .reduceLogSumExp, .reduceMax, .reduceMean, .reduceMin, .reduceProd,
            .reduceSum,
            .reduceSumSquare:
            try resolveReduction()
        case .concat: try resolveConcat()
        case .constantOfShape: try resolveConstantOfShape()
        case .expand: try resolveExpand()
        case .flatten, .reshape, .squeeze, .unsqueeze: try resolveReshape()
        case .gather: try resolveGather()
        case .gatherElements, .scatterElements: try resolveElements()
        case .gatherND: try resolveGatherND()
        case .scatterND: try resolveScatterND()
        case .pad: try resolvePad()
        case .range: try resolveRange()
        case .shape, .size: try resolveShape()
        case .slice: try resolveSlice()
        case .split: try resolveSplit()
        case .tile: try resolveTile()
        case .transpose: try resolveTranspose()
        case .trilu: try resolveTrilu()
        case .einsum: try resolveEinsum()
        case .gemm: try resolveGemm()
        case .matMul: try resolveMatMul()
        case .layerNormalization: try resolveLayerNormalization()
        case .logSoftmax, .softmax: try resolveSoftmax()
        case .gru, .lstm, .rnn: try resolveRecurrent()
        case .bipolarQuant, .quant, .trunc: try resolveQuant()
        case .multiThreshold: try resolveMultiThreshold()
        case .scaler: try resolveScaler()
        case .quantizeLinear, .dequantizeLinear: try resolveQuantizeLinear()
        case .channelsLastBatchNormalization, .channelsLastConv, .channelsLastMaxPool, .intQuant, .upsample, .affine,
            .embedding, .qGemm, .qLinearAdd, .qLinearAveragePool, .qLinearConcat, .qLinearConv,
            .qLinearGlobalAveragePool, .qLinearLeakyRelu, .qLinearMatMul, .qLinearMul, .qLinearSigmoid,
            .qLinearSoftmax, .quantizeDequantize:
            throw LayerError("\(node.op) is not of the one form that is resolved")
        }
    }

    /// Sizes are those of the file but for the first, which is the samples' axis whatever it says there.
    private mutating func resolveInput() throws(LayerError) {
        guard let sizes = node.attributes["shape"]?.arrayValue, !sizes.isEmpty else {
            throw LayerError(
                "the input has no shape", attribute: "shape", help: "export the model with the shapes of its inputs")
        }
        var shape = [Batch.size]
        for size in sizes.dropFirst() {
            guard let size = size.integerValue, size > 0 else {
                let text = "(" + sizes.map { $0.integerValue.map(String.init) ?? "?" }.joined(separator: ", ") + ")"
                throw LayerError(
                    "the input shape \(text) leaves a size open", attribute: "shape",
                    help: "only the first axis, that of the samples, may be open: export with fixed sizes")
            }
            shape.append(size)
        }
        guard let count = Count.elements(Array(shape.dropFirst())), count <= ImportSite.elementLimit else {
            throw LayerError(
                "an input of shape \(Array(shape.dropFirst())) has more elements than are possible", attribute: "shape")
        }
        give(.input, [], shape, attributes: ["shape": .integers(shape)])
    }
}
