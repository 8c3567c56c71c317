internal import Basics
internal import FixedPoint
internal import Options

/// The keys of `HLSConfig` and of its `Model`.
enum HLSConfigFields {
    static let all: [Field<HLS4MLDraft>] = [
        Field("Model", modelKind, path: [], "Settings for all layers.") { value, _, _, draft in
            draft.project.options.project = value.options
            draft.project.options.maximumPrecision = value.maximum
            draft.channelsLast = value.channelsLast
            draft.transposeOutputs = value.transposeOutputs
        },
        Field(
            "LayerType", .named("a layer type", HLS4MLLayerFields.typeKind, folded: true), path: ["types"],
            "Settings by type."
        ) {
            value, _, reading, draft in
            draft.project.options.types = finished(value, &reading)
        },
        Field(
            "LayerName", .named("a layer", HLS4MLLayerFields.layerKind, folded: false), path: ["layers"],
            "Settings by layer."
        ) {
            value, _, reading, draft in
            draft.project.options.layers = finished(value, &reading)
        },
        passes("Flows"), passes("Optimizers"), passes("SkipOptimizers"),
    ]

    static let kind = Kind<HLS4MLDraft>.mapping("HLSConfig", all) { HLS4MLDraft() }

    private static func finished(_ drafts: [String: HLS4MLLayerDraft], _ reading: inout Reading) -> [String:
        LayerOptions]
    {
        var result: [String: LayerOptions] = [:]
        for (name, draft) in drafts { result[name] = draft.finished(&reading) }
        return result
    }

    private static func passes(_ name: String) -> Field<HLS4MLDraft> {
        Field(name, .anything, path: [], "Without effect.") { _, node, reading, _ in
            if node.items?.isEmpty == true { return }
            reading.warning(
                "'\(name)' has no effect: it names passes of hls4ml, which hlsbuild does not have", at: node,
                help: "leave it out: hlsbuild's own passes give the numbers that hls4ml's give by default")
        }
    }

    // MARK: Model

    struct ModelDraft: Sendable {
        var options = LayerOptions()
        var maximum: FixedType?
        var channelsLast: (value: ImportHints.ChannelsLast, node: Node)?
        var transposeOutputs: (value: Bool, node: Node)?
    }

    private static let modelKind = Kind<ModelDraft>.mapping("Model", model, elsewhere: notOfModel) { ModelDraft() }

    /// Help for keys of `Model` that stand at the top of the file.
    static let belowModel = Dictionary(
        uniqueKeysWithValues: model.map { ($0.name, "write it under HLSConfig: Model:") })

    /// Help for keys of a layer, and of the file, that stand under `Model`, where hls4ml never reads them.
    private static let notOfModel = Dictionary(
        HLS4MLLayerFields.layer.map { ($0.name, "write it under LayerType or LayerName: hls4ml does not read it here") }
            + HLS4MLFields.names.map { ($0, "write it at the top of the file: hls4ml does not read it here") },
        uniquingKeysWith: { first, _ in first })

    private static let model: [Field<ModelDraft>] = [
        Field("Precision", .hls4mlPrecision(maximum: true), path: ["precision"], "Types of all layers' values.") {
            value, _, _, draft in
            draft.options.state(value.precision)
            draft.maximum = value.precision.maximum
        },
        Field("ReuseFactor", .whole(1), into: \.options.reuse, path: ["reuse"], "How often one multiplier is used."),
        Field("Strategy", .hls4mlStrategy, path: ["strategy"], "How multiplications are laid out in hardware.") {
            value, _, _, draft in draft.options.strategy = value
        },
        Field("Compression", .truth, path: ["strategy"], "Weights stored without their zeros.") {
            value, node, reading, _ in
            if value { HLS4MLLayerFields.warnOfCompression(node, &reading) }
        },
        Field("TargetCycles", .anything, path: [], "Without effect.") { _, node, reading, _ in
            HLS4MLLayerFields.warnOfTargetCycles(node, &reading)
        },
        Field("BitExact", .truth, path: [], "Types from exact intervals.") { value, node, reading, _ in
            guard value else { return }
            reading.error(
                "'BitExact' is not supported with hls4ml's numbers", at: node,
                help: "write a hlsbuild project file: its own inference loses no bit")
        },
        Field(
            "ChannelsLastConversion", .choice("a conversion"), path: [],
            "How much of a channels-first network is turned."
        ) { value, node, _, draft in draft.channelsLast = (value, node) },
        Field("TransposeOutputs", .truth, path: [], "Whether outputs are turned back.") { value, node, _, draft in
            draft.transposeOutputs = (value, node)
        },
        Field(
            "PipelineStyle", .choice("a pipeline style", [("auto", true), ("pipeline", true), ("dataflow", false)]),
            path: [], "Without effect."
        ) { value, node, reading, _ in
            if !value {
                reading.warning("'PipelineStyle' has no effect", at: node, help: "leave it out: the strategy decides")
            }
        },
        ignored("PipelineInterval"), ignored("BramFactor"), ignored("TraceOutput"), ignored("ConvImplementation"),
        ignored("AllowDAFallback"), ignored("AllowV2Fallback"),
    ]

    private static func ignored(_ name: String) -> Field<ModelDraft> {
        Field(name, .anything, path: [], "Without effect.") { _, _, _, _ in }
    }
}
