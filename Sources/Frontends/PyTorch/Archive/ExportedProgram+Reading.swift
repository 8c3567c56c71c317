internal import Arrays
internal import Basics

extension ExportedProgram {
    /// Reads the JSON of a program.
    init(_ json: JSONValue, file: String) throws(DiagnosticError) {
        self.file = file
        guard let module = json["graph_module"], let graph = module["graph"], let nodes = graph["nodes"]?.arrayValue,
            let values = graph["tensor_values"]?.members, let specs = module["signature"]?["input_specs"]?.arrayValue,
            let outputs = module["signature"]?["output_specs"]?.arrayValue
        else { throw Self.error(file, "no program of torch.export") }
        let limit = InputLimit.network.elements
        // Sizes that the program asks for are calls too.
        guard nodes.count <= 4 * limit else {
            throw Self.error(file, "\(nodes.count) calls are more than the \(4 * limit) that a network may have")
        }
        for member in values {
            guard let sizes = member.value["sizes"]?.arrayValue else {
                throw Self.error(file, "a tensor without sizes")
            }
            tensors[member.name] = TensorDescription(
                element: member.value["dtype"]?.integerValue.flatMap(ElementType.init(exported:)),
                sizes: sizes.map(ATenSize.init(described:)))
        }
        var problems: [Diagnostic] = []
        for spec in specs { problems += add(input: spec) }
        for spec in outputs { problems += add(output: spec) }
        calls = nodes.compactMap { node in
            do throws(DiagnosticError) {
                return try ATenCall(node, file: file)
            } catch {
                problems += error.diagnostics
                return nil
            }
        }
        guard problems.isEmpty else { throw DiagnosticError(problems.bounded) }
    }

    static func error(_ file: String, _ message: String, help: String? = nil) -> DiagnosticError {
        DiagnosticError(.error("'\(file)': \(message)", help: help))
    }

    private mutating func add(input spec: JSONValue) -> [Diagnostic] {
        func value(_ kind: JSONValue) -> String? {
            kind["arg"]?["name"]?.stringValue ?? kind["arg"]?["as_tensor"]?["name"]?.stringValue
        }
        if let kind = spec["user_input"] {
            if let value = value(kind) {
                inputs.append(value)
                return []
            }
            // An argument that was fixed when the program was exported.
            if kind["arg"]?["as_none"] != nil { return [] }
            return [.error("'\(file)': an input of the network is no tensor: \((kind["arg"] ?? .null).summary)")]
        }
        for (kind, name) in [
            ("parameter", "parameter_name"), ("buffer", "buffer_name"), ("tensor_constant", "tensor_constant_name"),
        ] {
            guard let found = spec[kind] else { continue }
            guard let value = value(found), let weight = found[name]?.stringValue else { break }
            weights.append((value, weight))
            return []
        }
        if spec["constant_input"] != nil { return [] }
        return [.error("'\(file)': an input of the program is neither a tensor nor a weight: \(spec.kind)")]
    }

    private mutating func add(output spec: JSONValue) -> [Diagnostic] {
        if let output = spec["user_output"]?["arg"] {
            if let value = output["as_tensor"]?["name"]?.stringValue {
                outputs.append(value)
                return []
            }
            if output["as_none"] != nil { return [] }
            return [.error("'\(file)': an output of the network is no tensor: \(output.kind)")]
        }
        for (kind, name) in [("buffer_mutation", "buffer_name"), ("parameter_mutation", "parameter_name")] {
            guard let buffer = spec[kind]?[name]?.stringValue else { continue }
            return [
                .error(
                    "'\(file)': the network changes its own '\(buffer)' when it runs",
                    help: "export it for inference: model.eval() before torch.export.export")
            ]
        }
        return [.error("'\(file)': an output of the program is not read: \(spec.kind)")]
    }
}

extension JSONValue {
    /// The name of the one member that a value of torch.export's unions has.
    fileprivate var kind: String { members?.first { $0.value != .null }?.name ?? summary }
}

extension ATenSize {
    /// A size in the description of a tensor.
    init(described value: JSONValue) {
        if let size = value["as_int"]?.integerValue {
            self = .known(size)
        } else {
            self = .symbolic(value["as_expr"]?["expr_str"]?.stringValue ?? "")
        }
    }

    /// A size that is an argument.
    init(argument value: JSONValue) {
        if let size = value["as_int"]?.integerValue ?? value.integerValue {
            self = .known(size)
        } else {
            self = .symbolic(value["as_name"]?.stringValue ?? "")
        }
    }
}

