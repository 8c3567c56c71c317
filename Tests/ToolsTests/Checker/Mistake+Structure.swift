@testable import HLSChecker

extension Mistake {
    /// How loops are steered and what is indexed in them.
    static let loops: [Mistake] = [
        Mistake(.bound, kernel, "t < taps", "t < count"),
        Mistake(.bound, kernel, "t < taps", "t < count(r)"),
        Mistake(.bound, kernel, "for (unsigned t = 0; t < taps; t++) {", "while (acc[j] > 0) {"),
        Mistake(.interval, kernel, "#pragma HLS UNROLL\n        s[i]", "        s[i]"),
        Mistake(
            .rewind, kernel,
            "        for (unsigned r = 0; r < C::reuse_factor; r++) {\n#pragma HLS PIPELINE II=1 rewind",
            """
                    for (unsigned q = 0; q < 4; q++) {
                        acc[0] = 0;
                    }
                    for (unsigned r = 0; r < C::reuse_factor; r++) {
            #pragma HLS PIPELINE II=1 rewind
            """),
        Mistake(.rewind, kernel, "#pragma HLS UNROLL\n        s[i]", "        s[i]"),
        Mistake(.rewind, config, "rewind = false", "rewind = true"),
        Mistake(.rewind, config, "rewind = false", "rewind = true", in: .positions),
        Mistake(.rewind, config, "rewind = true", "rewind = false", in: .loops),
        Mistake(
            .nesting, kernel, "            Fold::step(x, acc, w, at);",
            "            for (unsigned q = 0; q < 4; q++) {\n#pragma HLS PIPELINE II=1\n            }"),
        Mistake(.nesting, kernel, "r < C::reuse_factor", "r < 1"),
        Mistake(.nesting, kernel, "static_assert(C::reuse_factor > 1,", "static_assert(C::reuse_factor > 0,"),
        Mistake(
            .nesting, layer, "    nnet::",
            "    for (unsigned p = 0; p < 2; p++) {\n#pragma HLS PIPELINE II=1\n    }\n    nnet::", in: .arrays),
        Mistake(.division, kernel, "acc[j] = b[j];", "acc[j] = b[j % index];"),
        Mistake(.division, kernel, "acc[j] = b[j];", "acc[j] = b[j] / index;"),
        Mistake(.division, kernel, "acc[j] = b[j];", "acc[j] = s.range(index, 0);"),
        Mistake(.division, kernel, "acc[j] = b[j];", "acc[j] = s(index + 7, index);"),
        Mistake(.multiplexer, kernel, "t * C::reuse_factor, at.step)", "t * C::reuse_factor + at.step, at.step)"),
        Mistake(.multiplexer, kernel, "feed<data_T, C::n_in>::advance(x);", "x[at.step] = x[0];"),
        Mistake(
            .multiplexer, kernel, "feed<data_T, C::n_in>::advance(x);", "feed<data_T, C::n_in>::advance(x + at.step);"),
        Mistake(.turns, layer, "PIPELINE II=4", "PIPELINE off", in: .turns),
        Mistake(.turns, layer, "PIPELINE II=4", "PIPELINE II=1", in: .turns),
        Mistake(.turns, layer, "PIPELINE II=4\n", "", in: .turns),
        Mistake(.multiplexer, layer, "(x_turn + q * 16,", "(x_turn + p * 32 + q * 16,", in: .turns),
        Mistake(.multiplexer, layer, "(x_turn, y_turn + 40,", "(x_turn + p * 16, y_turn + 40,", in: .positions),
        Mistake(.multiplexer, layer, "y[i] = y_turn[i]", "y[i] = y_turn[y[i]]", in: .positions),
        Mistake(.multiplexer, "firmware/nnet_utils/nnet_stream.h", "out[c] = values[c];", "out[c] = values[out[c]];"),
    ]

