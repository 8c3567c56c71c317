import FixedPoint
import LayerKit
import Options

/// The spellings that all parts of the C++ share.
struct CppText {
    let project: String
    let io: IOType
    let dialect: WriterSettings.Dialect
    /// Cycles between two samples where the top function is one pipeline: no layer need be faster. Else 1.
    let interval: Int

    /// The function of a layer or a move.
    func function(_ id: String) -> String { "\(project)_\(id)" }
    /// The sizes and types inside of a layer.
    func config(_ id: String) -> String { "\(project)_\(id)_config" }
    /// An array of a layer's constants.
    func constant(_ id: String, _ role: String) -> String { "\(project)_\(id)_\(role)" }

    /// What one array element or stream element of a tensor is.
    func element(_ tensor: TensorSpec) -> String {
        switch io {
        case .parallel: tensor.type.cText
        case .stream: "nnet::array<\(tensor.type.cText), \(tensor.channels)>"
        }
    }

    /// A tensor as an argument of a function.
    func argument(_ type: Plan.ElementType, _ name: String, isInput: Bool) -> String {
        switch io {
        case .parallel: "\(isInput ? "const " : "")\(type.name) \(name)[\(type.tensor.count)]"
        case .stream: "hls::stream<\(type.name)> &\(name)"
        }
    }

    /// The lines that declare a variable of the top function.
    func declaration(_ local: Plan.Local) -> String {
        switch io {
        case .parallel:
            """
                \(local.type.name) \(local.variable)[\(local.tensor.count)];
            #pragma HLS ARRAY_PARTITION variable=\(local.variable) complete dim=0

            """
        case .stream:
            """
                hls::stream<\(local.type.name)> \(local.variable)("\(local.variable)");
            #pragma HLS STREAM variable=\(local.variable) depth=\(local.depth ?? local.tensor.groups)

            """
        }
    }

    /// Headers that the types of tensors are made of, from the folder `firmware`.
    var typeHeaders: [String] {
        switch io {
        case .parallel: ["ap_fixed.h", "ap_int.h"]
        case .stream: ["nnet_utils/nnet_stream.h"]
        }
    }

    /// A kernel's header, from the folder `firmware`.
    func kernelHeader(_ call: HLSCall) -> String {
        "nnet_utils/" + call.header + (io == .stream ? "_stream.h" : ".h")
    }

    /// What becomes of a loop over calls of a kernel.
    enum Steering {
        /// All calls at once.
        case unrolled
        /// A call in each `interval` cycles.
        case pipelined(interval: Int)
        /// One call after the other.
        case inTurn
    }

    /// A call of a kernel with a loop around it where it takes a part of the tensor.
    func loop(_ calls: Int, _ steering: Steering, _ statement: String) -> String {
        guard calls > 1 else { return "    \(statement)\n" }
        var text = "Parts:\n    for (unsigned p = 0; p < \(calls); p++) {\n"
        switch (steering, dialect) {
        case (.unrolled, _): text += "#pragma HLS UNROLL\n"
        case (.pipelined(let interval), _): text += "#pragma HLS PIPELINE II=\(interval)\n"
        // Else the tool pipelines it, which unrolls the kernel's own loops.
        case (.inTurn, .vitis): text += "#pragma HLS PIPELINE off\n"
        case (.inTurn, .vivado): break
        }
        return text + "        \(statement)\n    }\n"
    }

    /// The pragma of a function that takes one stream element, or all arrays, in each `interval` cycles. What it reads
    /// of a stream may be late: the results on their way do not wait for it.
    func pipeline(_ interval: Int) -> String {
        switch (io, dialect) {
        case (.parallel, _): "#pragma HLS PIPELINE II=\(max(interval, self.interval))\n"
        case (.stream, .vitis): "#pragma HLS PIPELINE II=\(interval) style=flp\n"
        case (.stream, .vivado): "#pragma HLS PIPELINE II=\(interval) enable_flush\n"
        }
    }

    /// An array of a tensor's elements, each a register of its own.
    func registers(_ type: Plan.ElementType, _ name: String) -> String {
        "    \(type.name) \(name)[\(type.tensor.count)];\n#pragma HLS ARRAY_PARTITION variable=\(name) complete\n"
    }

    /// A statement for each `i` below `count`, all at once.
    func unrolled(_ count: Int, _ statement: String, indent: String = "") -> String {
        """
        \(indent)    for (unsigned i = 0; i < \(count); i++) {
        #pragma HLS UNROLL
        \(indent)        \(statement)
        \(indent)    }

        """
    }

    /// The pragma of a stream element in a variable, which is channel by channel in registers and no memory.
    func whole(_ variable: String) -> String {
        switch dialect {
        case .vitis: "#pragma HLS ARRAY_PARTITION variable=\(variable).data complete\n"
        case .vivado: "#pragma HLS DATA_PACK variable=\(variable)\n"
        }
    }
}
