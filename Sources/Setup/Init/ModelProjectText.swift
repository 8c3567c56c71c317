internal import Config
internal import LayerKit
internal import Layers
internal import Options

/// The project file of a model that has none yet: everything stated, every further key as a comment.
struct ModelProjectText {
    let text: String

    init(_ model: Model, _ source: ModelSource, name: String) {
        let reference: String =
            switch source {
            case .file(let file): "model: " + ProjectFileText.scalar(file)
            case .parts(let architecture, let weights):
                "model:\n  architecture: \(ProjectFileText.scalar(architecture))\n  weights: \(ProjectFileText.scalar(weights))"
            }
        text = """
            # What hlsbuild makes of the model: `hlsbuild` builds it, `hlsbuild check` reads this file and the model only.
            project: \(name)
            \(reference)
            # Which tools turn the firmware into hardware: open, vitis or vivado.
            backend: vitis
            part: xcu250-figd2104-2L-e
            # Or 200 MHz, or {period: 5 ns, uncertainty: 12.5%}.
            clock: 5 ns
            # All elements of a tensor at once (parallel), or one pixel after the other (stream).
            io: parallel
            # The type of every value: width, and bits before the binary point. Or `auto`, or a mapping with
            # default, weight, bias, accum, result.
            precision: fixed<16,6>
            # latency or resource, and how often one multiplier is used for one input.
            strategy: latency
            reuse: 1

            # Settings of single layers go before those of the project. The layers of the model:
            #layers:
            \(Self.layers(model))

            # What csim runs, one file an input of the model, and what it must give.
            #data: {input: input.npy, expected: expected.npy, tolerance: 0.01}
            #expect: {argmax_agreement: ">= 99%"}

            """
    }

    private static func layers(_ model: Model) -> String {
        let nodes = model.nodes.filter { !isCompanion($0, in: model) }
        let names = nodes.map { ProjectFileText.scalar($0.name) + ":" }
        let width = names.map(\.count).max() ?? 0
        return zip(nodes, names).map { node, name in
            let layer = node.layer.definition
            let shape = node.outputs[0].map(String.init).joined(separator: "x")
            let roles = layer.precisionRoles
            let setting =
                roles.contains(.weight)
                ? #"{precision: {weight: "fixed<16,6>"}, reuse: 1}"#
                : roles.contains(.result) ? #"{precision: {result: "fixed<16,6>"}}"# : "{}"
            let gap = String(repeating: " ", count: width - name.count)
            return "#  \(name)\(gap) \(setting)  # \(layer.typeName), gives \(shape)"
        }.joined(separator: "\n")
    }

    /// Whether the node is one that reading the model made of a layer's own activation: no layer of the user's.
    private static func isCompanion(_ node: Model.Node, in model: Model) -> Bool {
        node.inputs.count == 1 && node.inputs.contains { node.name == $0.node + "_linear" }
    }
}
