/// The pragmas that the vendor's front ends know, option by option: what is not here they drop with a mere warning, or
/// it is better left alone.
enum PragmaTable {
    enum Target: String, Sendable, CaseIterable {
        case vivado, vitis
    }

    /// A line is a pragma's name and what may follow it:
    ///
    ///     <a|b>      one of these words, directly behind the name
    ///     (a|b)      at most one of these words, anywhere
    ///     word       this word
    ///     key=*      a name
    ///     key=2..    a number of at least 2; key=0..9, one up to 9; key=2^8, a power of two up to 256
    ///     key=a|b    one of these words
    ///
    /// with `!` behind what must be there and `@vivado` or `@vitis` behind what only one of the two knows.
    private static let text = """
        pipeline ii=1.. rewind style=stp|flp|frp@vitis off@vitis enable_flush@vivado
        unroll factor=1.. skip_exit_check off@vitis (region|complete|partial)@vivado
        array_partition variable=*! (block|cyclic|complete) factor=2.. dim=0.. \
        type=block|cyclic|complete@vitis off@vitis
        array_reshape variable=*! (block|cyclic|complete) factor=2.. dim=0.. object type=block|cyclic|complete@vitis
        dataflow disable_start_propagation
        inline (off|recursive) (region|self|all)@vivado
        function_instantiate variable=*!
        stream variable=*! depth=1.. type=fifo|pipo|shared|unsync@vitis off@vivado dim=1..@vivado
        interface \
        <ap_none|ap_stable|ap_vld|ap_ack|ap_hs|ap_ovld|ap_fifo|ap_memory|bram|axis|s_axilite|m_axi|ap_ctrl_none|\
        ap_ctrl_hs|ap_ctrl_chain|ap_bus@vivado> \
        port=*! register register_mode=forward|reverse|both|off name=* depth=1.. bundle=* offset=off|direct|slave \
        latency=0.. num_read_outstanding=1.. num_write_outstanding=1.. max_read_burst_length=2^8 \
        max_write_burst_length=2^8 max_widen_bitwidth=2^10@vitis channel=0..@vitis \
        storage_type=ram_1p|ram_2p|ram_s2p|ram_t2p|rom_1p|rom_2p|rom_np@vitis storage_impl=*@vitis \
        address_mode=byte|word@vitis interrupt=16..31@vitis
        allocation <operation|function|core@vivado> instances=*! limit=1..!
        resource@vivado variable=*! \
        core=rom_np_bram|rom_np_lutram|rom_1p_bram|rom_1p_lutram|ram_2p_bram|ram_t2p_bram|fifo_srl|fifo_lutram|\
        xpm_memory!
        bind_op@vitis variable=*! op=mul|add|sub|fmul|fadd|fsub! \
        impl=dsp|fabric|auto|fulldsp|meddsp|maxdsp|nodsp|primitivedsp latency=-1..
        bind_storage@vitis variable=*! \
        type=fifo|ram_1p|ram_1wnr|ram_2p|ram_s2p|ram_t2p|rom_1p|rom_2p|rom_np! \
        impl=auto|bram|bram_ecc|lutram|uram|uram_ecc|srl|memory latency=-1..3
        dependence variable=* class=array|pointer (inter|intra) (false|true) direction=raw|war|waw distance=1.. \
        type=inter|intra@vitis dependent=true|false@vitis
        loop_tripcount min=0.. max=0..! avg=0..
        loop_flatten off
        latency min=0..65535 max=0..65535
        aggregate@vitis variable=*! compact=bit|byte|none|auto
        disaggregate@vitis variable=*!
        data_pack@vivado variable=*! (struct_level|field_level)
        array_map@vivado variable=*! instance=*! (horizontal|vertical)
        region@vivado name=*
        clock@vivado domain=*!
        performance@vitis target_ti=1.. target_tl=1..
        expression_balance off
        loop_merge force
        reset variable=*! off
        top name=*
        occurrence cycle=1..!
        protocol (floating|fixed)
        """

    /// What an option's value may be.
    enum Value: Sendable {
        /// A word without a value.
        case flag
        case number(ClosedRange<Int>)
        case powerOfTwo(Int)
        case name
        case word([String])
    }

    struct Option: Sendable {
        var name: String
        var value: Value
        var targets: [Target]
        var isRequired: Bool
    }

    struct Pragma: Sendable {
        var targets: [Target]
        /// Words of which exactly one stands directly behind the name; empty: there is none.
        var first: [String: [Target]] = [:]
        /// Sets of words of which at most one stands anywhere.
        var groups: [[String: [Target]]] = []
        var options: [Option] = []
    }

    static let pragmas: [String: Pragma] = {
        var pragmas: [String: Pragma] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            let (name, targets) = targeted(words[0])
            var pragma = Pragma(targets: targets)
            for word in words.dropFirst() { add(word, to: &pragma) }
            pragmas[name] = pragma
        }
        return pragmas
    }()

    private static func targeted(_ word: some StringProtocol) -> (String, [Target]) {
        let parts = String(word).split(separator: "@" as Character, maxSplits: 1).map(String.init)
        return (parts[0], parts.count > 1 ? Target(rawValue: parts[1]).map { [$0] } ?? [] : Target.allCases)
    }

    private static func add(_ word: String, to pragma: inout Pragma) {
        if word.hasPrefix("<") {
            pragma.first = alternatives(word.dropFirst().dropLast(), Target.allCases)
        } else if word.hasPrefix("("), let close = word.firstIndex(of: ")") {
            let (_, targets) = targeted("x" + word[word.index(after: close)...])
            pragma.groups.append(alternatives(word[..<close].dropFirst(), targets))
        } else {
            let (text, targets) = targeted(word)
            let isRequired = text.hasSuffix("!")
            let plain: String = isRequired ? String(text.dropLast()) : text
            let parts = plain.split(separator: "=", maxSplits: 1)
            pragma.options.append(
                Option(
                    name: String(parts[0]), value: parts.count > 1 ? value(String(parts[1])) : .flag, targets: targets,
                    isRequired: isRequired))
        }
    }

    private static func alternatives(_ text: Substring, _ targets: [Target]) -> [String: [Target]] {
        var words: [String: [Target]] = [:]
        for part in text.split(separator: "|") {
            let (word, own) = targeted(part)
            words[word] = own.filter(targets.contains)
        }
        return words
    }

    private static func value(_ text: String) -> Value {
        if text == "*" { return .name }
        if text.hasPrefix("2^"), let exponent = Int(text.dropFirst(2)) { return .powerOfTwo(1 << exponent) }
        if let dots = text.firstRange(of: ".."), let least = Int(text[..<dots.lowerBound]) {
            return .number(least...(Int(text[dots.upperBound...]) ?? Int(UInt32.max)))
        }
        return .word(text.split(separator: "|").map(String.init))
    }

    /// Which memories a kind of storage may be made of; other pairs are errors.
    static let storage: [String: [String]] = [
        "fifo": ["memory", "bram", "lutram", "srl", "uram"], "ram_1p": ["auto", "bram", "lutram", "uram"],
        "ram_2p": ["auto", "bram", "lutram", "uram"], "ram_s2p": ["bram", "bram_ecc", "lutram", "uram", "uram_ecc"],
        "ram_t2p": ["bram", "uram"], "ram_1wnr": ["auto", "lutram", "bram", "uram"],
        "rom_1p": ["auto", "bram", "lutram"], "rom_2p": ["auto", "bram", "lutram"], "rom_np": ["bram", "lutram"],
    ]
}
