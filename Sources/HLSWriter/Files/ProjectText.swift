import Basics
import FixedPoint
import LayerKit
import Options

/// All files of a project as text, from its Plan.
struct ProjectText {
    let plan: Plan
    let settings: WriterSettings
    let templates: TemplateFolder
    let constants: ConstantForm
    let cpp: CppText

    init(_ plan: Plan, _ settings: WriterSettings, _ templates: TemplateFolder, _ constants: ConstantForm) {
        self.plan = plan
        self.settings = settings
        self.templates = templates
        self.constants = constants
        let interval: Int
        switch plan.mode {
        case .pipeline(let slowest): interval = slowest
        case .dataflow: interval = 1
        }
        cpp = CppText(project: plan.project, io: plan.io, dialect: settings.dialect, interval: interval)
    }

    private var project: String { plan.project }
    private var trained: [Plan.Layer] { plan.layers.filter(\.call.isTrained) }
    private var untrained: [Plan.Layer] { plan.layers.filter { !$0.call.isTrained } }

    func text(_ layer: Plan.Layer) -> LayerText { LayerText(layer: layer, cpp: cpp) }

    func guardName(_ parts: String...) -> TemplateValue { .text(ProjectMacros.guarding(parts)) }

    func firmware() throws(DiagnosticError) -> [GeneratedFile] {
        var files = [
            try defines(), try parameters(), try topHeader(), try topSource(),
        ]
        for type in plan.types { files.append(try typeFile(type)) }
        for layer in plan.layers { files += try layerFiles(layer) }
        return files
    }

    private func file(_ path: String, _ template: String, _ values: [String: TemplateValue]) throws(DiagnosticError)
        -> GeneratedFile
    {
        GeneratedFile(path, try templates.render(template, values))
    }

    private func typeFile(_ type: Plan.ElementType) throws(DiagnosticError) -> GeneratedFile {
        try file(
            "firmware/" + type.header, "firmware/type.h",
            [
                "id": .text(type.id), "guard": guardName(project, "type", type.id),
                "headers": .texts(cpp.typeHeaders.map(Self.fromBelow)), "element": .text(cpp.element(type.tensor)),
                "name": .text(type.name),
            ])
    }

    /// The path of a header of the folder `firmware` in a file of a folder in it.
    private static func fromBelow(_ header: String) -> String { header.has("/") ? "../" + header : header }

    private func defines() throws(DiagnosticError) -> GeneratedFile {
        try file(
            "firmware/defines.h", "firmware/defines.h",
            [
                "project": .text(project), "guard": guardName(project, "defines"),
                "headers": .texts(plan.types.map(\.header)),
            ])
    }

    private func parameters() throws(DiagnosticError) -> GeneratedFile {
        let headers = plan.layers.flatMap { layer in
            ["layers/\(layer.id).h"] + (layer.call.isTrained ? [] : ["layers/\(layer.id)_config.h"])
        }
        return try file(
            "firmware/parameters.h", "firmware/parameters.h",
            ["guard": guardName(project, "parameters"), "headers": .texts(headers)])
    }

    private var topArguments: TemplateValue {
        // Arrays of the top function are not const: the tools take the direction from what is done with them.
        .texts(
            (plan.inputs + plan.outputs).map {
                cpp.argument($0.type, $0.variable, isInput: false)
            })
    }

    private func topHeader() throws(DiagnosticError) -> GeneratedFile {
        var seen: Set<String> = []
        let headers = (plan.inputs + plan.outputs).map(\.type.header).filter { seen.insert($0).inserted }
        return try file(
            "firmware/\(project).h", "firmware/top.h",
            [
                "project": .text(project), "guard": guardName(project, "top"), "arguments": topArguments,
                "headers": .texts(headers),
            ])
    }

    private func topSource() throws(DiagnosticError) -> GeneratedFile {
        var headers: [String] = []
        for layer in untrained {
            for header in [cpp.kernelHeader(layer.call)] + text(layer).constantHeaders where !headers.contains(header) {
                headers.append(header)
            }
        }
        let functions =
            untrained.map { text($0).definition } + plan.moves.map { MoveText(move: $0, cpp: cpp).definition }
        let steps = plan.steps.map { step in
            TemplateValue.record([
                "declarations": .text(step.locals.map(cpp.declaration).joined()),
                "call": .text("\(cpp.function(step.id))(\(step.arguments.joined(separator: ", ")));"),
            ])
        }
        return try file(
            "firmware/\(project).cpp", "firmware/top.cpp",
            [
                "project": .text(project), "headers": .texts(headers), "functions": .texts(functions),
                "arguments": topArguments, "pragmas": .texts(topPragmas), "steps": .list(steps),
            ])
    }

    private var topPragmas: [String] {
        var pragmas = InterfaceText(plan: plan, interface: settings.interface).pragmas
        switch plan.mode {
        case .pipeline(let interval): pragmas.append("PIPELINE II=\(interval)")
        case .dataflow: pragmas.append("DATAFLOW")
        }
        return pragmas
    }

    private func layerFiles(_ layer: Plan.Layer) throws(DiagnosticError) -> [GeneratedFile] {
        let text = text(layer), id = layer.id
        var files = [
            try file(
                "firmware/layers/\(id).h", "firmware/layer.h",
                [
                    "id": .text(id), "guard": guardName(project, "layer", id),
                    "headers": .texts(text.typeHeaders.map(Self.fromBelow)), "signature": .text(text.signature),
                ]),
            try file(
                "firmware/layers/\(id)_config.h", "firmware/layer_config.h",
                [
                    "id": .text(id), "guard": guardName(project, "config", id), "configs": .list(text.configs),
                    "headers": .texts(text.configHeaders.map { "../" + $0 }),
                ]),
        ]
        if layer.call.isTrained {
            files.append(
                try file(
                    "firmware/layers/\(id).cpp", "firmware/layer.cpp",
                    [
                        "id": .text(id), "headers": .texts(text.constantHeaders), "definition": .text(text.definition),
                    ]))
        }
        for array in text.constants {
            files += try array.files(templates, guardName(project, array.id, array.constants.role), constants)
        }
        return files
    }
}
