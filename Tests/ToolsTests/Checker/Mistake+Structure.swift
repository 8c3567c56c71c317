extension Mistake {
    /// How loops are steered and what is indexed in them.
    static let loops: [Mistake] = [
        Mistake(.bound, kernel, "t < taps", "t < count"),
        Mistake(.bound, kernel, "t < taps", "t < count(r)"),
        Mistake(.bound, kernel, "for (unsigned t = 0; t < taps; t++) {", "while (acc[j] > 0) {"),
        Mistake(.interval, kernel, "#pragma HLS UNROLL\n        s[i]", "        s[i]"),
        Mistake(
            .rewind, kernel, "    for (unsigned r = 0; r < C::reuse_factor; r++) {\n#pragma HLS PIPELINE II=1",
            """
                for (unsigned q = 0; q < 4; q++) {
                    acc[0] = 0;
                }
                for (unsigned r = 0; r < C::reuse_factor; r++) {
            #pragma HLS PIPELINE II=1 rewind
            """),
        Mistake(.nesting, kernel, "#pragma HLS UNROLL\n        Taps:", "#pragma HLS PIPELINE II=1\n        Taps:"),
        Mistake(.nesting, kernel, "r < C::reuse_factor", "r < 1"),
        Mistake(.nesting, kernel, "static_assert(C::reuse_factor > 1,", "static_assert(C::reuse_factor > 0,"),
        Mistake(
            .nesting, layer, "    nnet::",
            "    for (unsigned p = 0; p < 2; p++) {\n#pragma HLS PIPELINE II=1\n    }\n    nnet::", in: .arrays),
        Mistake(.division, kernel, "acc[j] = b[j];", "acc[j] = b[j % index];"),
        Mistake(.division, kernel, "acc[j] = b[j];", "acc[j] = b[j] / index;"),
        Mistake(.division, kernel, "acc[j] = b[j];", "acc[j] = s.range(index, 0);"),
        Mistake(.division, kernel, "acc[j] = b[j];", "acc[j] = s(index + 7, index);"),
        Mistake(.multiplexer, kernel, "t * C::reuse_factor, r)", "t * C::reuse_factor + r, r)"),
        Mistake(.multiplexer, kernel, "feed<data_T, C::n_in>::advance(s);", "s[r] = s[0];"),
        Mistake(.multiplexer, kernel, "feed<data_T, C::n_in>::advance(s);", "feed<data_T, C::n_in>::advance(s + r);"),
        Mistake(.multiplexer, layer, "(x_turn, y_turn + 40,", "(x_turn + p * 16, y_turn + 40,", in: .positions),
        Mistake(.multiplexer, layer, "y[i] = y_turn[i]", "y[i] = y_turn[y[i]]", in: .positions),
        Mistake(.multiplexer, "firmware/nnet_utils/nnet_stream.h", "out[c] = values[c];", "out[c] = values[out[c]];"),
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
