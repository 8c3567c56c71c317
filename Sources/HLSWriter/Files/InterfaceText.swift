import Basics
internal import Estimates
import FixedPoint
import LayerKit
import Options

/// How the top function is connected: the pragmas of its arguments and of its control, and what cannot be.
struct InterfaceText {
    let plan: Plan
    let interface: InterfaceOptions

    var pragmas: [String] {
        var pragmas: [String] = []
        switch plan.io {
        case .stream:
            for port in plan.inputs + plan.outputs {
                pragmas.append("INTERFACE \(port.isWide ? "ap_fifo" : "axis") port=\(port.variable)")
            }
        case .parallel:
            for port in plan.inputs {
                // A word that the tools would refuse is one word an element instead.
                let isWide = port.tensor.count * port.tensor.type.width > ToolLimits.commonWordBits
                pragmas.append("ARRAY_\(isWide ? "PARTITION" : "RESHAPE") variable=\(port.variable) complete dim=0")
            }
            for port in plan.outputs { pragmas.append("ARRAY_PARTITION variable=\(port.variable) complete dim=0") }
            let mode = interface.data == .bare ? "ap_none" : "ap_vld"
            for port in plan.inputs + plan.outputs { pragmas.append("INTERFACE \(mode) port=\(port.variable)") }
        }
        switch interface.control {
        case .handshake: break
        case .free: pragmas.append("INTERFACE ap_ctrl_none port=return")
        case .chain: pragmas.append("INTERFACE ap_ctrl_chain port=return")
        }
        return pragmas
    }

    /// What the tools do not take, or make something else of.
    var faults: [Diagnostic] {
        var faults: [Diagnostic] = []
        switch (plan.io, interface.data) {
        case (_, nil), (.stream, .axis?), (.parallel, .valid?), (.parallel, .bare?): break
        case (.stream, .valid?), (.stream, .bare?):
            faults.append(
                .error(
                    "what passes as a stream has a handshake for each element", subject: ["interface", "data"],
                    help: "write 'data: axis', or leave it out; the ports of 'io: parallel' have a valid wire or none"
                ))
        case (.parallel, .axis?):
            faults.append(
                .error(
                    "all elements of an array are there at once, and AXI4-Stream brings them one after the other",
                    subject: ["interface", "data"], help: "write 'io: stream', or 'data: vld'"))
        }
        if interface.control == .free, plan.io == .parallel, let reason = slow {
            faults.append(
                .error(
                    "without a control protocol nothing tells when a sample is read, so that one has to be read in "
                        + "every cycle: \(reason)", subject: ["interface", "control"],
                    help: "write 'reuse: 1' for all layers, 'io: stream', or 'control: hs'; the tools refuse to "
                        + "simulate such RTL as well (COSIM 212-345)"))
        }
        return faults
    }

    /// Why no sample is read in some cycles, of arrays.
    private var slow: String? {
        switch plan.mode {
        case .pipeline(interval: 1): return nil
        case .pipeline(let interval):
            let slowest = plan.layers.first { layer in
                if case .pipelined(interval, _) = layer.call.schedule { true } else { false }
            }
            return "'\(slowest?.id ?? plan.project)' takes \(interval) cycles"
        case .dataflow: return "layers that use multipliers in turn are processes, which pass whole arrays"
        }
    }
}
