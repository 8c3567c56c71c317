import FixedPoint
import LayerKit
import Options

/// One layer in C++: its types, its prototype, its config struct and its function.
struct LayerText {
    let layer: Plan.Layer
    let cpp: CppText

    private var id: String { layer.id }
    private var call: HLSCall { layer.call }

    /// The name of one input of the function.
    private func input(_ index: Int) -> String { layer.inputs.count == 1 ? "x" : "x\(index + 1)" }
    private func inputType(_ index: Int) -> String {
        layer.inputs.count == 1 ? "\(id)_input_t" : "\(id)_input\(index + 1)_t"
    }

    var typedefs: [String] {
        layer.inputs.indices.map { cpp.typedef(inputType($0), layer.inputs[$0]) }
            + [cpp.typedef("\(id)_result_t", layer.output)]
    }

    /// The function without its body.
    var signature: String {
        let inputs = layer.inputs.indices.map {
            cpp.argument(inputType($0), input($0), layer.inputs[$0], isInput: true)
        }
        let output = cpp.argument("\(id)_result_t", "y", layer.output, isInput: false)
        return "void \(id)(\((inputs + [output]).joined(separator: ", ")))"
    }

    var members: [String] {
        call.members.map { member in
            switch member {
            case .size(let name, let value): "static const unsigned \(name) = \(value);"
            case .level(let name, let value): "static const int \(name) = \(value);"
            case .flag(let name, let value): "static const bool \(name) = \(value);"
            case .type(let name, let type): "typedef \(type.cText) \(name);"
            case .policy(let name, let value): "typedef \(value) \(name);"
            }
        }
    }

    /// Headers of the layer's constants, from the folder `firmware`.
    var constantHeaders: [String] { call.constants.map { "weights/\(id)_\($0.role).h" } }

    /// The function: pragmas that belong to it, and the kernel's call.
    var definition: String {
        var text = signature + " {\n#pragma HLS INLINE off\n"
        var isUnrolled = false
        if case .pipelined(let interval, let multipliers) = call.schedule {
            if cpp.io == .parallel {
                text += "#pragma HLS PIPELINE II=\(interval)\n"
                isUnrolled = true
            }
            if let multipliers {
                text += "#pragma HLS ALLOCATION operation instances=mul limit=\(multipliers)\n"
            }
        }
        text += cpp.loop(call.calls, isUnrolled: isUnrolled, kernelCall)
        return text + "}"
    }

    private var kernelCall: String {
        let types = layer.inputs.indices.map(inputType) + ["\(id)_result_t", "\(id)_config"]
        let parameters = call.parameters.map { parameter in
            let value = Decimal.text(parameter.constant.raw, fraction: parameter.constant.type.fraction)
            return "\(id)_config::\(parameter.role)_t(\(value))"
        }
        let arguments =
            layer.inputs.indices.map { part(input($0), layer.inputs[$0]) } + [part("y", layer.output)] + parameters
            + call.constants.map { "\(id)_\($0.role)" }
        return "nnet::\(call.kernel)<\(types.joined(separator: ", "))>(\(arguments.joined(separator: ", ")));"
    }

    /// The part of an array that one of several calls takes; a stream moves on by itself.
    private func part(_ name: String, _ tensor: Plan.Tensor) -> String {
        guard call.calls > 1, cpp.io == .parallel else { return name }
        return "\(name) + p * \(tensor.count / call.calls)"
    }
}
