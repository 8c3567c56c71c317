import LayerKit
import Layers
import Options

extension Pass {
    /// A pass of the native rules: hls4ml's own rules leave quantisers and their scales where they stand.
    init(native name: String, _ rewrite: @escaping @Sendable (Model, Model.Node, OptionTable) -> Model) {
        self.init(name) { model, options in
            guard options.compat == .native else { return model }
            return model.rewritten { rewrite($0, $1, options) }
        }
    }
}

extension Pass {
    /// A pass of hls4ml's rules alone.
    init(hls4ml name: String, _ rewrite: @escaping @Sendable (Model, Model.Node, OptionTable) -> Model) {
        self.init(name) { model, options in
            guard options.compat == .hls4ml else { return model }
            return model.rewritten { rewrite($0, $1, options) }
        }
    }

    /// A pass of networks that were trained with quantisers, under either rules.
    init(quantized name: String, _ rewrite: @escaping @Sendable (Model, Model.Node, OptionTable) -> Model) {
        self.init(name) { model, options in
            guard model.nodes.contains(where: { $0.layer.as(FakeQuantizer.self) != nil }) else { return model }
            return model.rewritten { rewrite($0, $1, options) }
        }
    }
}

extension Model {
    /// The node that gives what another reads first, where nothing else reads it and no type is stated for it: what a
    /// pass may move or take in.
    func soleSource(of node: Node, _ options: OptionTable) -> Node? {
        guard let tensor = node.inputs.first, node.inputs.count == 1, let source = self[tensor.node],
            useCount(of: tensor) == 1, options.leavesResult(of: source)
        else { return nil }
        return source
    }
}

extension Affine {
    /// The scale where it is one number above zero and nothing is added; nil elsewhere.
    var pureScale: Double? {
        let scales = scale.doubles
        guard let first = scales.first, first > 0, scales.allSatisfy({ $0 == first }), hasNoBias else { return nil }
        return first
    }

    var hasNoBias: Bool { bias.doubles.allSatisfy { $0 == 0 } }

    /// One scale for so many channels.
    static func scaling(_ scale: Double, channels: Int) -> Affine {
        Affine(
            scale: [Double](repeating: scale, count: channels), bias: [Double](repeating: 0, count: channels))
    }
}
