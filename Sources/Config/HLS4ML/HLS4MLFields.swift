internal import Basics
internal import Options

/// The top-level keys of an hls4ml YAML.
enum HLS4MLFields {
    static let all: [Field<HLS4MLDraft>] = stated + models + harmless

    /// Keys that people write further down, where hls4ml does not read them.
    static let names = [
        "ProjectName", "Backend", "Part", "XilinxPart", "ClockPeriod", "ClockUncertainty", "IOType", "InputData",
        "OutputPredictions",
    ]

    private static let stated: [Field<HLS4MLDraft>] = [
        Field("ProjectName", .identifier, into: \.project.name, path: ["project"], "Name of the project."),
        Field("Backend", .hls4mlBackend, into: \.project.backend, path: ["backend"], "Which tools are used."),
        Field("Part", .part, into: \.project.part, path: ["part"], "The part."),
        Field("XilinxPart", .part, path: ["part"], "The part, as older versions spelt it.") { value, node, _, draft in
            draft.xilinxPart = (value, node)
        },
        Field("ClockPeriod", .period(bare: true), into: \.period, path: ["clock"], "Clock period, ns."),
        Field(
            "ClockUncertainty", .hls4mlUncertainty, into: \.uncertainty, path: ["clock", "uncertainty"],
            "What synthesis keeps free of the period."),
        Field("IOType", .hls4mlIO, into: \.project.io, path: ["io"], "Kind of input and output."),
        Field("InputData", .oneOrMore(.path, "paths"), path: ["data", "input"], "Input of the C simulation.") {
            (value: [String], _, _, draft) in
            draft.project.data = draft.project.data ?? DataFiles()
            draft.project.data?.inputs = value
        },
        Field("OutputPredictions", .oneOrMore(.path, "paths"), path: ["data", "expected"], "What it must give.") {
            (value: [String], _, _, draft) in
            draft.project.data = draft.project.data ?? DataFiles()
            draft.project.data?.expected = value
        },
        Field("InputShape", .hls4mlShapes, path: [], "Shapes of the inputs.") { value, node, _, draft in
            draft.inputShapes = (value, node)
        },
        Field("InputShapes", .anything, path: [], "Without effect.") { _, _, _, _ in },
        Field("HLSConfig", HLSConfigFields.kind, path: [], "Settings of layers.") { value, _, _, draft in
            draft.project.options = value.project.options
            draft.channelsLast = value.channelsLast
            draft.transposeOutputs = value.transposeOutputs
        },
    ]

    private static let models: [Field<HLS4MLDraft>] = HLS4MLDraft.ModelKey.allCases.map { key in
        Field(key.rawValue, .path, path: ["model"], "The model.") { value, node, _, draft in
            draft.models[key] = (value, node)
        }
    }

    /// What is hls4ml's own affair, or belongs to back ends that are refused by name.
    private static let harmless: [Field<HLS4MLDraft>] =
        [
            "OutputDir", "ProjectDir", "Version", "Stamp", "TraceOutput", "MaximumSize", "OutputShapes",
            "WriterConfig", "Technology", "ASICLibs", "FIFO", "FPGAFamily", "Board", "SmartHLSPath",
            "HyperoptHandshake", "Compiler", "HLSIncludePath", "HLSLibsPath", "NSymbols", "KerasModelCustomObjects",
        ].map { name in Field(name, .anything, path: [], "Without effect.") { _, _, _, _ in } }
        + [
            Field("AcceleratorConfig", .anything, path: [], "Without effect.") { _, node, reading, _ in
                reading.warning(
                    "'AcceleratorConfig' has no effect: the board's wrapper is not built", at: node,
                    help: "leave it out; the exported IP is connected in a block design")
            }
        ]
}