extension ATenCall {
    fileprivate init(_ node: JSONValue, file: String) throws(DiagnosticError) {
        guard let target = node["target"]?.stringValue, let inputs = node["inputs"]?.arrayValue,
            let outputs = node["outputs"]?.arrayValue
        else { throw ExportedProgram.error(file, "a call without target, inputs and outputs") }
        self.target = target
        arguments = [:]
        for input in inputs {
            guard let name = input["name"]?.stringValue, let value = input["arg"] else {
                throw ExportedProgram.error(file, "an argument of '\(target)' without name or value")
            }
            arguments[name] = ATenArgument(value)
        }
        self.outputs = outputs.flatMap { output -> [String?] in
            if let list = output["as_tensors"]?.arrayValue { return list.map { $0["name"]?.stringValue } }
            return [
                output["as_tensor"]?["name"]?.stringValue ?? output["as_sym_int"]?["as_name"]?.stringValue
                    ?? output["as_optional_tensor"]?["as_tensor"]?["name"]?.stringValue
            ]
        }
        name = node["name"]?.stringValue ?? self.outputs.lazy.compactMap(\.self).first ?? target
        modules = Self.modules(node["metadata"]?["nn_module_stack"]?.stringValue ?? "")
    }

    /// `key,path,class;key,path,class`, without the root.
    private static func modules(_ text: String) -> [ModuleCall] {
        text.parts(at: ";").compactMap { entry in
            let parts = entry.parts(at: ",")
            guard parts.count >= 3, let className = parts.last else { return nil }
            let path = path(parts[1..<parts.count - 1].joined(separator: ","))
            // What was made while exporting, and not in a module.
            if path.isEmpty || path.begins(with: "_empty_nn_module_stack") { return nil }
            return ModuleCall(path: path, className: className)
        }
    }

    /// A module's path in any of the spellings of torch.export: `features.0`, `L['self'].features[0]`,
    /// `getattr(L['self'].features, '0')`.
    private static func path(_ text: String) -> String {
        let words = text.utf8.split { byte in
            !(UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                || byte == UInt8(ascii: "_"))
        }.map { String(decoding: $0, as: UTF8.self) }
        guard text.has("[") else { return words.joined(separator: ".") }
        let named = Array(words.drop { $0 == "getattr" })
        return named.dropFirst(named.first == "L" ? 2 : 0).joined(separator: ".")
    }
}

extension ATenArgument {
    /// A value of the schema's union `Argument`.
    init(_ value: JSONValue) {
        guard let member = value.members?.first(where: { $0.value != .null }) else {
            self = .none
            return
        }
        let value = member.value
        let items = value.arrayValue ?? []
        switch member.name {
        case "as_none": self = .none
        case "as_bool": self = value == .bool(true) ? .bool(true) : .bool(false)
        case "as_int": self = value.integerValue.map(ATenArgument.int) ?? .other(member.name)
        case "as_float": self = Self.double(value).map(ATenArgument.double) ?? .other(member.name)
        case "as_string": self = value.stringValue.map(ATenArgument.text) ?? .other(member.name)
        case "as_tensor": self = value["name"]?.stringValue.map(ATenArgument.tensor) ?? .other(member.name)
        case "as_optional_tensor":
            self = value["as_tensor"]?["name"]?.stringValue.map(ATenArgument.tensor) ?? .none
        case "as_tensors": self = .tensors(items.map { $0["name"]?.stringValue })
        case "as_optional_tensors":
            self = .tensors(
                items.map { $0["as_tensor"]?["name"]?.stringValue ?? $0["as_tensor"]?.stringValue })
        case "as_sym_int": self = .size(ATenSize(argument: value))
        case "as_ints", "as_sym_ints": self = .sizes(items.map(ATenSize.init(argument:)))
        // A list without items has no type of its own in the file.
        case "as_bools" where items.isEmpty: self = .sizes([])
        case "as_floats": self = .doubles(items.compactMap(Self.double))
        case "as_scalar_type": self = .element(value.integerValue.flatMap(ElementType.init(exported:)))
        case "as_memory_format", "as_layout", "as_device": self = .placement
        default: self = .other(member.name)
        }
    }

    /// JSON has no infinity: it is written as a text, or as Python does.
    private static func double(_ value: JSONValue) -> Double? {
        if let text = value.stringValue {
            switch text {
            case "Infinity": return .infinity
            case "-Infinity": return -.infinity
            default: return nil
            }
        }
        return value.numberValue
    }
}
