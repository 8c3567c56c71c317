internal import Basics
internal import FixedPoint
internal import Options

/// The keys of a layer (`LayerName`) and of a layer type (`LayerType`) in an hls4ml YAML.
enum HLS4MLLayerFields {
    static let layer: [Field<HLS4MLLayerDraft>] = main + sizes + types + withoutEffect

    static let layerKind = Kind<HLS4MLLayerDraft>.mapping("a layer", layer) { HLS4MLLayerDraft() }
    static let typeKind = Kind<HLS4MLLayerDraft>.mapping("a layer type", layer) { HLS4MLLayerDraft() }

    private static let main: [Field<HLS4MLLayerDraft>] =
        [
            Field("Precision", .hls4mlPrecision(maximum: false), path: ["precision"], "Types of the layer's values.") {
                value, _, _, draft in
                draft.options.state(value.precision)
                draft.unread = value.unread
            },
            Field("Strategy", .hls4mlStrategy, path: ["strategy"], "How multiplications are laid out in hardware.") {
                value, _, _, draft in draft.options.strategy = value
            },
            Field("Compression", .truth, path: ["strategy"], "Weights stored without their zeros.") {
                value, node, reading, _ in
                if value { HLS4MLLayerFields.warnOfCompression(node, &reading) }
            },
        ]
        + ["Implementation", "implementation"].map { name in
            Field(
                name, .choice("a softmax implementation"), into: \.options.implementation, path: ["implementation"],
                "How softmax is computed.")
        }
        + ["Skip", "skip"].map { name in
            Field(name, .truth, into: \.options.skip, path: ["skip"], "Leave a final softmax out of the firmware.")
        }

    /// Whole numbers; hls4ml takes the attribute-like ones in both spellings.
    private static let sizes: [Field<HLS4MLLayerDraft>] = [
        Field("ReuseFactor", .whole(1), into: \.options.reuse, path: ["reuse"], "How often one multiplier is used."),
        Field("TableSize", .tableSize, into: \.options.tableSize, path: ["table_size"], "Entries of a table."),
        Field("table_size", .tableSize, into: \.options.tableSize, path: ["table_size"], "Entries of a table."),
        Field(
            "ExpTableSize", .tableSize, into: \.options.expTableSize, path: ["exp_table_size"],
            "Entries of softmax's exponential table."),
        Field(
            "exp_table_size", .tableSize, into: \.options.expTableSize, path: ["exp_table_size"],
            "Entries of softmax's exponential table."),
        Field(
            "InvTableSize", .tableSize, into: \.options.invTableSize, path: ["inv_table_size"],
            "Entries of softmax's reciprocal table."),
        Field(
            "inv_table_size", .tableSize, into: \.options.invTableSize, path: ["inv_table_size"],
            "Entries of softmax's reciprocal table."),
        Field(
            "RecurrentReuseFactor", .whole(1), into: \.options.recurrentReuse, path: ["recurrent_reuse"],
            "How often one multiplier of the state is used."),
        Field(
            "DepthwiseReuseFactor", .whole(1), into: \.options.depthwiseReuse, path: ["depthwise_reuse"],
            "'ReuseFactor' of a depthwise half."),
        Field(
            "PointwiseReuseFactor", .whole(1), into: \.options.pointwiseReuse, path: ["pointwise_reuse"],
            "'ReuseFactor' of a pointwise half."),
        Field(
            "ParallelizationFactor", .whole(1), into: \.options.parallelization, path: ["parallelization"],
            "How many positions are computed at once (io: parallel): pixels of a convolution, rows for dense and softmax."
        ),
    ]

    /// `accum_t` and the tables' types are read from here by hls4ml; the types of values and weights are overwritten.
    private static let types: [Field<HLS4MLLayerDraft>] = PrecisionRole.allCases.map { role in
        let path = role.isTable || role == .accum ? ["precision", role.rawValue] : []
        return Field("\(role.rawValue)_t", .precision, path: path, role.doc) { value, node, reading, draft in
            if role == .accum {
                draft.accum = value
            } else if role.isTable {
                draft.options.precision[role] = value
            } else {
                reading.warning(
                    "'\(role.rawValue)_t' has no effect", at: node,
                    help: "write 'Precision: {\(role.rawValue): ...}'")
            }
        }
    }

    /// What hls4ml generates and hlsbuild takes from the model, or what changes no number.
    private static let withoutEffect: [Field<HLS4MLLayerDraft>] =
        [
            "Trace", "ConvImplementation", "Static", "Direction", "Algorithm", "TimeStepLoopParallelism",
            "TableRangePower2", "ForwardReuseFactor", "BackwardReuseFactor", "ForwardRecurrentReuseFactor",
            "BackwardRecurrentReuseFactor",
        ].map { name in
            Field(name, .anything, path: [], "Without effect.") { _, _, _, _ in }
        } + [
            Field("TargetCycles", .anything, path: [], "Without effect.") { _, node, reading, _ in
                HLS4MLLayerFields.warnOfTargetCycles(node, &reading)
            }
        ]

    static func warnOfTargetCycles(_ node: Node, _ reading: inout Reading) {
        reading.warning("'TargetCycles' has no effect", at: node, help: "write the 'ReuseFactor' that is wanted")
    }

    static func warnOfCompression(_ node: Node, _ reading: inout Reading) {
        reading.warning(
            "'Compression' is not needed: the layer is computed as its strategy says, with every weight in its place",
            at: node, help: "leave it out; weights that are zero cost no multiplier where the tool can see them")
    }
}

extension HLS4MLLayerDraft {
    /// The options, after saying which of the written types hls4ml would not have used.
    func finished(_ reading: inout Reading) -> LayerOptions {
        var options = options
        if let accum { options.precision[.accum] = accum }
        for (role, choice, node) in unread where options.precision[role] == nil {
            guard case .type(let type) = choice, let standard = role.hls4mlTableType, type != standard else { continue }
            reading.warning(
                "'\(role.rawValue)' under Precision has no effect in hls4ml: the type stays \(standard)", at: node,
                help: "to have it, write '\(role.rawValue)_t: \(type)' beside Precision")
        }
        return options
    }
}
