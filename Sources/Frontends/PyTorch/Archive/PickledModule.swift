internal import Arrays
internal import Basics
internal import LayerKit

/// A network that was pickled as a whole, as far as its file says what it computes: a chain of PyTorch's own modules,
/// whose order a `Sequential` states. Everything else is code, which is not in the file.
struct PickledModule {
    private let saved: PickledTensors
    private var program: ExportedProgram
    private var weights: [String: TorchTensor] = [:]
    private var last = "input"
    private var width: Int?
    private var problems: [Diagnostic] = []

    private static let container = "torch.nn.modules.container.Sequential"
    private static let depthLimit = 32

    /// The class of the object that was saved; nil for what is none.
    static func className(_ saved: PickledTensors) -> String? {
        guard case .call(let call) = saved.document.object(saved.document.root) else { return nil }
        return saved.document.name(call.function)
    }

    /// The network as a program; nil where the file does not hold a chain.
    static func program(_ saved: PickledTensors) throws(DiagnosticError) -> (ExportedProgram, [String: TorchTensor])? {
        guard className(saved) == container else { return nil }
        var reader = PickledModule(saved)
        reader.add(saved.document.root, path: "", depth: 0)
        guard reader.problems.isEmpty else { throw DiagnosticError(reader.problems.bounded) }
        guard reader.width != nil else {
            throw saved.archive.error(
                "the shape of its input is not in the file", help: "with the model in Python: \(PyTorchReader.export)")
        }
        reader.program.outputs = [reader.last]
        return (reader.program, reader.weights)
    }

    private init(_ saved: PickledTensors) {
        self.saved = saved
        program = ExportedProgram(file: saved.archive.file, inputs: ["input"])
    }

    /// The members of a module's state under a name: its modules, parameters or buffers.
    private func members(_ module: PickleValue, _ name: String) -> [PickleMember] {
        guard case .call(let call) = saved.document.object(module), let state = call.state,
            let found = saved.document.member(name, of: state)
        else { return [] }
        return saved.document.members(found) ?? []
    }

    private mutating func add(_ module: PickleValue, path: String, depth: Int) {
        guard case .call(let call) = saved.document.object(module), let name = saved.document.name(call.function),
            depth < Self.depthLimit, program.calls.count < InputLimit.network.elements
        else { return refuse(path, "it is no module") }
        guard name != Self.container else {
            for member in members(module, "_modules") {
                guard case .text(let own) = member.key else { return refuse(path, "a module in it has no name") }
                add(member.value, path: path.isEmpty ? own : "\(path).\(own)", depth: depth + 1)
            }
            return
        }
        do throws(LayerError) {
            try add(call, module, className: name, path: path)
        } catch {
            refuse(path, error.message)
        }
    }

    private mutating func refuse(_ path: String, _ message: String) {
        problems.append(
            LayerError(message, help: "with the model in Python: \(PyTorchReader.export)").diagnostic(layer: path))
    }

    private mutating func add(_ call: PickleCall, _ module: PickleValue, className: String, path: String)
        throws(LayerError)
    {
        let short = className.parts(at: ".").last ?? className
        guard className.begins(with: "torch.nn.modules.") else {
            throw LayerError("class \(className) is not one of PyTorch's own: what it computes is code")
        }
        var arguments: [String: ATenArgument] = [:]
        for (name, tensor) in try tensors(of: module, path) {
            weights["\(path).\(name)"] = tensor
            arguments[name] = .tensor("\(path).\(name)")
            program.weights.append(("\(path).\(name)", "\(path).\(name)"))
        }
        func attribute(_ name: String) -> PickleValue? {
            call.state.flatMap { saved.document.member(name, of: $0) }
        }
        func number(_ name: String) throws(LayerError) -> ATenArgument {
            switch attribute(name) {
            case .double(let value): return .double(value)
            case .int(let value): return .int(value)
            default: throw LayerError("its '\(name)' is not in the file")
            }
        }
        let input = ATenArgument.tensor(last)
        var count = width
        let target: String
        switch short {
        case "Dropout", "Identity": return
        case "Linear":
            guard case .tensor(let kernel) = arguments["weight"], let shape = weights[kernel]?.shape, shape.count == 2
            else { throw LayerError("it has no weights") }
            if width == nil { start(shape[1]) }
            count = shape[0]
            (target, arguments["input"]) = ("linear.default", input)
        case "BatchNorm1d":
            if width == nil, case .tensor(let mean) = arguments["running_mean"] {
                start(weights[mean]?.shape.first ?? 0)
            }
            count = width
            arguments["num_batches_tracked"] = nil
            arguments["eps"] = try number("eps")
            (target, arguments["input"]) = ("batch_norm.default", input)
        case "ReLU": (target, arguments) = ("relu.default", ["self": input])
        case "Sigmoid": (target, arguments) = ("sigmoid.default", ["self": input])
        case "Tanh": (target, arguments) = ("tanh.default", ["self": input])
        case "LeakyReLU":
            (target, arguments) = (
                "leaky_relu.default", ["self": input, "negative_slope": try number("negative_slope")]
            )
        case "ELU": (target, arguments) = ("elu.default", ["self": input, "alpha": try number("alpha")])
        case "Softmax", "LogSoftmax":
            // Without an axis it was the one behind that of the samples.
            let dim: ATenArgument = if case .int(let dim) = attribute("dim") { .int(dim) } else { .int(1) }
            (target, arguments) = (
                short == "Softmax" ? "softmax.int" : "log_softmax.int", ["self": input, "dim": dim]
            )
        default:
            throw LayerError("class \(className) is not read out of a pickled network")
        }
        guard let count else { throw LayerError("the shape of its input is not in the file") }
        let output = "\(path).output"
        program.calls.append(
            ATenCall(
                target: "torch.ops.aten.\(target)", name: path, arguments: arguments, outputs: [output],
                modules: [ATenCall.ModuleCall(path: path, className: "torch.nn.\(short)")]))
        describe(output, count)
        last = output
        width = count
    }

    /// The samples and this many numbers of each.
    private mutating func describe(_ value: String, _ count: Int) {
        program.tensors[value] = TensorDescription(element: .float32, sizes: [.symbolic("batch"), .known(count)])
    }

    private mutating func start(_ count: Int) {
        width = count
        describe("input", count)
    }

    private func tensors(of module: PickleValue, _ path: String) throws(LayerError) -> [(String, TorchTensor)] {
        var found: [(String, TorchTensor)] = []
        for member in members(module, "_parameters") + members(module, "_buffers") where member.value != .none {
            guard case .text(let name) = member.key else { throw LayerError("a weight of it has no name") }
            do throws(DiagnosticError) {
                found.append((name, try saved.tensor(member.value, "\(path).\(name)")))
            } catch {
                throw LayerError(error.diagnostics[0].message)
            }
        }
        return found
    }
}
