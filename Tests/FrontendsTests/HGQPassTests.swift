import Arrays
import Basics
import LayerKit
import Layers
import Testing

@testable import Frontends

struct HGQPassTests {
    private static func config(_ kind: String, _ overflow: String, isWeight: Bool = false) -> String {
        #"{"class_name": "QuantizerConfig", "config": {"q_type": "\#(kind)", "round_mode": "RND", "overflow_mode": "#
            + #""\#(overflow)", "is_weight": \#(isWeight), "trainable": true}}"#
    }

    private static func quantizer(_ text: String, _ variables: [[Float]]) throws -> HGQQuantizer? {
        try HGQQuantizer.read(
            try JSONValue(parsing: Array(text.utf8), name: "test"), variables.map { ImportTensor(Tensor($0)) })
    }

    /// Trained variables come first: the integer part among them unless it follows from the data.
    @Test func variablesAreToldByTheirPlace() throws {
        let saturating = try #require(try Self.quantizer(Self.config("kif", "SAT"), [[2], [3.4], [1]]))
        #expect(
            saturating.integers == Tensor([2]) && saturating.fractions == Tensor([3]) && saturating.signs == Tensor([1])
        )
        let wrapping = try #require(try Self.quantizer(Self.config("kif", "WRAP"), [[3], [1], [2], [0.01]]))
        #expect(wrapping.integers == Tensor([2]) && wrapping.fractions == Tensor([3]))
        let sized = try #require(try Self.quantizer(Self.config("kbi", "SAT_SYM"), [[5], [2], [1]]))
        #expect(sized.integers == Tensor([2]) && sized.fractions == Tensor([3]))
        #expect(try Self.quantizer(Self.config("dummy", "SAT"), []) == nil)
    }

    @Test func numbersAreRoundedAndBoundedElementByElement() throws {
        let wrapping = try #require(
            try Self.quantizer(Self.config("kif", "WRAP"), [[1, 2, 0], [1, 0, 0], [1, 1, 0], [1]]))
        #expect(try wrapping.quantized(Tensor([2.25, 2.25, 5])) == Tensor([-1.5, 0.25, 0]))
        let saturating = try #require(
            try Self.quantizer(Self.config("kbi", "SAT_SYM"), [[2, 2, -1], [1, 1, 0], [1, 0, 1]]))
        #expect(try saturating.quantized(Tensor([-9, -9, 5])) == Tensor([-1.5, 0, 0]))
        // A weight of a type that would wrap is only rounded.
        let weight = try #require(
            try Self.quantizer(Self.config("kif", "WRAP", isWeight: true), [[1], [1], [1], [1]]))
        #expect(try weight.quantized(Tensor([2.25])) == Tensor([2.5]))
    }

    @Test(arguments: ["float", "kif"]) func whatIsNotHonouredIsRefused(kind: String) {
        let text = Self.config(kind, kind == "kif" ? "WRAP_SM" : "SAT")
        #expect(throws: LayerError.self) { _ = try Self.quantizer(text, [[1], [1], [1]]) }
    }

    @Test func aLayerStandsBetweenItsQuantizers() throws {
        let iq = Self.config("kif", "WRAP"), kq = Self.config("kbi", "SAT")
        var graph = try ImportGraph(
            text: """
                in = InputLayer()
                d = hgq.QDense(in) {"activation": "relu", "enable_ebops": false, "enable_iq": true, "enable_oq": true, \
                "iq_conf": \(iq), "kq_conf": \(kq), "oq_conf": \(iq), "units": 1, "use_bias": false}
                e = Dense(d)
                -> e, d
                """)
        let widths = [Float]([1])
        var tensors: [String: ImportTensor] = ["0": ImportTensor(Tensor(shape: [2, 1], values: [0.3, -5])!)]
        for (path, count) in [("iq", 4), ("kq", 3), ("oq", 4)] {
            for index in 0..<count { tensors["\(path)/quantizer/\(index)"] = ImportTensor(Tensor(widths)) }
        }
        graph.nodes[1].tensors = tensors
        let result = try ImportPass.expandHGQ.apply(graph)
        let bits = "[fractions: float32 1, integers: float32 1, keep_negative: float32 1]"
        #expect(
            result.text == """
                in = InputLayer()
                d_iq = quantizers.fixed_each(in) {"overflow": "WRAP", "rounding": "RND"} \(bits) from d
                d = Dense(d_iq) {"activation": "relu", "units": 1, "use_bias": false} [kernel: float32 2x1]
                d_oq = quantizers.fixed_each(d) {"overflow": "WRAP", "rounding": "RND"} \(bits) from d
                e = Dense(d_oq)
                -> e, d_oq
                """)
        #expect(try result.nodes[2].tensors["kernel"]?.load() == Tensor(shape: [2, 1], values: [0, -2]))
    }

    /// A network with most kinds of layers, recorded from the package: equal to the last bit.
    @Test func aNetworkGivesWhatHGQGives() throws {
        let model = try ModelReader.read(.whole(try modelFile("hgq2.keras")))
        let x = try NpyArray.read(try fixture("hgq2_x.npy"), name: "x"),
            y = try NpyArray.read(try fixture("hgq2_y.npy"), name: "y")
        #expect(model.evaluateFloat([x.doubles], samples: x.shape[0])[0] == y.doubles)
    }
}
