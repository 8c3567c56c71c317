import Basics
import FixedPoint
import LayerKit
import Layers
import Options
import Streams

/// Makes the Plan of a Design: names first, then each tensor's way from its writer to its readers.
struct Planner {
    private let design: Design
    private let wiring: Wiring
    private let calls: [Int: HLSCall]
    private var names: Identifiers
    private var ids: [String: String] = [:]
    /// The variable in which a reader finds its tensor.
    private var variables: [Wiring.Reader: String] = [:]
    private var plan: Plan

    /// What may stand behind a layer's name.
    private static let suffixes = [
        "_t", "_out", "_tensor", "_copy", "_config", "_input_t", "_result_t", "_weight", "_bias", "_scale", "_alpha",
        "_table", "_exp_table", "_inv_table", "_in", "_out_out",
    ]

    /// Names of the bridge and the test bench.
    private static func reserved(_ project: String) -> [String] {
        [
            project, project + "_float", project + "_double", "input_elements", "output_elements", "run_sample",
            "run_packed", "set_element", "get_element",
        ]
    }

    static func plan(_ design: Design, project: String) throws(DiagnosticError) -> Plan {
        var planner = try Planner(design, project)
        planner.place()
        if design.io == .stream { planner.size() }
        return planner.plan
    }

    private init(_ design: Design, _ project: String) throws(DiagnosticError) {
        self.design = design
        let forms = try Self.forms(design)
        wiring = Wiring(design, forms: forms)
        var calls: [Int: HLSCall] = [:]
        for index in wiring.live { if case .call(let call) = forms[index] { calls[index] = call } }
        self.calls = calls
        names = Identifiers(reserved: Self.reserved(project))
        plan = Plan(
            project: project, io: design.io, mode: Self.mode(design, Array(calls.values)), inputs: [], outputs: [],
            layers: [], moves: [], types: [], steps: [])
        for name in design.inputs.map(\.name) + design.nodes.map(\.name) {
            ids[name] = names.claim(name, suffixes: Self.suffixes)
        }
        makePorts()
    }

    /// What an operation sees when it is written.
    private static func site(_ design: Design, _ node: Design.Node) -> HLSSite {
        let sources = node.inputs.compactMap(design.tensor)
        return HLSSite(io: design.io, inputs: sources.map(\.type), shapes: sources.map(\.shape), output: node.shape)
    }

    /// How every node is written; all that cannot be is reported at once.
    private static func forms(_ design: Design) throws(DiagnosticError) -> [HLSForm] {
        var errors: [Diagnostic] = []
        var forms: [HLSForm] = []
        for node in design.nodes {
            let sources = node.inputs.compactMap(design.tensor)
            let shapes = sources.map(\.shape)
            guard sources.count == node.inputs.count, !sources.isEmpty,
                !shapes.contains(where: { $0.elementCount == 0 })
            else {
                errors.append(.error("layer '\(node.name)' reads a tensor that the design does not hold"))
                continue
            }
            let site = Self.site(design, node)
            let form = node.operation.definition.hls(site)
            if case .unsupported(let reason) = form {
                errors.append(
                    .error("layer '\(node.name)' cannot be written: \(reason)", subject: ["layers", node.name]))
            }
            forms.append(form)
        }
        for name in design.outputs where design.tensor(name) == nil {
            errors.append(.error("the design has no tensor '\(name)' to give out"))
        }
        guard errors.isEmpty else { throw DiagnosticError(errors) }
        return forms
    }

    /// One pipeline where all layers are straight-line code; else processes side by side.
    private static func mode(_ design: Design, _ calls: [HLSCall]) -> Plan.Mode {
        var interval = 1
        for call in calls {
            guard design.io == .parallel, case .pipelined(let own, _) = call.schedule else { return .dataflow }
            interval = max(interval, own)
        }
        return design.io == .parallel ? .pipeline(interval: interval) : .dataflow
    }

    private func tensor(_ name: String) -> Plan.Tensor {
        let (type, shape) = design.tensor(name) ?? (.int(1), [])
        return Plan.Tensor(type: type, shape: shape)
    }

    private func id(_ name: String) -> String { ids[name] ?? name }

    private mutating func makePorts() {
        let single = design.inputs.count == 1
        for input in design.inputs {
            let typeName = single ? "input_t" : id(input.name) + "_t"
            plan.inputs.append(.init(variable: id(input.name), typeName: typeName, tensor: tensor(input.name)))
        }
        var seen: Set<String> = []
        for output in design.outputs {
            var variable = id(output) + "_out"
            if !seen.insert(variable).inserted { variable = names.claim(variable) }
            let typeName = design.outputs.count == 1 ? "result_t" : id(output) + "_t"
            plan.outputs.append(
                .init(variable: variable, typeName: typeName, tensor: tensor(wiring.roots[output] ?? "")))
        }
    }

