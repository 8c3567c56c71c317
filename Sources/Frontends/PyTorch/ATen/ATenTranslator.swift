internal import Arrays
internal import Basics
internal import LayerKit

/// Translates calls of ATen's operators into those of ONNX, whose vocabulary has the rooms' rules and passes.
///
/// Shapes are all known: torch.export states them. So views are resolved here (`ATenValue`), and every argument of an
/// ONNX operator that is a size or an index is a number.
struct ATenTranslator {
    let program: ExportedProgram
    /// How many samples the program was exported for.
    let batch: ATenSize
    var nodes: [ImportNode] = []
    var nodeNames: Set<String> = []
    /// What each value of the program is by now: an operation in place changes it.
    var values: [String: ATenValue] = [:]
    /// Values behind a refusal, of which nothing is known.
    private var lost: Set<String> = []
    private var problems: [Diagnostic] = []
    private var names: ATenNames
    private var aliases = ATenAliases()
    var atoms = 0
    /// How many numbers were computed that no input changes.
    var known = 0
    /// Whether some choice puts in minus infinity, and so what behind it may leave out everything.
    var leavesOut = false
    /// Values that some call reads, or that leave.
    let read: Set<String>
    /// Values that a softmax is taken of.
    let softmaxed: Set<String>
    /// The call that is translated now, and its arguments that nothing has asked for yet.
    var call: ATenCall
    var unread: Set<String> = []
    var label = ATenValue.Label(name: "", origin: "")

    static func translate(_ program: ExportedProgram, _ weights: [String: Tensor]) throws(DiagnosticError)
        -> ImportGraph
    {
        var translator = try ATenTranslator(program)
        try translator.addInputs()
        for (value, weight) in program.weights {
            guard let tensor = weights[weight] else { continue }
            translator.values[value] = translator.constant(tensor, weight)
        }
        for (index, call) in program.calls.enumerated() { translator.translate(call, at: index) }
        let outputs = try translator.outputs()
        return ImportGraph(
            format: .onnx, file: program.file, nodes: translator.nodes, inputs: translator.names.inputs,
            outputs: outputs)
    }

    private init(_ program: ExportedProgram) throws(DiagnosticError) {
        self.program = program
        batch = try Self.batch(of: program)
        names = ATenNames(program)
        read = Set(program.outputs).union(program.calls.flatMap(\.tensors))
        softmaxed = Set(
            program.calls.compactMap { call in
                guard [.softmax, .innerSoftmax].contains(ATenOperator(target: call.target)) else { return nil }
                return call.tensors.first
            })
        call = ATenCall(target: "", name: "", arguments: [:], outputs: [], modules: [])
    }

    /// The size of the first axis of every input.
    private static func batch(of program: ExportedProgram) throws(DiagnosticError) -> ATenSize {
        var found: ATenSize?
        for input in program.inputs {
            guard let sizes = program.tensors[input]?.sizes, let first = sizes.first else {
                throw ExportedProgram.error(program.file, "the input '\(input)' has no axis for the samples")
            }
            for (axis, size) in sizes.enumerated().dropFirst() {
                guard case .symbolic = size else { continue }
                throw ExportedProgram.error(
                    program.file, "axis \(axis) of the input '\(input)' is as long as it happens to be",
                    help: "only the first axis, that of the samples, may be dynamic")
            }
            guard found == nil || found == first else {
                throw ExportedProgram.error(
                    program.file,
                    "the first axis of the input '\(input)' is not as long as that of "
                        + "'\(program.inputs[0])': it is the axis of the samples")
            }
            found = first
        }
        guard let found else { throw ExportedProgram.error(program.file, "the network has no input") }
        return found
    }

    private mutating func addInputs() throws(DiagnosticError) {
        for (input, name) in zip(program.inputs, names.inputs) {
            let shape = try (program.tensors[input]?.sizes ?? []).dropFirst().map { size throws(DiagnosticError) in
                guard case .known(let size) = size, size > 0 else {
                    throw ExportedProgram.error(program.file, "the input '\(input)' has an axis without elements")
                }
                return size
            }
            add(
                ImportNode("Input", name, attributes: ["shape": .array([.null] + shape.map(JSONValue.int))]))
            values[input] = stored(name, shape)
            aliases.add(input)
        }
    }

