@testable import HLSChecker

extension Mistake {
    /// Sizes and widths.
    static let sizes: [Mistake] = [
        Mistake(.widestWord, config, "n_out = 64", "n_out = 131072"),
        Mistake(.widestWord, top, "net_input_t features[16]", "net_input_t features[16384]", in: .arrays),
        Mistake(.widestWord, "firmware/types/input.h", "ap_fixed<16,6>, 16>", "ap_fixed<16,6>, 257>"),
        Mistake(.elements, config, "n_out = 64", "n_out = 5000", for: .vivado),
        Mistake(.elements, top, "net_fc1_t fc1_out[64]", "net_fc1_t fc1_out[5000]", in: .arrays, for: .vivado),
        Mistake(.elements, top, "net_fc1_t fc1_out[64]", "net_fc1_t fc1_out[64][65]", in: .arrays, for: .vivado),
        Mistake(.elements, script, "_option 4096", "_option 32", for: .vivado),
        Mistake(.products, config, "n_out = 64", "n_out = 8192", for: .vivado),
        Mistake(.products, config, "n_out = 64", "n_out = 32768"),
        // In one function six times.
        Mistake(.products, config, "n_out = 8", "n_out = 512", in: .unrolledPositions, for: .vivado),
        Mistake(.width, config, "ap_fixed<24,12> accum_t", "ap_fixed<1200,20> accum_t"),
        // Wide enough by itself, but not to be multiplied or added.
        Mistake(.width, config, "ap_fixed<8,2> weight_t", "ap_fixed<1020,2> weight_t"),
        Mistake(.width, config, "ap_fixed<24,12> accum_t", "ap_fixed<1024,12> accum_t"),
        Mistake(.width, "firmware/layers/softmax_config.h", "typedef ap_ufixed<17,", "typedef ap_ufixed<1015,"),
        Mistake(.width, "firmware/types/relu1.h", "ap_fixed<16,6>", "ap_fixed<1025,6>"),
        Mistake(.definition, config, "n_out = 64", "n_out = 32"),
        Mistake(.definition, "firmware/weights/fc1_bias.h", "fc1_bias[64]", "fc1_bias[65]"),
        Mistake(.definition, layer, "\"../weights/fc1_bias.h\"", "\"../weights/fc1_weight.h\""),
        Mistake(.definition, top, "#include \"defines.h\"", "#include \"defines.h\"\n#include \"weights/fc1_bias.h\""),
        Mistake(.definition, "firmware/weights/fc1_bias.h", "= {", "= {0.5, "),
        Mistake(.definition, "firmware/types/input.h", " net_input_t;", " net_input_t;\ntypedef int net_fc1_t;"),
        Mistake(.definition, "firmware/layers/fc1.h", "NET_LAYER_FC1_H", "NET_LAYER_FC2_H"),
        Mistake(.definition, "firmware/layers/fc1.h", "#ifndef NET_LAYER_FC1_H", ""),
        Mistake(.definition, "firmware/layers/fc1.h", "net_fc1_t> &y);", "net_fc1_t> &z);"),
        Mistake(.definition, "firmware/layers/fc1.h", "&y);", "&y) {\n#pragma HLS INLINE off\n}"),
        Mistake(.definition, layer, "(x, y, net_fc1_weight, net_fc1_bias)", "(x, y, net_fc1_weight)"),
        Mistake(.definition, layer, "nnet::dense_resource", "nnet::dense_resourceful"),
        Mistake(.definition, layer, "void net_fc1(", "void net_fc2("),
        Mistake(
            .definition, kernel, "struct dense_lanes {",
            "struct dense_lanes {};\ntemplate <class C> struct dense_lanes {"),
        Mistake(.definition, top, "net_fc1_t fc1_out[64]", "net_fc1_t fc1_out[60]", in: .arrays),
        Mistake(.dialect, script, "-std=c++14", "-std=c++20"),
        Mistake(.dialect, script, "-std=c++0x", "-std=c++17", for: .vivado),
        Mistake(.dialect, script, "-std=c++14", "-std=c++14 -ffast-math"),
        Mistake(.dialect, script, "-cflags \"-std=c++14\" firmware/layers/fc1", "firmware/layers/fc1"),
        Mistake(.dialect, script, "firmware/layers/fc1.cpp", "firmware/layers/fc2.cpp"),
        Mistake(.dialect, script, "firmware/layers/fc1.cpp", "firmware/layers/fc_1.cpp"),
        Mistake(.dialect, "bench.tcl", "-std=c++14", "-std=c++17"),
        Mistake(.dialect, "synth.cfg", "syn.cflags=-std=c++14", "syn.cflags=-std=c++17"),
        Mistake(.dialect, "cosim.cfg", "tb.cflags=-std=c++14", "tb.cflags="),
    ]

