internal import Basics
internal import LayerKit

/// One layer of PQuantML on its way to plain layers with quantizers before, in and behind them.
struct PQuantExpansion {
    let node: ImportNode
    let options: PQuantOptions
    /// What makes the nodes: their quantizers come down to the same ops as those of HGQ 2.
    var layers: HGQExpansion

    init(_ node: ImportNode, names: Set<String>) throws(LayerError) {
        self.node = node
        options = try PQuantOptions(node)
        layers = HGQExpansion(node, names: names)
    }

    /// Everything that the layer becomes, and the value that stands for its output.
    mutating func expand(_ kind: PQuantClass) throws(LayerError) -> String {
        switch kind {
        case .dense: return try product("Dense", axes: [1, 0])
        case .conv1D: return try product("Conv1D", axes: [2, 1, 0])
        case .conv2D: return try product("Conv2D", axes: Self.convolutionAxes)
        case .depthwise: return try product("DepthwiseConv2D", axes: Self.depthwiseAxes, storesTwice: true)
        case .separable: return try separable()
        case .batchNormalization: return try batchNormalization()
        case .averagePooling1D: return try pooling("AveragePooling1D")
        case .averagePooling2D: return try pooling("AveragePooling2D")
        case .activation: return try activation()
        case .softmax: return try softmaxLayer()
        case .attention: return try attention()
        }
    }

    /// The axes of kernels in the order of PyTorch, in which masks have them.
    static let convolutionAxes = [3, 2, 0, 1]
    static let depthwiseAxes = [2, 3, 0, 1]

    // What a layer consists of.

    func flag(_ name: String, default standard: Bool = false) -> Bool { layers.flag(name, default: standard) }

    /// What the layer states as one of Keras does.
    func plainAttributes(without names: String...) -> [String: JSONValue] {
        node.attributes.filter { !PQuantClass.own.contains($0.key) && !names.contains($0.key) }
    }

    func input() throws(LayerError) -> String {
        guard let value = node.inputs.first else { throw LayerError("it reads from no layer") }
        return value
    }

    /// What is quantized.
    enum Place {
        case data, weight, bias
    }

    /// - Parameter path: of the quantizer inside the layer.
    /// - Returns: nil where nothing is quantized.
    func quantizer(_ path: String, of place: Place = .data) throws(LayerError) -> HGQQuantizer? {
        guard options.quantizes else { return nil }
        let overflow = place == .data ? options.dataOverflow : options.weightOverflow
        if options.isHighGranularity {
            let config: [JSONValue.Member] = [
                .init("q_type", .string("kif")), .init("round_mode", .string(options.rounding)),
                .init("overflow_mode", .string(overflow)), .init("is_weight", .bool(place == .weight)),
            ]
            return try HGQQuantizer.read(
                .object([.init("config", .object(config))]), layers.variables(path + "/quantizer/quantizer"))
        }
        let found = layers.variables(path)
        guard found.count == 4 else {
            throw LayerError(
                "the weights have \(found.count) variables of '\(path)', expected 4",
                help: "do the weights belong to this model?")
        }
        guard ["WRAP", "SAT", "SAT_SYM"].contains(overflow) else {
            throw LayerError("overflow_mode is '\(overflow)', expected WRAP, SAT or SAT_SYM", attribute: "config")
        }
        let quantizer = HGQQuantizer(
            signs: try found[0].load(), integers: try found[1].load(), fractions: try found[2].load(),
            rounding: options.rounding.rest(behind: "S_") ?? options.rounding, overflow: overflow)
        for bits in [quantizer.signs, quantizer.integers, quantizer.fractions] {
            guard bits.shape == quantizer.signs.shape, bits.singles.allSatisfy({ $0 == $0.rounded() }) else {
                throw LayerError("the numbers of bits of '\(path)' are no whole numbers")
            }
        }
        return quantizer
    }

    /// A value behind a quantizer of data.
    mutating func quantized(_ value: String, at path: String, suffix: String) throws(LayerError) -> String {
        layers.quantized(value, by: try quantizer(path), suffix: suffix)
    }

    /// What comes in, quantized where the layer does so.
    mutating func entering() throws(LayerError) -> String {
        let value = try input()
        return flag("quantize_input", default: true)
            ? try quantized(value, at: "input_quantizer", suffix: "iq") : value
    }

    /// What leaves the layer, quantized where it does so.
    mutating func leaving(_ value: String) throws(LayerError) -> String {
        flag("quantize_output") ? try quantized(value, at: "output_quantizer", suffix: "oq") : value
    }
}
