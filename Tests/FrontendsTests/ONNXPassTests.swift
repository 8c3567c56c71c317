import Basics
import LayerKit
import Layers
import Testing

@testable import Frontends

/// One test for each pass: a graph before and behind it.
struct ONNXPassTests {
    @Test func olderVersionsAreWrittenAsNewerOnes() throws {
        let graph = try ImportGraph(
            onnx: """
                x = Input() {"shape": [null, 1, 4]}
                y = Squeeze(x) {"axes": [1]}
                z = Upsample(y) {"mode": "nearest", "scales": [1.0, 2.0]}
                -> z
                """)
        let passed = try graph.passed(.oneForm(version: 7))
        #expect(
            passed.text == """
                x = Input() {"shape": [null, 1, 4]}
                y_axes = Constant() [value: int64 1] from y
                y = Squeeze(x, y_axes)
                z_scales = Constant() [value: float32 2] from z
                z = Resize(y, , z_scales) {"coordinate_transformation_mode": "asymmetric", "mode": "nearest", \
                "nearest_mode": "floor"}
                -> z
                """)
        #expect(try passed.passed(.oneForm(version: 18)) == passed)
    }

    /// Heads and samples, one axis in the file, are two until they are apart again.
    @Test func samplesKeepAnAxisOfTheirOwn() throws {
        let graph = try ImportGraph(
            onnx: """
                x = Input() {"shape": [null, 3, 4]}
                h = Constant() {"value_ints": [3, -1, 2]}
                t = Transpose(x) {"perm": [1, 0, 2]}
                r = Reshape(t, h)
                u = Transpose(r) {"perm": [1, 0, 2]}
                s = Softmax(u)
                f = Constant() {"value_ints": [-1, 2, 3, 2]}
                y = Reshape(s, f)
                -> y
                """)
        #expect(
            try graph.passed(.oneForm(version: 18), .resolve, .dropUnused, .splitSamples).text == """
                x = Input() {"shape": [16777213, 3, 4]}
                t = Transpose(x) {"perm": [1, 0, 2]}
                r = Reshape(t) {"shape": [3, 16777213, 2, 2]}
                u = Transpose(r) {"perm": [1, 2, 0, 3]}
                s = Softmax(u) {"axis": 3}
                y = Reshape(s) {"shape": [16777213, 2, 3, 2]}
                -> y
                """)
    }

    @Test func chainsThatComputeAShapeBecomeIt() throws {
        let graph = try ImportGraph(
            onnx: """
                x = Input() {"shape": [1, 2, 3]}
                s = Shape(x)
                z = Constant() {"value_int": 0}
                n = Gather(s, z)
                a = Constant() {"value_ints": [0]}
                u = Unsqueeze(n, a)
                m = Constant() {"value_ints": [-1]}
                t = Concat(u, m) {"axis": 0}
                y = Reshape(x, t)
                -> y
                """)
        #expect(
            try graph.passed(.oneForm(version: 18), .resolve, .dropUnused).text == """
                x = Input() {"shape": [16777213, 2, 3]}
                y = Reshape(x) {"shape": [16777213, 6]}
                -> y
                """)
    }

    /// A model that was exported for one sample has that in its shapes.
    @Test(arguments: ["[1, -1]", "[-1, 6]", "[0, 6]", "[1, 6]"])
    func theFirstAxisIsTheSamples(target: String) throws {
        let graph = try ImportGraph(
            onnx: """
                x = Input() {"shape": [1, 2, 3]}
                t = Constant() {"value_ints": \(target)}
                y = Reshape(x, t)
                -> y
                """)
        let passed = try graph.passed(.oneForm(version: 18), .resolve)
        #expect(passed.nodes.last?.shapes == [[Batch.size, 6]])
    }

    @Test func quantisersOfWholeNumbersBecomeOneOfRealOnes() throws {
        let graph = try ImportGraph(
            onnx: """
                x = Input() {"shape": [null, 4]}
                s = Constant() {"value_float": 0.5}
                q = QuantizeLinear(x, s)
                low = Constant() {"value_int": 3}
                c = Clip(q, low)
                y = DequantizeLinear(c, s)
                -> y
                """)
        let passed = try graph.passed(.oneForm(version: 18), .resolve, .fuseQuantizers, .dropUnused)
        #expect(
            passed.text == """
                x = Input() {"shape": [16777213, 4]}
                y = QuantizeDequantize(x) [high: float32 1, low: float32 1, scale: float32 1]
                -> y
                """)
        // Without a zero point the whole numbers are those of a byte.
        #expect(try passed.numbers("y", "low") == [3])
        #expect(try passed.numbers("y", "high") == [255])
    }

    @Test func whatNothingReadsIsLeftOut() throws {
        let graph = try ImportGraph(
            onnx: """
                x = Input() {"shape": [null, 4]}
                i = Identity(x)
                d = Dropout(i)
                a = Relu(d)
                b = Tanh(i)
                -> a
                """)
        #expect(
            try graph.passed(.oneForm(version: 18), .resolve, .dropUnused).text == """
                x = Input() {"shape": [16777213, 4]}
                a = Relu(x)
                -> a
                """)
    }

    /// Rows of the weights go with the elements of a vector, whose order channels-last layers have changed.
    @Test func channelsAreLastAndWeightsFollow() throws {
        let graph = try ImportGraph(
            onnx: """
                x = Input() {"shape": [null, 2, 1, 2]}
                v = Constant() {"value_floats": [1.0, 0.0, 0.0, 1.0]}
                k = Constant() {"value_ints": [2, 2, 1, 1]}
                w = Reshape(v, k)
                c = Conv(x, w)
                r = Relu(c)
                f = Flatten(r)
                u = Constant() {"value_floats": [1.0, 2.0, 3.0, 4.0]}
                m = Constant() {"value_ints": [4, 1]}
                b = Reshape(u, m)
                y = MatMul(f, b)
                -> y
                """)
        let passed = try graph.passed(.oneForm(version: 18), .resolve, .dropUnused, .channelsLast, .dropUnused)
        #expect(
            passed.text == """
                x = Input() {"shape": [16777213, 1, 2, 2]}
                c = Conv(x) {"dilations": [1, 1], "group": 1, "kernel_shape": [1, 1], "pads": [0, 0, 0, 0], \
                "strides": [1, 1]} [W: float32 1x1x2x2]
                r = Relu(c)
                f = Reshape(r) {"shape": [16777213, 4]}
                y = Gemm(f) [B: float32 4x1]
                -> y
                """)
        #expect(try passed.numbers("y", "B") == [1, 3, 2, 4])
        #expect(passed.channelsFirst == ["x"])
    }

    /// Two transpositions of the file are none, and what stands between them has its axis renamed.
    @Test func transpositionsVanish() throws {
        let graph = try ImportGraph(
            onnx: """
                x = Input() {"shape": [null, 2, 3]}
                t = Transpose(x) {"perm": [0, 2, 1]}
                a = Constant() {"value_ints": [1]}
                m = ReduceMax(t, a)
                y = Transpose(m) {"perm": [0, 2, 1]}
                -> y
                """)
        #expect(
            try graph.passed(.oneForm(version: 18), .resolve, .dropUnused, .channelsLast, .dropUnused).text == """
                x = Input() {"shape": [16777213, 2, 3]}
                m = ReduceMax(x) {"axes": [2], "keepdims": true}
                -> m
                """)
    }

    @Test func sumsAndProductsWithConstantsAreGathered() throws {
        let graph = try ImportGraph(
            onnx: """
                x = Input() {"shape": [null, 2]}
                c = Constant() {"value_floats": [2.0, 3.0]}
                o = Constant() {"value_float": 1.0}
                a = Mul(x, c)
                b = Sub(o, a)
                y = Div(b, c)
                -> y
                """)
        let passed = try graph.passed(
            .oneForm(version: 18), .resolve, .dropUnused, .channelsLast, .gatherAffines, .dropUnused)
        #expect(
            passed.text == """
                x = Input() {"shape": [16777213, 2]}
                a:, y = Affine(x) [bias: float32 2, scale: float32 2]
                -> y
                """)
        #expect(try passed.numbers("a", "scale") == [-1, -1])
        #expect(try passed.numbers("a", "bias") == [0.5, Float(1) / 3])
    }
}