    /// Names that another project could have, and a second type of one tensor.
    static let symbols: [Mistake] = [
        Mistake(.symbol, top, "net_relu1(", "relu1("),
        Mistake(.symbol, "firmware/layers/fc1.h", "void net_fc1(", "void fc1("),
        Mistake(.symbol, config, "struct net_fc1_config", "struct fc1_config"),
        Mistake(.symbol, "firmware/types/fc1.h", " net_fc1_t;", " fc1_t;"),
        Mistake(.symbol, "firmware/types/fc1.h", " net_fc1_t;", " net_fc1_t;\nstatic const int size = 64;"),
        Mistake(.symbol, "firmware/weights/fc1_bias.h", " net_fc1_bias[", " fc1_bias["),
        Mistake(.symbol, "firmware/weights/fc1_bias.h", "#ifndef NET_FC1_BIAS_H", "#ifndef FC1_BIAS_H"),
        Mistake(.symbol, "net_marshal.h", "namespace net_marshal {", "namespace marshal {"),
        Mistake(
            .symbol, "net_marshal.h", "namespace net_marshal {", "static const int count = 3;\nnamespace net_marshal {"),
        Mistake(.symbol, "net_bridge.cpp", "void net_float(", "void run_float("),
        Mistake(.symbol, "net_test.cpp", "int main(", "int run("),
        Mistake(.symbol, "firmware/types/fc1.h", " net_fc1_t;", " net_fc1_t;\ntypedef net_fc1_t net_other_t;"),
        Mistake(.symbol, top, "hls::stream<net_fc1_t> fc1_out", "hls::stream<net_relu1_t> fc1_out"),
        Mistake(.symbol, top, "net_fc1_t fc1_out[64]", "net_relu1_t fc1_out[64]", in: .arrays),
        Mistake(.symbol, layer, "hls::stream<net_input_t> &x", "hls::stream<net_fc3_t> &x"),
    ]

    /// Layers that are divided over several functions.
    static let division: [Mistake] = [
        Mistake(.products, config, "n_out = 36", "n_out = 72", in: .products, for: .vivado),
        Mistake(.widestWord, config, "n_out = 144", "n_out = 288", in: .words),
        Mistake(.parts, layer, "y[36 + i] = y2[i]", "y[35 + i] = y2[i]", in: .products, for: .vivado),
        Mistake(.parts, layer, "y[36 + i] = y2[i]", "y[36 + i] = y1[i]", in: .products, for: .vivado),
        Mistake(.parts, layer, "fc1_part2(x, y2)", "fc1_part2(x, y1)", in: .products, for: .vivado),
        Mistake(.parts, layer, "fc1_part2(x, y2)", "fc1_part1(x, y2)", in: .products, for: .vivado),
        Mistake(
            .parts, layer, "i < 36; i++) {\n#pragma HLS UNROLL\n        y_vector[36",
            "i < 35; i++) {\n#pragma HLS UNROLL\n        y_vector[36",
            in: .streamProducts, for: .vivado),
        Mistake(.parts, layer, "    net_fc1_part2(x_vector, y2);\n", "", in: .streamProducts, for: .vivado),
        Mistake(.definition, layer, "y2[36]", "y2[37]", in: .products, for: .vivado),
        Mistake(
            .definition, layer, "(x, y, net_fc1_part2_weight", "(x, y, net_fc1_part2_bias", in: .products, for: .vivado),
        Mistake(.inlining, layer, "y[36]) {\n#pragma HLS INLINE off\n", "y[36]) {\n", in: .products, for: .vivado),
    ]

