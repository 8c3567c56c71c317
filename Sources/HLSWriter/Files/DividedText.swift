import Basics
import FixedPoint
import LayerKit
import Options

/// A layer whose outputs several functions compute, because one function would be more than the tool takes: each is
/// written as a layer on arrays would be, with its own constants, and the layer's own function calls them side by side.
///
/// A stream is read and written by the layer's function alone.
struct DividedText {
    let whole: LayerText

    private var layer: Plan.Layer { whole.layer }
    private var parts: [LayerText] { whole.shares }
    private var cpp: CppText { whole.cpp }

    var definition: String {
        let body: String
        switch cpp.io {
        case .parallel: body = registers + calls("x") + joins("y", positions: layer.call.calls)
        case .stream: body = streamed
        }
        return parts.map { $0.definition + "\n\n" }.joined() + whole.signature + " {\n" + pragmas + body + "}"
    }

    private var pragmas: String {
        var text = "#pragma HLS INLINE off\n"
        // Functions that take one position after the other have loops of their own, which a pipeline would unroll.
        let isWhole = cpp.io == .parallel ? layer.call.turns == 1 : whole.takesOneElement && layer.call.calls == 1
        if isWhole, case .pipelined(let interval, _) = layer.call.schedule {
            text += cpp.pipeline(interval)
        }
        return text
    }

    /// What each function computes, in an array of its own.
    private var registers: String {
        parts.enumerated().map { index, part in
            cpp.registers(part.layer.outputs[0], "y\(index + 1)")
        }.joined()
    }

    private func calls(_ input: String) -> String {
        parts.enumerated().map { index, part in "    \(cpp.function(part.layer.id))(\(input), y\(index + 1));\n" }
            .joined()
    }

    /// All results to where the layer's belong, position after position.
    private func joins(_ target: String, positions: Int) -> String {
        let channels = layer.outputs[0].tensor.channels
        var start = 0
        return parts.enumerated().map { index, part in
            let count = part.layer.outputs[0].tensor.channels
            defer { start += count }
            let source = "y\(index + 1)"
            guard positions > 1 else { return cpp.unrolled(count, "\(target)[\(start) + i] = \(source)[i];") }
            let copy = cpp.unrolled(
                count, "\(target)[p * \(channels) + \(start) + i] = \(source)[p * \(count) + i];", indent: "    ")
            return "    for (unsigned p = 0; p < \(positions); p++) {\n#pragma HLS UNROLL\n\(copy)    }\n"
        }.joined()
    }

    /// One vector after the other.
    private var streamed: String {
        let input = parts[0].layer.inputs[0], channels = layer.outputs[0].tensor.channels
        var output = parts[0].layer.outputs[0]
        output.tensor.shape = [channels]
        let arrays = cpp.registers(input, "x_vector") + registers + cpp.registers(output, "y_vector")
        let steps =
            "    nnet::read_tensor<\(layer.inputs[0].name), \(input.tensor.count)>(x, x_vector);\n" + calls("x_vector")
            + joins("y_vector", positions: 1)
            + "    nnet::write_element<\(layer.outputs[0].name), \(channels)>(y, y_vector);\n"
        guard layer.call.calls > 1 else { return arrays + steps }
        let lines = steps.split(separator: "\n").map { $0.begins(with: "#") ? String($0) : "    " + $0 }
        return arrays + cpp.loop(layer.call.calls, steering, lines.joined(separator: "\n"))
    }

    /// Functions that are pipelines take one vector behind the other.
    private var steering: CppText.Steering {
        guard whole.takesOneElement, case .pipelined(let interval, _) = layer.call.schedule else { return .inTurn }
        return .pipelined(interval: interval)
    }
}
