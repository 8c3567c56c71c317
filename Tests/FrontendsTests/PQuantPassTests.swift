import Arrays
import Basics
import LayerKit
import Layers
import Testing

@testable import Frontends

struct PQuantPassTests {
    private static func config(_ method: String = "pdp", first: Bool = true, fits: Bool = false) -> String {
        #"{"quantization_parameters": {"enable_quantization": true, "use_high_granularity_quantization": false, "#
            + #""round_mode": "RND", "overflow_mode_parameters": "SAT", "overflow_mode_data": "SAT", "#
            + #""use_relu_multiplier": true}, "pruning_parameters": {"enable_pruning": true, "pruning_method": "#
            + #""\#(method)", "epsilon": 0.25}, "training_parameters": {"pruning_first": \#(first)}, "#
            + #""fitcompress_parameters": {"enable_fitcompress": \#(fits)}}"#
    }

    private func expanded(
        _ op: String, _ attributes: String, _ numbers: [String: Tensor]
    ) throws -> ImportGraph {
        var graph = try ImportGraph(text: "in = InputLayer()\nd = pquant.\(op)(in) {\(attributes)}\n-> d")
        graph.nodes[1].tensors = numbers.mapValues { ImportTensor($0) }
        return try ImportPass.expandPQuant.apply(graph)
    }

    private static func scalar(_ value: Float) -> Tensor { Tensor(shape: [], values: [value])! }

    /// A quantizer of so many bits.
    private static func bits(_ path: String, _ k: Float, _ i: Float, _ f: Float) -> [String: Tensor] {
        ["\(path)/0": scalar(k), "\(path)/1": scalar(i), "\(path)/2": scalar(f), "\(path)/3": scalar(k + i + f)]
    }

    /// A dense layer with a kernel of one column, and its mask.
    private static func dense(mask: [Float], stage: (first: Float, last: Float)) -> [String: Tensor] {
        var numbers: [String: Tensor] = [
            "0": Tensor(shape: [3, 1], values: [0.3, -5, 0.2])!, "1": scalar(0), "2": scalar(0),
            "pruning_layer/0": Tensor(shape: [1, 3], values: mask)!, "pruning_layer/1": scalar(1),
            "pruning_layer/2": scalar(stage.first), "pruning_layer/3": scalar(stage.last),
        ]
        numbers.merge(bits("input_quantizer", 1, 2, 3)) { $1 }
        numbers.merge(bits("weight_quantizer", 1, 0, 1)) { $1 }
        return numbers
    }

    @Test func aLayerStandsBehindItsQuantizerWithNumbersAsTheyAreUsed() throws {
        let attributes =
            #""config": \#(Self.config()), "enable_pruning": true, "final_compression_done": false, "quantize_input": "#
            + #"true, "quantize_output": false, "units": 1, "use_bias": false"#
        let result = try expanded("PQDense", attributes, Self.dense(mask: [1, 1, 0.5], stage: (0, 1)))
        let bits = "[fractions: float32 , integers: float32 , keep_negative: float32 ]"
        #expect(
            result.text == """
                in = InputLayer()
                d_iq = quantizers.fixed_each(in) {"overflow": "SAT", "rounding": "RND"} \
                \(bits) from d
                d = Dense(d_iq) {"units": 1, "use_bias": false} [kernel: float32 3x1]
                -> d
                """)
        // 0.2 is halved before it is rounded to 0.
        #expect(try result.nodes[2].tensors["kernel"]?.load() == Tensor(shape: [3, 1], values: [0.5, -1, 0]))
    }

    @Test func numbersOfAFinishedModelAreTakenAsTheyAre() throws {
        let attributes =
            #""config": \#(Self.config()), "enable_pruning": true, "final_compression_done": true, "quantize_input": "#
            + #"false, "units": 1, "use_bias": false"#
        let result = try expanded("PQDense", attributes, Self.dense(mask: [0, 0, 0], stage: (0, 0)))
        #expect(try result.nodes[1].tensors["kernel"]?.load() == Tensor(shape: [3, 1], values: [0.3, -5, 0.2]))
    }

    /// What each way of pruning leaves of three numbers in the first, the middle and the last stage of training; nil
    /// where it is not in the file.
    @Test(
        arguments: [
            (PQuantPruning.pdp, [[1, 0, 2], nil, [1, 0, 2]]), (.dst, [[1, 0, 2], nil, [1, 0, 2]]),
            (.continuousSparsification, [[1, 0, 2], nil, [1, 0, 2]]), (.wanda, [[1, 0, 2], [1, 0, 2], [1, 0, 2]]),
            (.autosparse, [[1, -0.25, 2], nil, [1, 0, 2]]), (.activation, [[1, -0.25, 2], [1, 0, 2], [1, 0, 2]]),
            (.multipliers, [[1, -0.25, 2], [1, -0.25, 2], [1, 0, 2]]),
        ] as [(PQuantPruning, [[Float]?])])
    func pruningLeavesWhatTheStageSays(method: PQuantPruning, expected: [[Float]?]) throws {
        let numbers = Tensor(shape: [3, 1], values: [1, -0.25, 2])!
        let mask = Tensor(shape: [1, 3], values: [1, 0, 1])!
        // Where the mask and the two flags lie.
        let places: (Int, Int, Int) =
            switch method {
            case .pdp: (0, 2, 3)
            case .dst: (1, 2, 3)
            case .continuousSparsification: (2, 3, 4)
            case .wanda, .activation: (0, 5, 6)
            case .autosparse: (1, 3, 4)
            case .multipliers: (0, 1, 2)
            }
        for (stage, expected) in expected.enumerated() {
            var variables = [ImportTensor](repeating: ImportTensor(Self.scalar(9)), count: 7)
            variables[places.0] = ImportTensor(mask)
            variables[places.1] = ImportTensor(Self.scalar(stage == 0 ? 1 : 0))
            variables[places.2] = ImportTensor(Self.scalar(stage == 2 ? 1 : 0))
            let result = Result { try method.pruned(numbers, variables, axes: [1, 0], epsilon: 0.25) }
            if let expected {
                #expect(try result.get() == Tensor(shape: [3, 1], values: expected), "\(method) \(stage)")
            } else {
                #expect(throws: LayerError.self) { try result.get() }
            }
        }
    }

    @Test(arguments: [
        ("PQActivation", #""activation": "gelu""#, "the activation 'gelu' (PQuantML) is not read"),
        ("PQSoftmax", #""temperature": 2"#, "attribute 'temperature' is 2, which is not honoured"),
        ("PQMultiheadAttention", #""embed_dim": 4, "num_heads": 3"#, "its heads do not share its width"),
        ("PQDense", #""units": 2"#, "the weights have 0 variables"),
    ])
    func whatIsNotHonouredIsRefused(op: String, attributes: String, message: String) throws {
        let result = try expanded(op, #""config": \#(Self.config()), \#(attributes)"#, [:])
        let found = result.nodes[1].faults.map(\.message)
        #expect(found.count == 1 && found[0].contains(message), "\(found)")
    }

    @Test func aReLUThatTheFileDoesNotDescribeIsRefused() throws {
        let result = try expanded("PQActivation", #""config": \#(Self.config(fits: true)), "activation": "relu""#, [:])
        #expect(result.nodes[1].faults.count == 1)
    }

    @Test func aLayerWithoutItsConfigurationIsRefused() throws {
        #expect(try expanded("PQDense", #""units": 2"#, [:]).nodes[1].faults.count == 1)
    }
}
