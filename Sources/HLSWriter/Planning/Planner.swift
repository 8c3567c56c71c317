import Basics
internal import Estimates
import LayerKit
import Layers
import Options
import Streams

/// Makes the Plan of a Design: names first, then each tensor's way from its writer to its readers.
struct Planner {
    private let placed: PlacedDesign
    private let wiring: Wiring
    private let calls: [Int: HLSCall]
    private var names: Identifiers
    /// What constants may be called behind their layer's name.
    private let roles: [String]
    private var ids: [TensorID: String] = [:]
    private var types: [TensorID: Plan.ElementType] = [:]
    /// The variable in which a reader finds its tensor.
    private var variables: [Wiring.Reader: String] = [:]
    private var plan: Plan

    /// What may stand behind a layer's name, whatever the layer is.
    private static let suffixes = ["_t", "_out", "_tensor", "_copy", "_config", "_in", "_out_out"]

    /// Names of the bridge and the test bench.
    private static func reserved(_ project: String) -> [String] {
        [
            project, project + "_float", project + "_double", project + "_firmware", project + "_emulation",
            project + "_emulator", project + "_marshal", "input_elements", "output_elements", "run_sample",
            "run_packed", "set_element", "get_element",
        ]
    }

    static func plan(_ placed: PlacedDesign, project: String) throws(DiagnosticError) -> Plan {
        var planner = try Planner(placed, project)
        planner.place()
        if placed.design.io == .stream { planner.size() }
        return planner.plan
    }

    private var design: Design { placed.design }

    private init(_ placed: PlacedDesign, _ project: String) throws(DiagnosticError) {
        self.placed = placed
        let design = placed.design
        let forms = try Self.forms(placed)
        wiring = Wiring(placed, forms: forms)
        var calls: [Int: HLSCall] = [:]
        for index in wiring.live { if case .call(let call) = forms[index] { calls[index] = call } }
        self.calls = calls
        names = Identifiers(
            project: project, reserved: Self.reserved(project), macros: ProjectMacros.all(project))
        plan = Plan(
            project: project, io: design.io, mode: Self.mode(design, Array(calls.values)), inputs: [], outputs: [],
            layers: [], moves: [], types: [], steps: [])
        let roles = Set(calls.values.flatMap { $0.allConstants.map(\.role) }).sorted()
        self.roles = roles
        let suffixes = Self.suffixes + roles.map { "_" + $0 }
        for id in design.inputs.map(\.id) + design.nodes.flatMap(\.ids) {
            let name = design.name(of: id).substituting(".", with: "_")
            ids[id] = names.claim(id.output == 0 ? id.node : name, suffixes: suffixes) {
                ProjectMacros.ofLayer($0, project, roles: roles)
            }
        }
        makeTypes()
        makePorts()
    }

    /// How every node is written; all that cannot be is reported at once.
    private static func forms(_ placed: PlacedDesign) throws(DiagnosticError) -> [HLSForm] {
        var errors: [Diagnostic] = []
        let forms = zip(placed.design.nodes, placed.sites).map { node, site in
            let form = node.operation.definition.hls(site)
            if case .unsupported(let reason) = form {
                errors.append(
                    .error("layer '\(node.name)' cannot be written: \(reason)", subject: ["layers", node.name]))
            }
            return form
        }
        guard errors.isEmpty else { throw DiagnosticError(errors) }
        return forms
    }

    /// One pipeline where all layers are straight-line code without turns; else processes side by side.
    private static func mode(_ design: Design, _ calls: [HLSCall]) -> Plan.Mode {
        var interval = 1
        for call in calls {
            guard design.io == .parallel, call.turns == 1, case .pipelined(let own, _) = call.schedule else {
                return .dataflow
            }
            interval = max(interval, own)
        }
        return design.io == .parallel ? .pipeline(interval: interval) : .dataflow
    }

    private func id(_ tensor: TensorID) -> String { ids[tensor] ?? tensor.node }

    /// A type for each tensor that exists. The only input's and the only output's are called so; where both are one
    /// tensor, as the input.
    private mutating func makeTypes() {
        let output = design.outputs.count == 1 ? wiring.root(design.outputs[0]) : nil
        let input = design.inputs.count == 1 ? design.inputs[0].id : nil
        let tensors = design.inputs.map(\.id) + wiring.live.flatMap { design.nodes[$0].ids }
        for tensor in tensors {
            var name = id(tensor)
            if tensor == input {
                name = portName("input", tensor)
            } else if tensor == output {
                name = portName("result", tensor)
            }
            let type = Plan.ElementType(project: plan.project, id: name, tensor: placed[tensor])
            types[tensor] = type
            plan.types.append(type)
        }
    }

    /// What the type of the only input or output is called after: another word where a layer has this one.
    private mutating func portName(_ word: String, _ tensor: TensorID) -> String {
        id(tensor) == word ? word : names.claim(legal: word, suffixes: ["_t"])
    }

    private func type(of tensor: TensorID) -> Plan.ElementType {
        let root = wiring.root(tensor)
        return types[root] ?? .init(project: plan.project, id: id(root), tensor: placed[root])
    }

