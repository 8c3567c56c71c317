/// The pragmas that the vendor's front ends know, option by option: what is not here they drop with a mere warning.
enum PragmaTable {
    enum Target: String, Sendable, CaseIterable {
        case vivado, vitis
    }

    /// A value that an option takes.
    enum Value: Sendable {
        /// A word without a value.
        case flag
        /// A whole number or a constant expression, of at least so much.
        case number(Int)
        case name
        case word([String])
    }

    struct Option: Sendable {
        var name: String
        var value: Value
        var targets: [Target]
        var isRequired = false
    }

    struct Pragma: Sendable {
        /// Words of which exactly one stands first after the pragma's name; empty: there is none.
        var first: [String] = []
        /// Words of which at most one stands anywhere.
        var words: [String] = []
        var options: [Option] = []
        var targets = Target.allCases
    }

    private static let both = Target.allCases

    private static func option(_ name: String, _ value: Value, _ targets: [Target] = both, required: Bool = false)
        -> Option
    {
        Option(name: name, value: value, targets: targets, isRequired: required)
    }

    private static let partition = Pragma(
        words: ["block", "cyclic", "complete"],
        options: [option("variable", .name, required: true), option("factor", .number(2)), option("dim", .number(0))])

    static let pragmas: [String: Pragma] = [
        "pipeline": Pragma(
            options: [
                option("ii", .number(1)), option("rewind", .flag),
                option("style", .word(["stp", "flp", "frp"]), [.vitis]),
                option("off", .flag, [.vitis]), option("enable_flush", .flag, [.vivado]),
            ]),
        "unroll": Pragma(
            options: [
                option("factor", .number(1)), option("skip_exit_check", .flag), option("off", .flag, [.vitis]),
            ]),
        "array_partition": partition, "array_reshape": partition,
        "dataflow": Pragma(options: [option("disable_start_propagation", .flag)]),
        "inline": Pragma(words: ["off", "recursive"]),
        "stream": Pragma(
            options: [
                option("variable", .name, required: true), option("depth", .number(1)),
                option("type", .word(["fifo", "pipo", "shared", "unsync"]), [.vitis]),
            ]),
        "interface": Pragma(
            first: [
                "ap_none", "ap_stable", "ap_vld", "ap_ack", "ap_hs", "ap_ovld", "ap_fifo", "ap_memory", "bram", "axis",
                "s_axilite", "m_axi", "ap_ctrl_none", "ap_ctrl_hs", "ap_ctrl_chain",
            ],
            options: [
                option("port", .name, required: true), option("register", .flag),
                option("register_mode", .word(["forward", "reverse", "both", "off"])), option("name", .name),
                option("depth", .number(1)), option("bundle", .name),
                option("storage_type", .word(["ram_1p", "ram_2p", "rom_1p", "rom_2p", "rom_np"]), [.vitis]),
            ]),
        "allocation": Pragma(
            first: ["operation", "function"],
            options: [option("instances", .name, required: true), option("limit", .number(1), required: true)]),
        "resource": Pragma(
            options: [
                option("variable", .name, required: true),
                option(
                    "core",
                    .word(["rom_np_bram", "rom_1p_bram", "ram_2p_bram", "ram_t2p_bram", "fifo_srl", "fifo_lutram"]),
                    required: true),
            ], targets: [.vivado]),
        "bind_storage": Pragma(
            options: [
                option("variable", .name, required: true), option("type", .word(Array(storage.keys)), required: true),
                option("impl", .word(["auto", "bram", "lutram", "uram", "srl", "memory"])),
                option("latency", .number(1)),
            ], targets: [.vitis]),
        "bind_op": Pragma(
            options: [
                option("variable", .name, required: true), option("op", .word(["mul", "add", "sub"]), required: true),
                option("impl", .word(["dsp", "fabric", "auto"])), option("latency", .number(-1)),
            ], targets: [.vitis]),
        "dependence": Pragma(
            words: ["inter", "intra"],
            options: [option("variable", .name, required: true), option("false", .flag), option("true", .flag)]),
        "loop_tripcount": Pragma(
            options: [option("min", .number(0)), option("max", .number(0), required: true), option("avg", .number(0))]),
        "loop_flatten": Pragma(words: ["off"]),
        "latency": Pragma(options: [option("min", .number(0)), option("max", .number(0))]),
        "aggregate": Pragma(
            options: [
                option("variable", .name, required: true), option("compact", .word(["bit", "byte", "none", "auto"])),
            ],
            targets: [.vitis]),
        "data_pack": Pragma(options: [option("variable", .name, required: true)], targets: [.vivado]),
    ]

    /// Which memories a kind of storage may be made of; other pairs are errors.
    static let storage: [String: [String]] = [
        "fifo": ["memory", "bram", "lutram", "srl", "uram"], "ram_1p": ["auto", "bram", "lutram", "uram"],
        "ram_2p": ["auto", "bram", "lutram", "uram"], "ram_s2p": ["bram", "lutram", "uram"],
        "ram_t2p": ["bram", "uram"],
        "ram_1wnr": ["auto", "lutram", "bram", "uram"], "rom_1p": ["auto", "bram", "lutram"],
        "rom_2p": ["auto", "bram", "lutram"], "rom_np": ["bram", "lutram"],
    ]
}
