import Arrays
import Basics
import LayerKit
import Layers
import Testing

@testable import Frontends

struct QKerasPassTests {
    @Test func classesOfQKerasBecomeThoseOfKeras() throws {
        try expect(
            .applyQKeras,
            """
            in = InputLayer()
            d = QDense(in) {"activation": "quantized_relu(6, 1)", "bias_quantizer": null, "kernel_quantizer": null}
            e = QDense(d) {"activation": "hard_sigmoid", "kernel_range": null, "units": 3}
            a = QActivation(e) {"activation": "quantized_tanh(4)"}
            p = QAveragePooling2D(a) {"activation": "binary", "pool_size": [2, 2]}
            b = Activation(p) {"activation": "relu"}
            -> b, p
            """,
            gives: """
                in = InputLayer()
                d = Dense(in) {"activation": {"class_name": "quantized_relu", "config": {"bits": 6, "integer": 1}}}
                e = Dense(d) {"activation": "qkeras.hard_sigmoid", "units": 3}
                a = Activation(e) {"activation": {"class_name": "quantized_tanh", "config": {"bits": 4}}}
                p = AveragePooling2D(a) {"pool_size": [2, 2]}
                p_binary = Activation(p) {"activation": {"class_name": "binary", "config": {}}} from p
                b = Activation(p_binary) {"activation": "relu"}
                -> b, p_binary
                """)
    }

    @Test func trainedNumbersPassTheirQuantizers() throws {
        var graph = try ImportGraph(
            text: """
                in = InputLayer()
                d = QDense(in) {"bias_quantizer": "quantized_bits(4, 1)", "kernel_quantizer": "ternary(alpha=1)"}
                -> d
                """)
        graph.nodes[1].tensors = [
            "kernel": ImportTensor(Tensor([0.2, -0.4, 0.4])), "bias": ImportTensor(Tensor([0.3, 9, -0.125])),
        ]
        let node = try ImportPass.applyQKeras.apply(graph).nodes[1]
        #expect(try node.tensors["kernel"]?.load() == Tensor([0, -1, 1]))
        #expect(try node.tensors["bias"]?.load() == Tensor([0.25, 1.75, 0]))
        #expect(node.attributes.isEmpty)
    }

    /// Keras 3 stores numbers by their place; those that a layer does not have are left out.
    @Test func numbersWithoutNamesPassTheirQuantizers() throws {
        var graph = try ImportGraph(
            text: """
                in = InputLayer()
                d = QDense(in) {"kernel_quantizer": "ternary(alpha=1)", "use_bias": false}
                n = QBatchNormalization(d) {"beta_quantizer": "quantized_bits(4, 1)", "gamma_quantizer": null, \
                "mean_quantizer": null, "scale": false, "variance_quantizer": null}
                f = QConv2DBatchnorm(n) {}
                -> f
                """)
        let numbers = [Tensor([0.3, 9, -0.125]), Tensor([0.2, -0.4, 0.4]), Tensor([1, 2, 3])]
        for node in 1...3 {
            for place in 0..<(node == 1 ? 1 : 3) {
                graph.nodes[node].tensors["\(place)"] = ImportTensor(numbers[place])
            }
        }
        let result = try ImportPass.applyQKeras.apply(graph)
        #expect(try result.nodes[1].tensors.mapValues { try $0.load() } == ["kernel": Tensor([0, 1, 0])])
        #expect(
            try result.nodes[2].tensors.mapValues { try $0.load() } == [
                "beta": Tensor([0.25, 1.75, 0]), "moving_mean": numbers[1], "moving_variance": numbers[2],
            ])
        #expect(result.nodes[3].faults.count == 1)
        graph.nodes[1].tensors["1"] = ImportTensor(numbers[1])
        #expect(try ImportPass.applyQKeras.apply(graph).nodes[1].faults.count == 1)
    }

    @Test func quantizersAsActivationsBecomeTheirOps() throws {
        try expect(
            .expandQuantizers,
            """
            in = InputLayer()
            a = activations.quantized_tanh(in) {"bits": 4}
            b = activations.quantized_relu(a) {"bits": 6, "integer": 2, "negative_slope": 0.25}
            c = activations.qkeras.hard_sigmoid(b)
            d = activations.tanh(c)
            e = activations.binary(d)
            -> e
            """,
            gives: """
                in = InputLayer()
                a_clip = quantizers.clip(in) {"high": 1.0, "low": -1.0} from a
                a = quantizers.fixed(a_clip) {"type": "fixed<4,1,RND_CONV,SAT>"}
                b_LeakyReLU = LeakyReLU(a) {"alpha": 0.25} from b
                b_clip = quantizers.clip(b_LeakyReLU) {"high": 4.0, "low": -1.0} from b
                b = quantizers.fixed(b_clip) {"type": "fixed<6,3,RND_CONV,SAT>"}
                c = quantizers.hard_sigmoid(b) {"shift": 0.5, "slope": 0.5}
                d = activations.tanh(c)
                e = quantizers.binary(d) {"zero_one": false}
                -> e
                """)
    }

    /// Everything that is wrong, layer by layer, in one go.
    @Test func refusalsNameLayerQuantizerOptionAndValue() throws {
        let json = functional(
            [
                .input("in", 4),
                Piece("QDense", "d1", #""units": 3, "kernel_quantizer": "quantized_bits(4,spread=2)""#, from: ["in"]),
                Piece("QActivation", "a", #""activation": "quantized_relu(6,use_sigmoid=1)""#, from: ["d1"]),
                Piece(
                    "QActivation", "b",
                    #""activation": {"class_name": "quantized_bits", "config": {"bits": 4, "alpha": "auto"}}"#,
                    from: ["a"]),
            ], inputs: ["in"], outputs: ["b"])
        let error = #expect(throws: DiagnosticError.self) { try read(json) }
        #expect(
            error?.diagnostics.map(\.message) == [
                "layer 'd1': kernel_quantizer: quantized_bits: its option spread is 2, which is not honoured",
                "layer 'a': activation: quantized_relu: its option use_sigmoid is 1, expected 0",
                "layer 'b': activation: its option alpha is 'auto', by which the scale of an activation depends on the "
                    + "samples that are computed together",
            ])
    }
}
