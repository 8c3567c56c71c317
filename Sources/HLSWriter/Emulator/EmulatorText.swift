public import Basics
import FixedPoint
import LayerKit
import Options

/// The written firmware as a library with a C interface.
struct EmulatorText {
    let plan: Plan
    let templates: TemplateFolder
    /// The written project by paths in it.
    let written: [String: [UInt8]]

    func files() throws(DiagnosticError) -> [GeneratedFile] {
        let project = plan.project
        let sources = written.keys.filter { $0.begins(with: "firmware/") && $0.ends(with: ".cpp") }.sorted()
        let whole = Amalgamation(sources, of: written)
        var values = ports()
        values.merge([
            "project": .text(project), "macro": .text(project.uppercased()),
            "guard": .text(project.uppercased() + "_EMULATOR_H"), "firmware": .text(whole.text),
            "system": .texts(whole.system.sorted()), "stream": .flag(plan.io == .stream),
            "digest": .text(Digest(of: whole.text).hex),
        ]) { _, new in new }
        let stem = project + "_emulator"
        return [
            GeneratedFile(stem + ".h", try templates.render("release/emulator.h", values)),
            GeneratedFile(stem + ".cpp", try templates.render("release/emulator.cpp", values)),
            GeneratedFile(stem + "_test.c", try templates.render("release/emulator_test.c", values)),
        ]
    }

    private func ports() -> [String: TemplateValue] {
        let names = (plan.inputs + plan.outputs).map { $0.variable + "_port" }
        return [
            "inputs": records(plan.inputs), "outputs": records(plan.outputs),
            "casts": CastText.inputs(of: plan), "all": records(plan.inputs + plan.outputs),
            "input_elements": .number(plan.inputs.reduce(0) { $0 + $1.tensor.count }),
            "output_elements": .number(plan.outputs.reduce(0) { $0 + $1.tensor.count }),
            "arguments": .text(names.joined(separator: ", ")),
            "members": .text(names.map { "p." + $0 }.joined(separator: ", ")),
        ]
    }

    private func records(_ ports: [Plan.Port]) -> TemplateValue {
        var at = 0
        return .list(
            ports.map { port in
                let tensor = port.tensor, type = tensor.type
                defer { at += tensor.count }
                return .record([
                    "name": .text(port.variable), "type": .text(port.type.name), "count": .number(tensor.count),
                    "at": .number(at), "width": .number(type.width), "channels": .number(tensor.channels),
                    "groups": .number(tensor.groups), "element": .text(type.cText),
                    "shape": .text(tensor.shape.map(String.init).joined(separator: " x ")),
                    "bits": .text("ap_\(type.signed ? "" : "u")int<\(type.width)>"),
                    "exponent": .number(-type.fraction), "minimum": .text("\(type.rawMin)"),
                    "maximum": .text("\(type.rawMax)"), "minimum_literal": .text(Self.literal(type.rawMin)),
                    "maximum_literal": .text(Self.literal(type.rawMax)),
                    "cast": .text(CastText.member(of: tensor)),
                ])
            })
    }

    /// The smallest 64-bit integer has no literal of its own in C++.
    private static func literal(_ value: Int128) -> String {
        value == Int128(Int64.min) ? "(-\(Int64.max)LL - 1)" : "\(value)LL"
    }
}

extension HLSProject {
    /// The firmware as a library for software: one C++ file, its plain C header, and a program that runs test vectors.
    ///
    /// - Parameters:
    ///   - written: the project's files by paths.
    ///   - templates: the contents of `Templates/release` by their paths below `Templates`.
    /// - Throws: where a port is wider than the interface's 64-bit integers.
    public func emulator(written: [String: [UInt8]], templates: [String: [UInt8]]) throws(DiagnosticError)
        -> [GeneratedFile]
    {
        for port in plan.inputs + plan.outputs where port.tensor.type.width + (port.tensor.type.signed ? 0 : 1) > 64 {
            throw DiagnosticError(
                .error(
                    "port '\(port.variable)' has type \(port.tensor.type), which does not fit 64-bit integers",
                    help: "state a type of at most 64 bits for it"))
        }
        return try EmulatorText(plan: plan, templates: TemplateFolder(files: templates), written: written).files()
    }
}