    private static let long = String(repeating: "n", count: 80)

    /// Names and the top function's arguments.
    static let names: [Mistake] = [
        Mistake(.name, top, "relu1_out", long + "1"),
        Mistake(.name, top, "relu1_out", "signal"),
        Mistake(.name, top, "relu1_out", "Always"),
        Mistake(.name, top, "features", "register"),
        Mistake(.name, top, "void net_relu1(", "void entity("),
        Mistake(.name, top, "relu1_out", "FC1_out"),
        Mistake(.name, top, "void net_relu1(", "void NET_RELU2("),
        // Alike in the first 80 characters.
        Mistake(
            .name, top, "relu1_out(\"relu1_out\");", "\(long)1(\"\");\n    hls::stream<net_relu1_t> \(long)2(\"\");"),
        Mistake(.name, top, "void net(", "void main("),
        Mistake(.name, top, "void net_relu1(", "namespace inner {\nvoid net_relu1("),
        Mistake(.arguments, top, "hls::stream<net_input_t> &features", "net_input_t *features"),
        Mistake(.arguments, top, "hls::stream<net_input_t> &features", "double &features"),
        Mistake(.arguments, top, "hls::stream<net_input_t> &features", "hls::stream<net_input_t> &features[2]"),
        Mistake(.arguments, top, "net_input_t features[16]", "net_input_t features[]", in: .arrays),
        Mistake(.arguments, top, "net_input_t features[16]", "net_input_t features[0]", in: .arrays),
        Mistake(.arguments, top, "net_softmax(output_layer_out, softmax_out);", "net_softmax(softmax_out, features);"),
        Mistake(.arguments, top, "net_softmax(output_layer_out, softmax_out);", ""),
        Mistake(.arguments, "firmware/nnet_utils/nnet_common.h", "    T data[N];", "    T *data;"),
        Mistake(.arguments, "firmware/nnet_utils/nnet_common.h", "    T data[N];", "    hls::stream<T> data;"),
        Mistake(.arguments, "firmware/nnet_utils/nnet_stream.h", "y.write(out);", "y.write(out);\n    y.read();"),
    ]

    private static let ownFolder = "cd [file dirname [file normalize [info script]]]\n"

    /// The test bench and the scripts.
    static let host: [Mistake] = [
        Mistake(.verdict, "net_test.cpp", "    return 1;\n}", "    return 0;\n}"),
        Mistake(.verdict, "net_test.cpp", "    return 1;\n}", "    return 0;\n}", for: .vivado),
        Mistake(.verdict, "net_test.cpp", "out[i] != wanted", "out[i] < wanted"),
        Mistake(.verdict, "net_test.cpp", "tb_output_integers.dat\", \"r\"", "tb_output_predictions.dat\", \"r\""),
        Mistake(.folder, "csim.tcl", ownFolder, ""), Mistake(.folder, "vsynth.tcl", ownFolder, ""),
        Mistake(.folder, "synth.tcl", ownFolder, "cd .\n", for: .vivado),
        Mistake(.folder, "cosim.tcl", ownFolder + "source project.tcl\n", "source project.tcl\n" + ownFolder),
        Mistake(.folder, "build_prj.tcl", ownFolder, "file mkdir tb_data\n" + ownFolder),
    ]
}