    /// Every tensor in order: who writes it, and how it reaches its readers.
    private mutating func place() {
        for (input, port) in zip(design.inputs, plan.inputs) {
            let targets = connect(input.name, source: port.variable, typeName: port.typeName)
            if let targets { plan.steps.append(targets) }
        }
        for index in wiring.live {
            let node = design.nodes[index]
            let typeName = id(node.name) + "_t"
            plan.types.append((typeName, tensor(node.name)))
            let direct = directOutput(node.name)
            let variable = direct.map { plan.outputs[$0].variable } ?? localName(node.name)
            var step = Plan.Step(
                function: id(node.name), inputs: arguments(index), outputs: [variable],
                tokens: node.operation.definition.tokens(Self.site(design, node)))
            if direct == nil { step.locals.append(local(variable, typeName, node.name)) }
            define(index, typeName)
            plan.steps.append(step)
            if direct == nil, let copy = connect(node.name, source: variable, typeName: typeName) {
                plan.steps.append(copy)
            }
        }
    }

    private func arguments(_ index: Int) -> [String] {
        design.nodes[index].inputs.indices.map { variables[.node(index, argument: $0)] ?? "" }
    }

    /// The function of a node: a layer, or a move into groups of another size.
    private mutating func define(_ index: Int, _ typeName: String) {
        let node = design.nodes[index]
        let sources = node.inputs.map { tensor(wiring.roots[$0] ?? $0) }
        if let call = calls[index] {
            plan.layers.append(
                .init(id: id(node.name), call: call, inputs: sources, output: tensor(node.name)))
        } else if let source = sources.first, let name = node.inputs.first {
            plan.moves.append(
                .init(
                    id: id(node.name), source: source, sourceType: self.typeName(of: wiring.roots[name] ?? name),
                    target: tensor(node.name), targetTypes: [typeName]))
        }
    }

    private func typeName(of root: String) -> String {
        if let index = design.inputs.firstIndex(where: { $0.name == root }) { return plan.inputs[index].typeName }
        return id(root) + "_t"
    }

    private func local(_ variable: String, _ typeName: String, _ name: String) -> Plan.Local {
        .init(
            variable: variable, typeName: typeName, tensor: tensor(name), source: name,
            depth: design.nodes.first { $0.name == name }?.fifoDepth)
    }

    /// The output that is the only reader of a node: it is written without a variable in between.
    private func directOutput(_ name: String) -> Int? {
        guard let readers = wiring.readers[name], readers.count == 1, case .output(let index) = readers[0] else {
            return nil
        }
        return index
    }

    private func localName(_ name: String) -> String {
        let isOutput = plan.outputs.contains { $0.variable == id(name) + "_out" }
        return id(name) + (isOutput ? "_tensor" : "_out")
    }

    /// Leads a tensor to its readers; the step that copies it, where it must be copied.
    ///
    /// In a pipeline every layer may read the same array and only ports need a copy. A process reads what no other
    /// reads, so a tensor with several readers passes through one that copies it.
    private mutating func connect(_ name: String, source: String, typeName: String) -> Plan.Step? {
        let readers = wiring.readers[name] ?? []
        let shared = plan.mode == .dataflow && readers.count > 1
        var targets: [(variable: String, typeName: String)] = []
        var locals: [Plan.Local] = []
        for reader in readers {
            switch reader {
            case .output(let index):
                targets.append((plan.outputs[index].variable, plan.outputs[index].typeName))
            case .node(let index, _) where shared:
                let variable = names.claim("\(id(name))_to_\(id(design.nodes[index].name))")
                targets.append((variable, typeName))
                locals.append(local(variable, typeName, name))
                variables[reader] = variable
            case .node:
                variables[reader] = source
            }
        }
        guard !targets.isEmpty else { return nil }
        let function = id(name) + "_copy"
        plan.moves.append(
            .init(
                id: function, source: tensor(name), sourceType: typeName, target: tensor(name),
                targetTypes: targets.map(\.typeName)))
        return Plan.Step(
            locals: locals, function: function, inputs: [source], outputs: targets.map(\.variable),
            tokens: .elementwise(tensor(name).groups, pipeline: 4))
    }

    /// Gives every stream its depth.
    private mutating func size() {
        let depths = StreamPlan(plan).depths
        for step in plan.steps.indices {
            for local in plan.steps[step].locals.indices {
                let variable = plan.steps[step].locals[local].variable
                plan.steps[step].locals[local].depth = depths[variable]
            }
        }
    }
}
