internal import Estimates
import FixedPoint
import LayerKit
import Options

/// One layer in C++: its prototype, its config struct and its function.
struct LayerText {
    let layer: Plan.Layer
    let cpp: CppText
    /// The functions over which the layer is divided; none: it is one function.
    let shares: [LayerText]

    init(layer: Plan.Layer, cpp: CppText) {
        self.layer = layer
        self.cpp = cpp
        let arrays = CppText(
            project: cpp.project, io: .parallel, dialect: cpp.dialect, interval: cpp.interval)
        shares = layer.parts(cpp.io, cpp.dialect.tool.limits).map { LayerText(part: $0, cpp: arrays) }
    }

    private init(part: Plan.Layer, cpp: CppText) {
        layer = part
        self.cpp = cpp
        shares = []
    }

    /// What is written of the layer: its shares, or itself.
    private var pieces: [LayerText] { shares.isEmpty ? [self] : shares }

    private var id: String { layer.id }
    private var call: HLSCall { layer.call }

    /// The name of one input of the function.
    private func input(_ index: Int) -> String { layer.inputs.count == 1 ? "x" : "x\(index + 1)" }

    /// The name of one output of the function.
    private func output(_ index: Int) -> String { layer.outputs.count == 1 ? "y" : "y\(index + 1)" }

    /// Headers of the types that the signature names, from the folder `firmware`.
    var typeHeaders: [String] {
        var seen: Set<String> = []
        return (layer.inputs + layer.outputs).map(\.header).filter { seen.insert($0).inserted }
    }

    /// The function without its body.
    var signature: String {
        let inputs = layer.inputs.indices.map {
            cpp.argument(layer.inputs[$0], input($0), isInput: true)
        }
        let outputs = layer.outputs.indices.map {
            cpp.argument(layer.outputs[$0], output($0), isInput: false)
        }
        return "void \(cpp.function(id))(\((inputs + outputs).joined(separator: ", ")))"
    }

    /// The config structs.
    var configs: [TemplateValue] {
        pieces.map { .record(["name": .text(cpp.config($0.id)), "members": .texts($0.members)]) }
    }

    private var members: [String] {
        call.members.map(\.text)
            + call.parts.map { part in
                PartText(part: part, constants: part.constants.map { cpp.constant(id, $0.role) }).text
            }
    }

    /// Headers of the layer's constants, from the folder `firmware`.
    var constantHeaders: [String] {
        pieces.flatMap { piece in piece.call.constants.map { "weights/\(piece.id)_\($0.role).h" } }
    }

    /// Headers that the config structs need, from the folder `firmware`: the kernel's, and constants of its parts.
    var configHeaders: [String] {
        [cpp.kernelHeader(call)]
            + pieces.flatMap { piece in
                piece.call.parts.flatMap(\.constants).map { "weights/\(piece.id)_\($0.role).h" }
            }
    }

    /// The layer's constants.
    var constants: [ConstantText] {
        pieces.flatMap { piece in
            piece.call.allConstants.map {
                ConstantText(
                    layer: layer.name, id: piece.id, symbol: cpp.constant(piece.id, $0.role), constants: $0)
            }
        }
    }

    /// The function: pragmas that belong to it, and the kernel's call.
    var definition: String {
        if !shares.isEmpty { return DividedText(whole: self).definition }
        var text = signature + " {\n#pragma HLS INLINE off\n"
        switch (call.schedule, cpp.io) {
        case (.pipelined(let interval, let multipliers), let io):
            let inTurns = io == .parallel && call.turns > 1
            let isWhole = io == .parallel ? !inTurns : takesOneElement && call.calls == 1
            if isWhole { text += cpp.pipeline(interval) }
            text += allocation(multipliers, times: call.together)
            switch io {
            case .parallel where inTurns: text += partsInTurn(.pipelined(interval: interval))
            case .parallel: text += cpp.loop(call.calls, .unrolled, kernelCall(parts))
            case .stream:
                text += cpp.loop(
                    call.calls, takesOneElement ? .pipelined(interval: interval) : .inTurn, kernelCall(parts))
            }
        case (.ownPipeline(_, let multipliers), _):
            text += allocation(multipliers, times: 1) + "    \(kernelCall(parts))\n"
        case (.loops, .stream): text += cpp.loop(call.calls, .inTurn, kernelCall(parts))
        case (.loops, .parallel): text += call.calls > 1 ? partsInTurn(.inTurn) : "    \(kernelCall(parts))\n"
        }
        return text + "}"
    }