    private mutating func makePorts() {
        for input in design.inputs { plan.inputs.append(.init(variable: id(input.id), type: type(of: input.id))) }
        var seen: Set<String> = []
        for output in design.outputs {
            var variable = id(output) + "_out"
            if !seen.insert(variable).inserted { variable = names.claim(variable) }
            plan.outputs.append(.init(variable: variable, type: type(of: output)))
        }
    }

    /// Every tensor in order: who writes it, and how it reaches its readers.
    private mutating func place() {
        for (input, port) in zip(design.inputs, plan.inputs) {
            plan.steps += connect(input.id, source: port.variable)
        }
        for index in wiring.live { place(index) }
    }

    private mutating func place(_ index: Int) {
        let node = design.nodes[index]
        var step = Plan.Step(
            id: id(TensorID(node.name)), inputs: arguments(index), outputs: [],
            tokens: node.operation.definition.tokens(placed.sites[index]))
        var passes: [Plan.Step] = []
        for tensor in node.ids {
            if let output = directOutput(tensor) {
                step.outputs.append(plan.outputs[output].variable)
            } else {
                let variable = localName(tensor)
                step.outputs.append(variable)
                step.locals.append(local(variable, tensor))
                passes += connect(tensor, source: variable)
            }
        }
        define(index)
        plan.steps.append(step)
        plan.steps += passes
    }

    private func arguments(_ index: Int) -> [String] {
        design.nodes[index].inputs.indices.map { variables[.node(index, argument: $0)] ?? "" }
    }

    /// The function of a node: a layer, or a move into groups of another size.
    private mutating func define(_ index: Int) {
        let node = design.nodes[index], first = TensorID(node.name)
        if let call = calls[index] {
            let operation = node.operation.definition, site = placed.sites[index]
            plan.layers.append(
                .init(
                    id: id(first), name: node.name, operation: operation, site: site,
                    partIDs: partIDs(id(first), operation.size(site)), call: call,
                    inputs: node.inputs.map { type(of: $0) },
                    outputs: node.ids.map { type(of: $0) }))
        } else {
            plan.moves.append(
                .init(id: id(first), source: type(of: node.inputs[0]), target: type(of: first), copies: 1))
        }
    }

    /// As many names as the tool needs that takes the least at once.
    private mutating func partIDs(_ id: String, _ size: FunctionSize?) -> [String] {
        let most = Target.Tool.allCases.compactMap { size?.functions(within: $0.limits) }.max() ?? 1
        guard most > 1 else { return [] }
        let roles = roles, project = plan.project
        return (1...most).map { number in
            names.claim("\(id)_part\(number)", suffixes: Self.suffixes + roles.map { "_" + $0 }) {
                ProjectMacros.ofLayer($0, project, roles: roles)
            }
        }
    }

    private func local(_ variable: String, _ tensor: TensorID) -> Plan.Local {
        .init(
            variable: variable, type: type(of: tensor), source: tensor.node,
            depth: placed.place(of: tensor.node).flatMap { design.nodes[$0].fifoDepth })
    }

    /// The output that is the only reader of a tensor: it is written without a variable in between.
    private func directOutput(_ tensor: TensorID) -> Int? {
        let readers = wiring.readers(of: tensor)
        guard readers.count == 1, case .output(let index) = readers[0] else { return nil }
        return index
    }

    private func localName(_ tensor: TensorID) -> String {
        let isOutput = plan.outputs.contains { $0.variable == id(tensor) + "_out" }
        return id(tensor) + (isOutput ? "_tensor" : "_out")
    }

    /// Leads a tensor to its readers; the step that copies it, where it must be copied.
    ///
    /// In a pipeline every layer may read the same array and only ports need a copy. A process reads what no other
    /// reads, so a tensor with several readers passes through one that copies it, and a stream without any through one
    /// that empties it.
    private mutating func connect(_ tensor: TensorID, source: String) -> [Plan.Step] {
        let readers = wiring.readers(of: tensor)
        let shared = plan.mode == .dataflow && readers.count > 1
        var targets: [String] = []
        var locals: [Plan.Local] = []
        for reader in readers {
            switch reader {
            case .output(let index):
                targets.append(plan.outputs[index].variable)
            case .node(let index, _) where shared:
                let variable = names.claim("\(id(tensor))_to_\(id(TensorID(design.nodes[index].name)))")
                targets.append(variable)
                locals.append(local(variable, tensor))
                variables[reader] = variable
            case .node:
                variables[reader] = source
            }
        }
        guard !targets.isEmpty || readers.isEmpty && design.io == .stream else { return [] }
        let copy = id(tensor) + "_copy", type = type(of: tensor)
        plan.moves.append(.init(id: copy, source: type, target: type, copies: targets.count))
        return [
            Plan.Step(
                locals: locals, id: copy, inputs: [source], outputs: targets,
                tokens: .elementwise(placed[tensor].groups, pipeline: 4))
        ]
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
