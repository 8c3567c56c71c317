@testable import HLSChecker

extension Mistake {
    /// Words, options, values and places of pragmas.
    static let pragmas: [Mistake] = [
        Mistake(.knownWord, top, "DATAFLOW", "DATAFLO"),
        Mistake(.knownWord, top, "depth=", "deph="),
        Mistake(.knownWord, top, "variable=relu1_out depth=1", "variable=relu1_out depth=0"),
        Mistake(.knownWord, top, "variable=fc1_out", "variable=fc1_outt"),
        Mistake(.knownWord, layer, "INLINE off", "INLINE of"),
        Mistake(.knownWord, kernel, "PIPELINE II=1", "PIPELINE II=1 II=1"),
        Mistake(.knownWord, kernel, "PIPELINE II=1", "PIPELINE II=0"),
        Mistake(.knownWord, kernel, "PIPELINE II=1", "PIPELINE II=1 rewind style=flp"),
        Mistake(.knownWord, kernel, "#pragma HLS UNROLL", "#pragma HLS UNROLL skip_exit_check"),
        Mistake(.knownWord, kernel, "complete dim=1", "block cyclic dim=1 factor=4"),
        Mistake(.knownWord, kernel, "core=ROM_nP_BRAM", "core=ROM_nP_BRAMS", for: .vivado),
        Mistake(.knownWord, kernel, "variable=w type=rom_np", "variable=w type=rom_2np"),
        Mistake(.knownWord, kernel, "namespace nnet {", "namespace nnet {\n#pragma HLS INLINE"),
        Mistake(.knownWord, kernel, "    data_T s[", "#pragma HLS UNROLL\n    data_T s["),
        Mistake(
            .knownWord, kernel, "ARRAY_PARTITION variable=s complete",
            "DEPENDENCE variable=s inter distance=2\n#pragma HLS ARRAY_PARTITION variable=s complete"),
        Mistake(.knownWord, layer, "instances=mul limit=", "instances=mul many=", in: .arrays),
        Mistake(.knownWord, top, "features complete dim=0", "features compleat dim=0", in: .arrays),
        Mistake(
            .allocationKind, layer, "operation instances=mul", "instances=mul operation",
            in: .arrays),
        Mistake(.sharing, layer, "instances=mul limit=", "instances=mul limit=1", in: .arrays),
        Mistake(.sharing, layer, "#pragma HLS ALLOCATION", "// HLS ALLOCATION", in: .arrays),
        Mistake(.sharing, layer, "instances=mul limit=", "instances=mul limit=1", in: .unrolledPositions),
        Mistake(.sharing, config, "reuse_factor = 4", "reuse_factor = 2", in: .arrays),
        Mistake(.interface, top, "INTERFACE axis port=features", "INTERFACE port=features axis"),
        Mistake(.interface, top, "axis port=features", "axis port=feature"),
        Mistake(.interface, top, "axis port", "axi port"),
        Mistake(.interface, top, "axis port=features", "ap_ctrl_none port=features"),
        Mistake(.interface, top, "axis port=features", "axis port=return"),
        Mistake(
            .interface, top, "PIPELINE II=4", "INTERFACE ap_ctrl_none port=return\n#pragma HLS PIPELINE II=4",
            in: .arrays),
        Mistake(
            .interface, top, "    net_fc1(features, fc1_out);", "    {\n#pragma HLS INTERFACE axis port=features\n    }"
        ),
        Mistake(.partition, kernel, "complete dim=1", "complete dim=1 factor=4"),
        Mistake(.partition, kernel, "complete dim=1", "dim=1 factor=4"),
        Mistake(.partition, kernel, "complete dim=1", "block dim=1"),
        Mistake(.knownWord, kernel, "complete dim=1", "block factor=1"),
        Mistake(
            .partition, top, "variable=relu1_out complete dim=0", "variable=relu1_out cyclic factor=5", in: .arrays),
        Mistake(.partition, top, "variable=relu1_out complete dim=0", "variable=relu1_out complete dim=2", in: .arrays),
        Mistake(.interval, kernel, "PIPELINE II=1", "PIPELINE"),
        Mistake(.target, kernel, "PIPELINE II=1", "PIPELINE II=1 enable_flush"),
        Mistake(.target, kernel, "PIPELINE II=1", "PIPELINE II=1 style=stp", for: .vivado),
        Mistake(.target, kernel, "#ifdef __VITIS_HLS__", "#ifndef __VITIS_HLS__"),
        Mistake(.target, kernel, "#ifdef __VITIS_HLS__", "#ifndef __VITIS_HLS__", for: .vivado),
        Mistake(.target, top, "STREAM variable=fc1_out", "STREAM dim=1 variable=fc1_out"),
        Mistake(.target, top, "STREAM variable=fc1_out", "STREAM type=fifo variable=fc1_out", for: .vivado),
        Mistake(.target, kernel, "#pragma HLS UNROLL", "#pragma HLS UNROLL region"),
        Mistake(.storage, kernel, "type=rom_np impl=bram", "type=rom_np impl=uram"),
        Mistake(
            .storage, top, "PIPELINE II=4",
            "BIND_STORAGE variable=features type=ram_1p impl=bram\n#pragma HLS PIPELINE II=4", in: .arrays),
        Mistake(
            .dependence, kernel, "#pragma HLS ARRAY_PARTITION variable=s complete",
            "#pragma HLS ARRAY_PARTITION variable=s complete\n#pragma HLS DEPENDENCE variable=s inter false"),
        Mistake(
            .dependence, kernel, "#pragma HLS ARRAY_PARTITION variable=s complete",
            "#pragma HLS ARRAY_PARTITION variable=s complete\n// disjoint: \n#pragma HLS DEPENDENCE variable=s inter false"
        ),
        Mistake(.burst, top, "axis port=features", "m_axi port=features max_read_burst_length=48"),
        Mistake(.burst, top, "axis port=features", "m_axi port=features max_write_burst_length=512"),
    ]

    /// Changes that break no rule.
    static let allowed: [Mistake] = [
        Mistake(
            .dependence, kernel, "#pragma HLS ARRAY_PARTITION variable=s complete",
            """
            #pragma HLS ARRAY_PARTITION variable=s complete
            // disjoint: each step writes what no other reads
            #pragma HLS DEPENDENCE variable=s inter false
            """),
        Mistake(.burst, top, "axis port=softmax_out", "m_axi port=softmax_out max_write_burst_length=64"),
        Mistake(
            .partition, top, "variable=relu1_out complete dim=0", "variable=relu1_out cyclic factor=4", in: .arrays),
        Mistake(
            .state, kernel, "    data_T s[C::n_in];",
            "    static int calls = 0;\n#pragma HLS RESET variable=calls\n    data_T s[C::n_in];"),
        Mistake(
            .returns, kernel, "} // namespace nnet",
            """
            template <class T> T sign(T x) {
                if (x > 0) {
                    return 1;
                } else if (x < 0) {
                    return -1;
                } else {
                    return 0;
                }
            }
            } // namespace nnet
            """),
        Mistake(
            .division, kernel, "typename C::accum_t acc[C::n_out];",
            "typename C::accum_t acc[C::n_out];\n    unsigned a = C::n_in % 3, b = a / 4;"),
    ]
}