    /// Without anything to multiply there is nothing to limit.
    private func allocation(_ multipliers: MultiplierLimit?, times: Int) -> String {
        guard let limit = multipliers?[cpp.dialect.tool], limit > 0 else { return "" }
        return "#pragma HLS ALLOCATION operation instances=mul limit=\(limit * times)\n"
    }

    /// Whether a call of the kernel takes one element of each stream: such a kernel has no loop of its own.
    var takesOneElement: Bool { layer.inputs.allSatisfy { $0.tensor.groups == call.calls } }

    /// Calls of the kernel, so many at once, in turns on arrays of registers. The parts move to where the kernels work and
    /// away from there: an index that counts them would put a multiplexer in front of every register.
    private func partsInTurn(_ steering: CppText.Steering) -> String {
        let copies = layer.inputs.indices.map { copy(layer.inputs[$0], "\(input($0))_turn", from: input($0)) }
        let results = layer.outputs.indices.map { cpp.registers(layer.outputs[$0], "\(output($0))_turn") }
        let ends = layer.outputs.indices.map {
            elementwise(output($0), "\(output($0))_turn", layer.outputs[$0].tensor.count)
        }
        let body =
            layer.outputs.indices.map { shift(layer.outputs[$0], "\(output($0))_turn") } + [kernelCalls]
            + layer.inputs.indices.map { shift(layer.inputs[$0], "\(input($0))_turn") }
        return copies.joined() + results.joined() + cpp.loop(call.turns, steering, body.joined(separator: "\n        "))
            + ends.joined()
    }

    /// Moves the next part to the front.
    private func shift(_ type: Plan.ElementType, _ name: String) -> String {
        let count = type.tensor.count
        return "nnet::shift<\(type.name), \(count), \(count / call.turns)>(\(name));"
    }

    /// The calls of one turn: inputs are taken from the front, results added at the end.
    private var kernelCalls: String {
        func part(_ name: String, _ count: Int, from start: Int) -> String {
            let place = start > 0 ? "\(name) + \(start)" : name
            return call.together > 1 ? "\(place) + q * \(count / call.calls)" : place
        }
        let inputs = layer.inputs.indices.map { part("\(input($0))_turn", layer.inputs[$0].tensor.count, from: 0) }
        let outputs = layer.outputs.indices.map { index in
            let count = layer.outputs[index].tensor.count
            return part("\(output(index))_turn", count, from: count - count / call.turns)
        }
        guard call.together > 1 else { return kernelCall(inputs + outputs) }
        return """
            for (unsigned q = 0; q < \(call.together); q++) {
            #pragma HLS UNROLL
                        \(kernelCall(inputs + outputs))
                    }
            """
    }

    private func copy(_ type: Plan.ElementType, _ name: String, from source: String) -> String {
        cpp.registers(type, name) + elementwise(name, source, type.tensor.count)
    }

    private func elementwise(_ target: String, _ source: String, _ count: Int) -> String {
        cpp.unrolled(count, "\(target)[i] = \(source)[i];")
    }

    /// `tensors`: what the call reads and writes.
    private func kernelCall(_ tensors: [String]) -> String {
        let config = cpp.config(id)
        let types = (layer.inputs + layer.outputs).map(\.name) + [config]
        let arguments =
            tensors + call.parameters.map { $0.text(config) } + call.constants.map { cpp.constant(id, $0.role) }
        return "nnet::\(call.kernel)<\(types.joined(separator: ", "))>(\(arguments.joined(separator: ", ")));"
    }

    /// The parts of arrays that one of several unrolled calls takes; a stream moves on by itself.
    private var parts: [String] {
        func part(_ name: String, _ tensor: TensorSpec) -> String {
            guard call.calls > 1, cpp.io == .parallel else { return name }
            return "\(name) + p * \(tensor.count / call.calls)"
        }
        return layer.inputs.indices.map { part(input($0), layer.inputs[$0].tensor) }
            + layer.outputs.indices.map { part(output($0), layer.outputs[$0].tensor) }
    }
}
