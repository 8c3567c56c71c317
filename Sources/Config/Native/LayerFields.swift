internal import Basics
internal import Options

/// What may be stated for a layer, a layer type or the project: the keys that all three share.
enum LayerFields {
    static let layer: [Field<LayerOptions>] = [
        Field(
            "precision", .precisions(maximum: false),
            "Types of the layer's values: one type, 'auto', or a mapping."
        ) { value, _, _, options in options.state(value) },
        Field(
            "reuse", .whole(1), into: \.reuse, default: "1",
            "How often one multiplier is used for one input; 1 is fully parallel."),
        Field(
            "strategy", .choice("a strategy"), into: \.strategy, default: "latency",
            "How multiplications are laid out in hardware."),
        Field(
            "adder_slack", .whole(0, max: 48), into: \.adderSlack, default: "0",
            "Levels of adders that 'distributed_arithmetic' may have, one after the other, beyond the fewest: sums that may "
                + "be deeper share more."),
        Field(
            "implementation", .choice("a softmax implementation"), into: \.implementation, default: "stable",
            "How softmax is computed."),
        Field(
            "table_size", .tableSize, into: \.tableSize, default: "1024",
            "Entries of an activation table; natively up to 4096 where the result shows more, and no more than there are "
                + "values to tell apart."),
        Field("exp_table_size", .tableSize, into: \.expTableSize, "Entries of softmax's exponential table."),
        Field("inv_table_size", .tableSize, into: \.invTableSize, "Entries of softmax's reciprocal table."),
        Field("skip", .truth, into: \.skip, default: "false", "Leave a final softmax out of the firmware."),
        Field("recurrent_reuse", .whole(1), into: \.recurrentReuse, "'reuse' of the multiplications with the state."),
        Field("depthwise_reuse", .whole(1), into: \.depthwiseReuse, "'reuse' of a depthwise half."),
        Field("pointwise_reuse", .whole(1), into: \.pointwiseReuse, "'reuse' of a pointwise half."),
        Field(
            "parallelization", .whole(1), into: \.parallelization, default: "1",
            "How many positions are computed at once (io: parallel): pixels of a convolution, rows for dense and softmax."
        ),
        Field(
            "fifo_depth", .fifoDepth, into: \.fifoDepth,
            "Stream elements that each FIFO of the layer's result holds (io: stream); found from the schedule where "
                + "it is not stated."),
    ]

    static let layerKind = Kind<LayerOptions>.mapping("a layer", layer) { LayerOptions() }
    static let typeKind = Kind<LayerOptions>.mapping("a layer type", layer) { LayerOptions() }
}

extension Kind where Value == Int {
    /// Tables are indexed by bits: any size is possible, but none beyond what a device can hold.
    static var tableSize: Kind<Int> { .whole(2, max: 1 << 20) }

    /// More than a device's memory holds of single bits is a slip of the pen.
    static var fifoDepth: Kind<Int> { .whole(1, max: 1 << 24) }
}

extension LayerOptions {
    mutating func state(_ precision: PrecisionDraft) {
        defaultPrecision = precision.standard ?? defaultPrecision
        self.precision.merge(precision.roles) { _, new in new }
    }
}