    /// What a function and the kernels that are inlined into it are together.
    static let schedules: [Mistake] = [
        Mistake(.throughput, layer, "#pragma HLS INLINE off\n", "#pragma HLS INLINE off\n#pragma HLS PIPELINE II=1\n"),
        Mistake(.throughput, top, "#pragma HLS PIPELINE II=1 style=flp\n", ""),
        Mistake(.throughput, top, "PIPELINE II=1 style=flp", "PIPELINE II=1"),
        Mistake(.throughput, top, "PIPELINE II=1 enable_flush", "PIPELINE II=1", for: .vivado),
        Mistake(.throughput, layer, "#pragma HLS PIPELINE II=1\n", "", in: .streamPositions),
        Mistake(.throughput, layer, "PIPELINE II=1", "PIPELINE off", in: .streamPositions),
        Mistake(.throughput, top, "#pragma HLS PIPELINE II=1 style=flp\n    const", "    const", in: .streamFork),
        Mistake(.element, streams, "#pragma HLS ARRAY_PARTITION variable=out.data complete\n", ""),
        Mistake(.element, streams, "variable=in.data complete", "variable=in.data block factor=2"),
        Mistake(.element, streams, "#pragma HLS DATA_PACK variable=in\n", "", for: .vivado),
        Mistake(
            .element, top, "#pragma HLS ARRAY_PARTITION variable=group.data complete\n", "", in: .streamFork),
        Mistake(.element, top, "#pragma HLS DATA_PACK variable=group\n", "", in: .streamFork, for: .vivado),
        Mistake(.recurrence, config, "nnet::at_once", "nnet::in_order"),
        Mistake(.recurrence, config, "ap_fixed<24,12> accum_t", "ap_fixed<24,12,AP_TRN,AP_SAT> accum_t"),
        Mistake(.recurrence, config, "ap_fixed<24,12> accum_t", "ap_fixed<24,12,AP_TRN,AP_WRAP,2> accum_t"),
        Mistake(.memory, kernel, "complete dim=1", "block factor=lanes"),
        Mistake(.memory, kernel, "type=rom_np impl=lutram", "type=rom_np impl=bram"),
        Mistake(.memory, kernel, "core=ROM_1P_LUTRAM", "core=ROM_1P_BRAM", for: .vivado),
        Mistake(
            .pace, top, "INLINE off\n#pragma HLS PIPELINE II=4", "INLINE off\n#pragma HLS PIPELINE II=1", in: .arrays),
        Mistake(.plain, "firmware/weights/fc1_bias.h", "ap_fixed<8,2>", "ap_fixed<8,2,AP_RND,AP_SAT>"),
    ]

