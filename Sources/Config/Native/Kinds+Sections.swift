internal import Basics

// The sections of a project file that are mappings of their own.

extension Kind where Value == ModelSource {
    private struct Draft: Sendable {
        var architecture: String?
        var weights: String?
    }

    private static var fields: [Field<Draft>] {
        [
            Field("architecture", .path, into: \.architecture, required: true, "The layers (Keras 'model.json')."),
            Field("weights", .path, into: \.weights, required: true, "The weights ('weights.h5')."),
        ]
    }

    static var modelSource: Kind<ModelSource> {
        let file = Kind<String>.path
        let parts = Kind<Draft>.mapping("a model in two files", fields) { Draft() }
        return Kind(.either([file.shape, parts.shape])) { node, reading in
            if node.items != nil {
                reading.mismatch(
                    "the path of a model", node, help: "write 'model: file', or {architecture: file, weights: file}")
                return nil
            }
            guard node.entries != nil else { return file.read(node, &reading).map { .file($0) } }
            guard let draft = parts.read(node, &reading), let architecture = draft.architecture,
                let weights = draft.weights
            else { return nil }
            return .parts(architecture: architecture, weights: weights)
        }
    }
}

extension Kind where Value == DataFiles {
    static var dataFiles: Kind<DataFiles> {
        let files = Kind<[String]>.oneOrMore(.path, "paths")
        let fields: [Field<DataFiles>] = [
            Field("input", files, "One '.npy' or text file a model input, in the model's order.") { value, _, _, data in
                data.inputs = value
            },
            Field("expected", files, "One file a model output: what the firmware must give.") { value, _, _, data in
                data.expected = value
            },
            Field(
                "labels", files, "One file a model output: the class of each sample, as its index or one-hot."
            ) { value, _, _, data in data.labels = value },
            Field(
                "tolerance", .tolerance, into: \.tolerance,
                "How far a value may lie from what is expected: 'exact', or an absolute difference."),
        ]
        return .mapping("data", fields) { DataFiles() }
    }
}

extension Kind where Value == Tolerance {
    static var tolerance: Kind<Tolerance> {
        Kind(.either([.choice(["exact"]), .number])) { node, reading in
            if node.text?.lowercased() == "exact" { return .exact }
            guard let text = node.plainText, let number = Ratio(decimal: text) else {
                let near = node.text.flatMap { Spelling.nearest(to: $0, in: ["exact"]) }
                reading.mismatch(
                    "'exact' or a number", node,
                    help: near.map { "did you mean '\($0)'?" } ?? "write 'exact', or the largest absolute difference")
                return nil
            }
            guard number.numerator >= 0 else {
                reading.error("a tolerance of \(number) is not possible", at: node, help: "write 0 or more, or 'exact'")
                return nil
            }
            return .absolute(number)
        }
    }
}

extension Kind where Value == [Expectation] {
    static var expectations: Kind<[Expectation]> {
        let fields: [Field<[Expectation]>] = Expectation.Metric.allCases.map { metric in
            Field(metric.rawValue, .expectation(metric), metric.doc) { value, _, _, list in list.append(value) }
        }
        // In the order of the metrics: the order of lines in the file means nothing.
        let kind = Kind<[Expectation]>.mapping("expect", fields) { [] }
        return Kind(kind.shape) { node, reading in
            kind.read(node, &reading).map { list in
                Expectation.Metric.allCases.flatMap { metric in list.filter { $0.metric == metric } }
            }
        }
    }
}

extension Kind where Value == [ToolName: String] {
    static var tools: Kind<[ToolName: String]> {
        let fields: [Field<[ToolName: String]>] = ToolName.allCases.map { tool in
            Field(tool.rawValue, .path("a program"), tool.doc) { value, _, _, tools in tools[tool] = value }
        }
        return .mapping("tools", fields) { [:] }
    }
}

extension ToolName {
    /// What the program is, as the schema tells it.
    var doc: String {
        switch self {
        case .cxx: "C++ compiler of the C simulation."
        case .vitis: "Vitis HLS ('vitis-run', 'vitis_hls' or 'v++')."
        case .vivado: "Vivado."
        case .vivadoHLS: "Vivado HLS."
        case .yosys: "Yosys."
        case .nextpnr: "nextpnr for the part's family."
        case .verilator: "Verilator."
        case .iverilog: "Icarus Verilog."
        }
    }
}
