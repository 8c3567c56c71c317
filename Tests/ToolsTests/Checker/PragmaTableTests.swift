import Testing

@testable import HLSChecker

/// Every line of the table of pragmas, with both targets.
@Suite struct PragmaTableTests {
    /// A pragma, and which targets take it as it stands.
    struct Example: Sendable, CustomTestStringConvertible {
        var pragma: String
        var targets: [PragmaTable.Target]

        var testDescription: String { pragma }
    }

    private static func examples(_ targets: [PragmaTable.Target], _ text: String) -> [Example] {
        text.split(separator: "\n").map { Example(pragma: String($0), targets: targets) }
    }

    static let examples: [Example] =
        examples(
            [.vivado, .vitis],
            """
            PIPELINE II=1
            pipeline ii=2 rewind
            UNROLL
            UNROLL factor=4 skip_exit_check
            ARRAY_PARTITION variable=x complete
            ARRAY_PARTITION variable=x complete dim=0
            ARRAY_PARTITION variable=x cyclic factor=4 dim=1
            ARRAY_PARTITION variable=s.data block factor=lanes
            ARRAY_RESHAPE variable=x block factor=2 object
            ARRAY_RESHAPE variable=x cyclic factor=2 dim=1
            ARRAY_RESHAPE variable=x complete
            DATAFLOW
            DATAFLOW disable_start_propagation
            INLINE
            INLINE off
            INLINE recursive
            FUNCTION_INSTANTIATE variable=n
            STREAM variable=s depth=16
            STREAM variable=s[3] depth=16
            INTERFACE axis port=x register register_mode=both
            INTERFACE ap_vld port=x
            INTERFACE ap_ctrl_none port=return
            INTERFACE s_axilite port=return bundle=control
            INTERFACE m_axi port=x offset=slave depth=64 max_read_burst_length=256 num_read_outstanding=16 latency=64
            INTERFACE m_axi port=x max_write_burst_length=1 num_write_outstanding=4
            INTERFACE ap_fifo port=x name=features
            ALLOCATION operation instances=mul limit=4
            ALLOCATION function instances=relu limit=1
            DEPENDENCE variable=lb inter false
            DEPENDENCE class=array intra true direction=raw
            DEPENDENCE variable=lb inter true distance=4 direction=WAR
            LOOP_TRIPCOUNT min=1 max=8 avg=4
            LOOP_FLATTEN
            LOOP_FLATTEN off
            LATENCY min=1 max=65535
            EXPRESSION_BALANCE off
            LOOP_MERGE force
            RESET variable=s
            RESET variable=s off
            TOP name=net
            OCCURRENCE cycle=2
            PROTOCOL fixed
            PROTOCOL floating
            """)
        + examples(
            [.vivado],
            """
            PIPELINE II=1 enable_flush
            UNROLL region
            UNROLL complete
            UNROLL factor=2 partial
            INLINE region
            INLINE self
            INLINE all
            STREAM variable=s off
            STREAM variable=s depth=2 dim=1
            INTERFACE ap_bus port=x
            ALLOCATION core instances=DSP48 limit=4
            RESOURCE variable=w core=ROM_nP_BRAM
            RESOURCE variable=w core=RAM_T2P_BRAM
            DATA_PACK variable=s struct_level
            DATA_PACK variable=s field_level
            ARRAY_MAP variable=s instance=all horizontal
            ARRAY_MAP variable=s instance=all vertical
            REGION name=r
            CLOCK domain=fast
            """)
        + examples(
            [.vitis],
            """
            PIPELINE off
            PIPELINE II=1 style=frp
            UNROLL off
            ARRAY_PARTITION variable=x type=cyclic factor=2
            ARRAY_PARTITION variable=x off
            ARRAY_RESHAPE variable=x type=complete
            STREAM variable=s type=fifo depth=2
            STREAM variable=s type=unsync
            INTERFACE m_axi port=x max_widen_bitwidth=512 channel=0
            INTERFACE bram port=w storage_type=rom_1p
            INTERFACE s_axilite port=a storage_impl=uram
            INTERFACE ap_memory port=w address_mode=byte
            INTERFACE ap_vld port=x interrupt=31
            BIND_OP variable=p op=mul impl=dsp latency=-1
            BIND_OP variable=p op=add impl=fabric
            BIND_STORAGE variable=w type=ROM_NP impl=BRAM
            BIND_STORAGE variable=w type=ram_t2p impl=uram latency=3
            BIND_STORAGE variable=w type=rom_2p
            DEPENDENCE variable=lb type=inter dependent=false
            AGGREGATE variable=s compact=bit
            DISAGGREGATE variable=s
            PERFORMANCE target_ti=100 target_tl=200
            """)
        + examples(
            [],
            """
            PIPLINE II=1
            PIPELINE
            PIPELINE II
            PIPELINE II=0
            PIPELINE II=1 II=2
            PIPELINE II=one!
            PIPELINE II=1 rewind=true
            PIPELINE II=1 rewind style=flp
            UNROLL factor=0
            UNROLL skip_exit_check
            UNROLL factor
            ARRAY_PARTITION complete
            ARRAY_PARTITION variable=x block
            ARRAY_PARTITION variable=x block cyclic factor=2
            ARRAY_PARTITION variable=x block type=cyclic factor=2
            ARRAY_PARTITION variable=x complete factor=2
            ARRAY_PARTITION variable=x factor=2
            ARRAY_PARTITION variable=x block factor=1
            ARRAY_PARTITION variable=x complete dim=-1
            ARRAY_RESHAPE variable=3x complete
            DATAFLOW interval=2
            INLINE of
            INLINE off recursive
            STREAM depth=2
            STREAM variable=s depth=0
            STREAM variable=s[i] depth=2
            STREAM variable=s type=lifo
            INTERFACE port=x axis
            INTERFACE axis
            INTERFACE axi port=x
            INTERFACE m_axi port=x max_read_burst_length=48
            INTERFACE m_axi port=x max_read_burst_length=512
            INTERFACE m_axi port=x max_widen_bitwidth=2048
            INTERFACE s_axilite port=x interrupt=32
            INTERFACE axis port=x register_mode=sideways
            ALLOCATION instances=mul limit=4 operation
            ALLOCATION operation instances=mul
            ALLOCATION operation limit=4
            ALLOCATION operation instances=mul limit=0
            RESOURCE variable=w core=ROM_XP_BRAM
            RESOURCE variable=w
            BIND_OP variable=p op=mul impl=lut
            BIND_OP op=mul
            BIND_STORAGE variable=w type=rom_np impl=uram
            BIND_STORAGE variable=w type=ram_t2p impl=lutram
            BIND_STORAGE variable=w impl=bram
            BIND_STORAGE variable=w type=rom_1p latency=4
            DEPENDENCE inter false
            DEPENDENCE variable=a class=array inter false
            DEPENDENCE variable=a inter
            DEPENDENCE variable=a intra true distance=2
            DEPENDENCE variable=a inter true distance=0
            LOOP_TRIPCOUNT min=1
            LATENCY max=65536
            STABLE variable=x
            SHARED variable=x
            CACHE port=x
            OCCURRENCE
            """)

    @Test(arguments: examples) func exampleIsTakenWhereItIsKnown(_ example: Example) {
        for target in PragmaTable.Target.allCases {
            let faults = PragmaRules(target: target).faults(example.pragma.split(separator: " ").map(String.init))
            #expect(faults.isEmpty == example.targets.contains(target), "\(target): \(faults)")
        }
    }

    /// Each pragma of the table has an example that is taken, and each option and word of it.
    @Test func everyWordHasAnExample() {
        let words = Set(
            Self.examples.filter { !$0.targets.isEmpty }.flatMap { example in
                let parts = example.pragma.lowercased().split(separator: " ").map { $0.prefix { $0 != "=" } }
                return parts.dropFirst().map { "\(parts[0]) \($0)" } + [String(parts[0])]
            })
        let known = PragmaTable.pragmas.flatMap { name, pragma in
            let kinds = pragma.groups.flatMap(\.keys) + pragma.options.map(\.name)
            return [name] + kinds.map { "\(name) \($0)" }
        }
        #expect(Set(known).subtracting(words).sorted() == [])
    }
}
