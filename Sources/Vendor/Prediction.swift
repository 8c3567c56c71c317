internal import Basics
internal import Estimates
internal import FoundationEssentials
internal import LayerKit
internal import Layers
internal import Options
internal import Steps

/// What C synthesis is expected to report, layer by layer: recorded before the tool runs, and compared after.
///
/// A pragma that the tool drops without a word shows only in numbers that are far from what was asked for.
struct Prediction: Codable, Hashable, Sendable {
    /// What was asked for of a layer's code.
    enum Form: String, Codable, Sendable {
        /// Straight-line code as one pipeline.
        case pipelined
        /// Loops, each a pipeline that begins a step in every cycle.
        case loops
        /// Loops within a loop that is none.
        case nested
    }

    struct Layer: Codable, Hashable, Sendable {
        var name: String
        var form: Form
        /// Cycles between two samples that the pipeline was asked for; between two steps in loops.
        var target: Int
        var latency: Int
        var interval: Int
        var dsp: Int
    }

    var layers: [Layer] = []
    /// The top function's interval, where it is one pipeline.
    var interval: Int?
    var dsp: Int

    init(_ placed: PlacedDesign, _ target: Target) {
        let design = placed.design
        let estimate = DesignEstimate(placed, target)
        let known = Dictionary(estimate.layers.map { ($0.name, $0.estimate) }) { first, _ in first }
        dsp = estimate.total.dsp
        for (node, site) in zip(design.nodes, placed.sites) {
            guard let cost = known[node.name], case .call(let call) = node.operation.definition.hls(site) else {
                continue
            }
            var layer = Layer(
                name: node.name, form: call.turns > 1 ? .nested : .loops, target: 1, latency: cost.latency,
                interval: cost.interval, dsp: cost.dsp)
            if case .pipelined(let interval, _) = call.schedule, design.io == .parallel {
                // Turns are steps of a loop.
                (layer.form, layer.target) = (call.turns > 1 ? .loops : .pipelined, interval)
            }
            if case .ownPipeline(let interval, _) = call.schedule { layer.target = interval }
            layers.append(layer)
        }
        if design.io == .parallel, layers.allSatisfy({ $0.form == .pipelined }) {
            interval = layers.map(\.target).max() ?? 1
        }
    }

    var json: JSONValue {
        .object([
            "format": .string("hlsbuild-prediction 1"), "interval": interval.map(JSONValue.int) ?? .null,
            "dsp": .int(dsp),
            "layers": .array(
                layers.map { layer in
                    .object([
                        "name": .string(layer.name), "form": .string(layer.form.rawValue),
                        "target": .int(layer.target), "latency": .int(layer.latency),
                        "interval": .int(layer.interval), "dsp": .int(layer.dsp),
                    ])
                }),
        ])
    }
}

extension StageOutput where Value == Prediction {
    static var prediction: Self {
        Self(
            .synth, ["prediction.json"], encode: { [Array(($0.json.text + "\n").utf8)] },
            decode: { try JSONDecoder().decode(Prediction.self, from: Data($0[0])) })
    }
}
