import Layers
import LayerKit
import Optimizer
import Options
import TestSupport
import Testing

/// A network as text, one line a node: `d = dense(x) [1] kernel 1 2 bias 3`; the last line is `return d`.
///
/// A batch normalisation is written by its scale and offset, whatever it was trained as.
struct NetworkText {
    let lines: [String]

    init(_ lines: [String]) { self.lines = lines }

    init(_ model: Model) {
        lines = model.nodes.map(Self.line) + ["return " + Self.names(model.outputs)]
    }

    private static func names(_ tensors: [TensorID]) -> String { tensors.map(\.node).joined(separator: ",") }

    private static func line(_ node: Model.Node) -> String {
        let layer = node.layer.definition
        let shape = node.outputs[0].map(String.init).joined(separator: ",")
        let head = "\(node.name) = \(type(of: layer).key)(\(names(node.inputs))) [\(shape)]"
        let numbers = Self.numbers(layer).map { " \($0) " + $1.singles.map(Self.text).joined(separator: " ") }
        return head + numbers.joined()
    }

    private static func numbers(_ layer: any ModelLayer) -> [(String, Tensor)] {
        switch layer {
        case let dense as Dense:
            [("kernel", dense.kernel)] + (dense.bias.map { [("bias", $0)] } ?? [])
        case let normalization as BatchNormalization:
            [("scale", normalization.affine.scale), ("bias", normalization.affine.bias)]
        case let quantizer as FakeQuantizer:
            [("scale", quantizer.scale)]
                + [("low", quantizer.low), ("high", quantizer.high)].compactMap { name, tensor in
                    tensor.map { (name, $0) }
                } + (quantizer.input.map { [("factor", $0.scale), ("offset", $0.bias)] } ?? [])
                + (quantizer.givesSteps ? [("steps", Tensor([1]))] : [])
        default: []
        }
    }

    /// Whole numbers without a point.
    private static func text(_ number: Float) -> String { Int(exactly: number).map(String.init) ?? "\(number)" }

    /// The network that the text describes.
    func model() throws -> Model {
        var model = Model(nodes: [], inputs: [], outputs: [])
        for line in lines {
            var words = line.split(separator: " ").map(String.init)
            if words[0] == "return" {
                model.outputs = words[1].split(separator: ",").map { TensorID(String($0)) }
                continue
            }
            let call = words[2].split(whereSeparator: { "(,)".contains($0) }).map(String.init)
            let shape = words[3].split(whereSeparator: { "[,]".contains($0) }).compactMap { Int($0) }
            let inputs = call.dropFirst().map { TensorID($0) }
            words.removeFirst(4)
            let source = inputs.first.map { model.shape(of: $0) } ?? []
            let layer = try Self.layer(call[0], source, shape, Self.numbers(words))
            model.nodes.append(.init(name: Self.name(line), inputs: Array(inputs), shape: shape, layer: layer))
            if layer.presence == .input { model.inputs.append(Self.name(line)) }
        }
        return model
    }

    private static func name(_ line: String) -> String { String(line.prefix { $0 != " " }) }

    /// `kernel 1 2 bias 3` by name.
    private static func numbers(_ words: [String]) -> [String: [Float]] {
        var found: [String: [Float]] = [:]
        var name = ""
        for word in words {
            if let number = Float(word) { found[name, default: []].append(number) } else { name = word }
        }
        return found
    }

    private static func layer(_ key: String, _ source: Shape, _ shape: Shape, _ numbers: [String: [Float]]) throws
        -> any ModelLayer
    {
        let bias = numbers["bias"].map { Tensor($0) }
        switch key {
        case InputLayer.key: return InputLayer(shape: shape)
        case Dropout.key: return Dropout()
        case Linear.key: return Linear()
        case ReLU.key: return ReLU(.relu)
        case Softmax.key: return Softmax()
        case Dense.key:
            let sizes = [source.last ?? 0, shape.last ?? 0]
            let kernel = Tensor(shape: sizes, values: numbers["kernel"] ?? [])
            return Dense(kernel: try #require(kernel), bias: bias)
        case BatchNormalization.key:
            let scale = Tensor(try #require(numbers["scale"]))
            return BatchNormalization(Affine(scale: scale, bias: try #require(bias)))
        case FakeQuantizer.key:
            var quantizer = FakeQuantizer(
                scale: Tensor(try #require(numbers["scale"])), zeroPoint: Tensor([0]),
                low: numbers["low"].map { Tensor($0) }, high: numbers["high"].map { Tensor($0) }, rounding: .halfEven)
            if let factor = numbers["factor"], let offset = numbers["offset"] {
                quantizer.input = Affine(scale: Tensor(factor), bias: Tensor(offset))
            }
            quantizer.givesSteps = numbers["steps"] != nil
            return quantizer
        default: throw TestFailure("no layer \(key) in the text of a network")
        }
    }
}

/// Expects a pass to make of the network `before` the network `after`, both written as `NetworkText`.
func expect(
    _ pass: Pass, _ options: OptionTable, _ before: [String], gives after: [String],
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let model = try NetworkText(before).model()
    #expect(NetworkText(model).lines == before, "the text is read as it stands", sourceLocation: sourceLocation)
    #expect(NetworkText(pass.apply(model, options)).lines == after, sourceLocation: sourceLocation)
}

/// The same for a project that states nothing.
func expect(
    _ pass: Pass, _ before: [String], gives after: [String], sourceLocation: SourceLocation = #_sourceLocation
) throws {
    try expect(pass, .stating(.native), before, gives: after, sourceLocation: sourceLocation)
}

/// Expects a pass to leave a network as it is.
func expect(
    _ pass: Pass, _ options: OptionTable = .stating(.native), leaves network: [String],
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    try expect(pass, options, network, gives: network, sourceLocation: sourceLocation)
}

extension OptionTable {
    /// What a project says that states the result types of some layers.
    static func stating(_ compat: Compat, _ results: [String: PrecisionChoice] = [:]) -> OptionTable {
        var table = OptionTable()
        table.compat = compat
        for (layer, choice) in results { table.layers[layer, default: LayerOptions()].precision[.result] = choice }
        return table
    }
}