    private mutating func translate(_ call: ATenCall, at index: Int) {
        // Sizes are known; what only checks them gives no tensor.
        guard call.outputs.contains(where: { $0.map { program.tensors[$0] != nil } ?? false }) else { return }
        guard call.tensors.allSatisfy({ !lost.contains($0) }) else {
            lost.formUnion(call.outputs.compactMap(\.self))
            return
        }
        self.call = call
        unread = Set(call.arguments.filter { $0.value != .none && $0.value != .placement }.keys)
        label = ATenValue.Label(name: names.calls[index], origin: call.origin)
        do throws(LayerError) {
            let begin = nodes.count
            var results = try results()
            settle(&results, nodesFrom: begin)
            if let argument = unread.min() {
                throw LayerError("its argument '\(argument)' is not read", attribute: argument)
            }
            for (index, output) in call.outputs.enumerated() {
                guard let output, read.contains(output) else { continue }
                guard results.indices.contains(index) else {
                    throw LayerError("result \(index) of it is read, which is not supported")
                }
                try check(results[index], output)
                values[output] = results[index]
            }
            try noteAliases(index)
        } catch {
            problems.append(error.diagnostic(layer: call.origin))
            lost.formUnion(call.outputs.compactMap(\.self))
        }
    }

    /// The shape that torch.export states for a value is what comes of reading it rightly.
    ///
    /// Axes of size 1 do not count: torch 2.5 states one too many for the states of an LSTM.
    private func check(_ value: ATenValue, _ name: String) throws(LayerError) {
        guard let stated = program.tensors[name]?.sizes else { return }
        let sizes = stated.filter { $0 != .known(1) }
        let dims = value.dims.filter { ATenValue.size($0) != 1 || ($0.contains(.batch) && batch != .known(1)) }
        var next = dims[...]
        var unseen = !value.isPerSample && !value.dims.joined().contains(.batch) ? sizes.count - dims.count : 0
        let agree = sizes.allSatisfy { size in
            // Of a constant nothing is stored for each sample.
            if unseen > 0, size == batch {
                unseen -= 1
                return true
            }
            guard let dim = next.popFirst() else { return false }
            guard case .known(let known) = size else { return dim.contains(.batch) }
            if known == ATenValue.size(dim) { return true }
            guard case .known(let samples) = batch else { return false }
            return dim.contains(.batch) && known == Count.times(samples, ATenValue.size(dim))
        }
        guard agree, next.isEmpty else {
            throw LayerError(
                "its result was read with the shape \(value.dims.map(ATenValue.size)), but the program states "
                    + "(\(stated.map(\.summary).joined(separator: ", ")))")
        }
    }

    private mutating func noteAliases(_ index: Int) throws(LayerError) {
        guard let first = call.tensors.first, let output = call.outputs.first ?? nil else { return }
        if call.isInPlace {
            let later = program.calls[(index + 1)...].reduce(into: Set(program.outputs)) { $0.formUnion($1.tensors) }
            let others = aliases.others(than: first).intersection(later)
            guard others.isEmpty else {
                throw LayerError(
                    "it changes a tensor in place that is read through another view of it later",
                    help: "use the operation that is not in place")
            }
            for name in aliases.same(as: first) { values[name] = values[output] }
            aliases.add(output, sameAs: first)
        } else if call.isView {
            for output in call.outputs.compactMap(\.self) { aliases.add(output, viewOf: first) }
        } else {
            for output in call.outputs.compactMap(\.self) { aliases.add(output) }
        }
    }

    private mutating func outputs() throws(DiagnosticError) -> [String] {
        var outputs: [String] = []
        for output in program.outputs where !lost.contains(output) {
            do throws(LayerError) {
                guard let value = values[output] else { throw LayerError("nothing gives it") }
                label = value.label ?? ATenValue.Label(name: output, origin: output)
                outputs.append(try outputNode(value))
            } catch {
                problems.append(.error("output '\(output)': \(error.message)", help: error.help))
            }
        }
        guard problems.isEmpty else { throw DiagnosticError(problems.bounded) }
        return outputs
    }

    /// An output as it is stored for each sample, axes in the program's order.
    private mutating func outputNode(_ value: ATenValue) throws(LayerError) -> String {
        guard value.isPerSample else {
            throw LayerError("it does not depend on any input", help: "leave it out of what forward gives")
        }
        var value = value
        if !value.dims.contains(where: { $0.contains(.batch) }) {
            // A batch of one that the program did away with is there for each sample all the same.
            if let first = value.dims.first, ATenValue.size(first) == 1 { value.dims[0] = [.batch] }
        } else {
            // torch 2.3 leaves an axis of one element before the samples of a recurrent layer's state.
            while let first = value.dims.first, !first.contains(.batch), ATenValue.size(first) == 1 {
                value.dims.removeFirst()
            }
            guard value.dims.first == [.batch] else {
                throw LayerError(
                    "its first axis is not that of the samples alone",
                    help: "let forward give the samples along the first axis")
            }
        }
        return node(of: try ordered(value))
    }

    /// A new atom.
    mutating func atom(_ size: Int) -> Atom {
        atoms += 1
        return Atom(id: atoms, size: size)
    }

    /// A new name for a layer.
    mutating func claim(_ name: String) -> String { names.claim(name) }
}
