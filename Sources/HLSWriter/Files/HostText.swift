import Basics
import FixedPoint
import LayerKit
import Options

/// What surrounds the firmware: test bench, bridge, scripts and the project's own README.
extension ProjectText {
    func host() throws(DiagnosticError) -> [GeneratedFile] {
        let project = plan.project
        let bridge: [String: TemplateValue] = [
            "project": .text(project), "macro": .text(project.uppercased()),
            "float_arguments": .text(pointers("float")), "double_arguments": .text(pointers("double")),
            "plain": .text((plan.inputs + plan.outputs).map(\.variable).joined(separator: ", ")),
        ]
        return [
            GeneratedFile("\(project)_marshal.h", try templates.render("firmware/marshal.h", marshal)),
            GeneratedFile("\(project)_bridge.cpp", try templates.render("firmware/bridge.cpp", bridge)),
            GeneratedFile("\(project)_test.cpp", try templates.render("firmware/test.cpp", bench)),
            GeneratedFile("README.md", try templates.render("firmware/README.md", readme)),
        ] + (try scripts()) + (try configurations())
    }

    private func elements(_ ports: [Plan.Port]) -> Int { ports.reduce(0) { $0 + $1.tensor.count } }

    private func pointers(_ number: String) -> String {
        (plan.inputs + plan.outputs).map { "\(number) *\($0.variable)" }.joined(separator: ", ")
    }

    private var bench: [String: TemplateValue] {
        [
            "project": .text(plan.project), "input_elements": .number(elements(plan.inputs)),
            "outputs": .list(
                plan.outputs.map { port in
                    .record([
                        "name": .text(port.variable), "count": .number(port.tensor.count),
                        "fraction": .number(port.tensor.type.fraction),
                    ])
                }),
        ]
    }

    private var marshal: [String: TemplateValue] {
        func records(_ ports: [Plan.Port]) -> TemplateValue {
            .list(
                ports.map { port in
                    let tensor = port.tensor
                    return .record([
                        "name": .text(port.variable), "type": .text(port.type.name), "count": .number(tensor.count),
                        "width": .number(tensor.type.width), "channels": .number(tensor.channels),
                        "groups": .number(tensor.groups),
                        "bits": .text("ap_\(tensor.type.signed ? "" : "u")int<\(tensor.type.width)>"),
                        "cast": .text(CastText.member(of: tensor)),
                    ])
                })
        }
        /// Where each port begins in a sample.
        func places(_ ports: [Plan.Port], _ base: String) -> [String] {
            var at = 0
            return ports.map { port in
                defer { at += port.tensor.count }
                return at == 0 ? base : "\(base) + \(at)"
            }
        }
        let packed = places(plan.inputs, "in") + places(plan.outputs, "out")
        return [
            "project": .text(plan.project), "guard": guardName(plan.project, "marshal"),
            "input_elements": .number(elements(plan.inputs)), "output_elements": .number(elements(plan.outputs)),
            "inputs": records(plan.inputs), "outputs": records(plan.outputs), "stream": .flag(plan.io == .stream),
            "casts": CastText.inputs(of: plan),
            "arguments": .text((plan.inputs + plan.outputs).map(\.variable).joined(separator: ", ")),
            "packed": .text(packed.joined(separator: ", ")),
        ]
    }

    private var readme: [String: TemplateValue] {
        func records(_ ports: [Plan.Port]) -> TemplateValue {
            .list(
                ports.map { port in
                    .record([
                        "name": .text(port.variable), "element": .text(port.tensor.type.cText),
                        "shape": .text(port.tensor.shape.map(String.init).joined(separator: " x ")),
                    ])
                })
        }
        let style: String
        switch (plan.io, plan.mode) {
        case (.stream, _): style = "Tensors pass as streams, one pixel at a time; every layer is a process of its own."
        case (.parallel, .dataflow): style = "Tensors pass as arrays; every layer is a process of its own."
        case (.parallel, .pipeline(let interval)):
            style =
                "Tensors pass as arrays; all layers are one pipeline that takes a sample every "
                + (interval == 1 ? "cycle." : "\(interval) cycles.")
        }
        return [
            "project": .text(plan.project), "command": .text(command), "style": .text(style),
            "configurations": .flag(settings.dialect == .vitis), "kernel": .flag(hasKernel),
            "inputs": records(plan.inputs), "outputs": records(plan.outputs),
        ]
    }
}
