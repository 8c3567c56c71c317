internal import Arrays
internal import Basics

/// What torch.save wrote: a value whose tensors lie in files of their own beside it.
struct PickledTensors {
    let archive: TorchArchive
    let document: PickleDocument

    init(_ archive: TorchArchive, _ document: PickleDocument) {
        self.archive = archive
        self.document = document
    }

    /// - Parameter archive: one with a `data.pkl`.
    init(_ archive: TorchArchive) throws(DiagnosticError) {
        self.archive = archive
        document = try archive.pickle("data.pkl")
    }

    /// The tensors of a dictionary by their names.
    ///
    /// Throws for a value that is no tensor, by name: nothing else is what was saved.
    func dictionary() throws(DiagnosticError) -> [String: TorchTensor] {
        guard let members = document.members(document.root) else {
            throw archive.error("expected a dictionary of tensors")
        }
        var tensors: [String: TorchTensor] = [:]
        var problems: [Diagnostic] = []
        for member in members {
            guard case .text(let name) = member.key else { throw archive.error("a tensor's name is no text") }
            do throws(DiagnosticError) {
                tensors[name] = try tensor(member.value, name)
            } catch {
                problems += error.diagnostics
            }
        }
        guard problems.isEmpty else { throw DiagnosticError(problems.bounded) }
        return tensors
    }

    /// The tensor that a value rebuilds.
    func tensor(_ value: PickleValue, _ name: String) throws(DiagnosticError) -> TorchTensor {
        guard case .call(let call) = document.object(value), case .global(let function) = call.function,
            let arguments = document.items(call.arguments)
        else { throw archive.error("'\(name)' is no tensor") }
        switch function {
        case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state",
            "torch.nn.parameter.Parameter":
            guard let data = arguments.first, data != value, isTensor(data) else {
                throw archive.error("'\(name)' is a parameter of what is no tensor")
            }
            return try tensor(data, name)
        case "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_tensor":
            guard arguments.count >= 4, case .int(let offset) = arguments[1],
                let shape = document.integers(arguments[2]), let strides = document.integers(arguments[3])
            else { throw archive.error("'\(name)' is no tensor") }
            let (path, element) = try storage(arguments[0], name)
            return TorchTensor(path: path, element: element, shape: shape, strides: strides, offset: offset)
        default:
            throw archive.error(
                "'\(name)' is made by '\(function)', which is not read",
                help: "tensors and parameters are; move the model to the CPU and save it again")
        }
    }

    /// Whether a value rebuilds a tensor and not a parameter: parameters of parameters could go round in circles.
    private func isTensor(_ value: PickleValue) -> Bool {
        guard case .call(let call) = document.object(value) else { return false }
        return call.function == .global("torch._utils._rebuild_tensor_v2")
            || call.function == .global("torch._utils._rebuild_tensor")
    }

    /// Where the numbers of `("storage", class, key, device, count)` lie.
    private func storage(_ value: PickleValue, _ name: String) throws(DiagnosticError) -> (String, ElementType) {
        guard case .persistent(let id) = document.object(value), let parts = document.items(id), parts.count >= 3,
            parts[0] == .text("storage"), case .global(let kind) = parts[1], case .text(let key) = parts[2]
        else { throw archive.error("the numbers of '\(name)' are not where PyTorch keeps them") }
        guard let element = ElementType(storage: kind) else {
            throw archive.error("the numbers of '\(name)' are of type '\(kind)', which is not read")
        }
        return ("data/\(key)", element)
    }
}