    /// Processes, and how tensors pass between them.
    static let dataflow: [Mistake] = [
        Mistake(
            .dataflow, top, "    net_fc1(features, fc1_out);",
            "    net_fc1(features, fc1_out);\n    net_relu1(fc1_out, fc1_out);"),
        Mistake(.dataflow, top, "    net_fc1(features, fc1_out);", "    if (1) { net_fc1(features, fc1_out); }"),
        Mistake(.dataflow, top, "    net_fc1(features, fc1_out);", "    int x = 3;\n    net_fc1(features, fc1_out);"),
        Mistake(.dataflow, top, "    net_fc1(features, fc1_out);", "    net_fc1(features, elsewhere);"),
        Mistake(.dataflow, top, "    net_fc1(features, fc1_out);", "    nnet::net_fc1(features, fc1_out);"),
        // Read before it is written.
        Mistake(
            .dataflow, top, "    net_fc1(features, fc1_out);\n",
            """
                hls::stream<net_relu1_t> early("early");
            #pragma HLS STREAM variable=early depth=1
                net_relu1(fc1_out, early);
                net_fc1(features, fc1_out);
                net_fc2(early, fc1_out);

            """),
        // The side tensor is led past fc2.
        Mistake(
            .dataflow, top, "    net_side(relu1_to_side, side_out);", "    net_join(relu1_to_side, fc2_out, side_out);",
            in: .fork
        ),
        Mistake(.dataflow, top, "void net_side(const", "int net_side(const", in: .fork),
        Mistake(
            .depth, top, "    net_fc2(relu1_to_fc2, fc2_out);",
            """
                hls::stream<net_fc2_t> between("between");
            #pragma HLS STREAM variable=between depth=1
                net_fc2(relu1_to_fc2, between);
                net_join(between, relu1_to_side, fc2_out);
            }
            void net_join(hls::stream<net_fc2_t> &x1, hls::stream<net_relu1_t> &x2, hls::stream<net_fc2_t> &y) {
            #pragma HLS INLINE off
            """, in: .streamFork),
        Mistake(
            .regroup, top, "    net_fc1(features, fc1_out);",
            """
                hls::stream<net_flat_t> flat("flat");
            #pragma HLS STREAM variable=flat depth=1
                net_flat(features, flat);
                net_fc1(flat, fc1_out);
            }
            typedef nnet::array<ap_fixed<16,6>, 96> net_flat_t;
            void net_flat(hls::stream<net_input_t> &x, hls::stream<net_flat_t> &y) {
            #pragma HLS INLINE off
            """, in: .flattened),
        Mistake(.depth, top, "STREAM variable=fc1_out depth=1", "STREAM variable=fc1_out"),
        Mistake(.depth, top, "STREAM variable=fc1_out depth=1", "STREAM variable=fc1_out[i] depth=1"),
        Mistake(
            .depth, kernel, "    data_T s[C::n_in];",
            "    hls::stream<data_T> inner(\"inner\");\n    data_T s[C::n_in];"),
        Mistake(.inlining, top, "DATAFLOW", "DATAFLOW\n#pragma HLS INLINE"),
        Mistake(.inlining, top, "INLINE off", "INLINE"),
        Mistake(.inlining, layer, "#pragma HLS INLINE off\n", ""),
        Mistake(.reference, top, "hls::stream<net_input_t> &features", "hls::stream<net_input_t> features"),
        Mistake(
            .reference, top, "    net_fc1(features", "    array<hls::stream<net_fc1_t>, 3> all;\n    net_fc1(features"),
        Mistake(.state, kernel, "    data_T s[", "    static int calls = 0;\n    data_T s["),
        Mistake(.state, kernel, "namespace nnet {", "int calls;\nnamespace nnet {"),
        Mistake(.state, kernel, "namespace nnet {", "namespace nnet {\nint calls = 0;"),
        Mistake(
            .state, kernel, "    data_T s[",
            "    static int calls = 0, more = 0;\n#pragma HLS RESET variable=other\n    data_T s["),
    ]

    /// What hardware has no words for.
    static let language: [Mistake] =
        [
            "int *p = new int[3];", "std::vector<int> v;", "throw 3;", "try { } catch (int) { }", "goto end;",
            "long double d = 0;", "int (*f)(int) = 0;", "int *p = (int *)s;", "int *p = reinterpret_cast<int *>(s);",
            "int last[count];", "auto f = [&](int v) { return v; };", "void *p = malloc(3);", "printf(\"%d\", 3);",
        ].map { Mistake(.language, kernel, "    data_T s[", "    \($0)\n    data_T s[") } + [
            Mistake(.language, kernel, "namespace nnet {", "#include <vector>\nnamespace nnet {"),
            Mistake(
                .language, kernel, "namespace nnet {",
                "struct shape { virtual int area() { return 0; } };\nnamespace nnet {"),
            Mistake(.language, layer, "    nnet::", "    net_fc1(x, y);\n    nnet::"),
            Mistake(
                .language, kernel, "} // namespace nnet",
                "template <int n> int down(int k) {\n    return k ? down(k - 1) : 0;\n}\n} // namespace nnet"),
            Mistake(.returns, "firmware/nnet_utils/nnet_common.h", "        return a + b;", "        a + b;"),
            Mistake(.returns, "firmware/nnet_utils/nnet_product.h", "        return x;\n", ""),
            Mistake(
                .returns, kernel, "} // namespace nnet",
                "template <class T> T sign(T x) {\n    if (x > 0) {\n        return 1;\n    }\n}\n} // namespace nnet"),
            Mistake(
                .returns, kernel, "} // namespace nnet",
                """
                template <class T> T sign(T x) {
                    if (x > 0) {
                        x = 1;
                    } else {
                        return 0;
                    }
                }
                } // namespace nnet
                """),
        ]
}
