internal import Basics
internal import LayerKit

/// Why an operator of ONNX is not read.
enum ONNXRefusal {
    /// Whether it is known why an operator is not read: more than what is wrong with its attributes.
    static func isKnown(_ op: String) -> Bool { reasons[op] != nil }

    static func unknown(_ op: String) -> LayerError {
        if let reason = reasons[op] { return LayerError("operator \(op) is not supported", help: reason) }
        let known = ONNXOp.allCases.filter { !$0.isMade }.map(\.rawValue)
        let near = Spelling.nearest(to: op, in: known).map { "did you mean '\($0)'? " } ?? ""
        return LayerError(
            "operator \(op) is not read", help: near + "operators that are read: " + known.joined(separator: ", "))
    }

    private static let subgraph = "a graph that decides or loops while it runs is no firmware: export it unrolled"
    private static let integers =
        "export quantised networks with QuantizeLinear and DequantizeLinear around operators of real numbers, or as QONNX"

    private static let dynamic =
        "its scale depends on the sample, which is no firmware: quantise statically (onnxruntime's quantize_static)"
    private static let labels =
        "the probabilities are the network, the class is the largest of them: to_onnx(..., options={'zipmap': False}), and "
        + "onnx.utils.extract_model(IN, OUT, ['X'], ['probabilities'])"
    private static let trees = "trees of decisions are no neural network"

    private static let reasons: [String: String] = [
        "If": subgraph, "Loop": subgraph, "Scan": subgraph,
        "ConvInteger": integers, "MatMulInteger": integers, "DynamicQuantizeLinear": dynamic,
        "ai.onnx.ml.ArrayFeatureExtractor": labels, "ai.onnx.ml.ZipMap": labels,
        "ai.onnx.ml.TreeEnsembleClassifier": trees, "ai.onnx.ml.TreeEnsembleRegressor": trees,
        "FloatQuant": "numbers of the firmware are fixed point: quantise with Quant",
        "ArgMax": "leave it out: the class is the largest of the outputs",
        "ArgMin": "leave it out: the class is the smallest of the outputs",
        "TopK": "leave it out: the classes are the largest of the outputs",
    ]
}
