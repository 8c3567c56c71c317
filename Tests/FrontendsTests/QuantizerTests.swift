import Basics
import FixedPoint
import LayerKit
import Layers
import Testing

@testable import Frontends

struct QuantizerTests {
    @Test(arguments: [
        ("quantized_bits(6, 0,alpha=1)", "quantized_bits", "[6, 0]", #"{"alpha": 1}"#),
        ("binary", "binary", "[]", "{}"),
        ("quantized_relu( )", "quantized_relu", "[]", "{}"),
        ("f(-1.5e2,True , False,None,'a, b')", "f", #"[-150.0, true, false, null, "a, b"]"#, "{}"),
        (
            #"quantized_bits(4,alpha="auto_po2" , scale_axis = 0)"#, "quantized_bits", "[4]",
            #"{"alpha": "auto_po2", "scale_axis": 0}"#
        ),
    ])
    func textIsReadAsACall(text: String, name: String, positional: String, named: String) throws {
        let call = try QuantizerText(text).call()
        #expect(call.name == name)
        #expect(JSONValue.array(call.positional).text == positional)
        #expect(JSONValue.object(call.named.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) }).text == named)
    }

    @Test(arguments: [
        "", "(", "f(", "f(1", "f(1,", "f(1))", "f(a=1,2)", "f(1=2)", "f('a)", "f(1e)", "f(,)", "f()g", "f(a==1)",
    ])
    func textThatIsNoCallIsRefused(text: String) {
        #expect(throws: LayerError.self) { try QuantizerText(text).call() }
    }

    @Test(arguments: [
        ("quantized_bits(4,0,alpha='auto')", "its option alpha is 'auto'"),
        ("quantized_bits(4,qnoise_factor=0.5)", "quantized_bits: its option qnoise_factor is 0.5, expected 1"),
        ("quantized_bits(99)", "quantized_bits: its option bits is 99, expected a whole number from 1 to 32"),
        ("quantized_bits(4,spread=2)", "quantized_bits: its option spread is 2, which is not honoured"),
        ("quantized_bits(4,bits=2)", "quantized_bits has its option bits twice"),
        ("quantized_relu(6,use_sigmoid=1)", "quantized_relu: its option use_sigmoid is 1, expected 0"),
        ("quantized_relu(6,0,0,0.3)", "its option negative_slope is"),
        ("quantized_bits(4,post_training_scale=2)", "its option post_training_scale is 2, which is not honoured"),
        ("quantized_linear(4,alpha=2)", "quantized_linear with a scale (alpha) is not read"),
        ("quantized_linear(1)", "quantized_linear: its option bits is 1, expected a whole number from 2 to 32"),
        ("bernoulli", "bernoulli draws its values by chance"), ("quantized_ulaw(6)", "quantized_ulaw is not read"),
        ("quantised_bits(4)", "the quantizer 'quantised_bits' is not read"),
        ("quantized_po2(4,-1)", "quantized_po2: its option max_value is -1"),
    ])
    func whatIsNotHonouredIsRefused(text: String, message: String) throws {
        let error = #expect(throws: LayerError.self) {
            _ = try Quantizer(try QuantizerText(text).call()).steps()
        }
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }

    /// Without a scale it is `quantized_bits`, symmetric unless that is turned off.
    @Test func aLinearQuantizerIsOneOfBits() throws {
        func steps(_ text: String) throws -> [QuantizerStep] { try Quantizer(try QuantizerText(text).call()).steps() }
        #expect(try steps("quantized_linear(6,2)") == steps("quantized_bits(6,2,symmetric=1,alpha=1)"))
        #expect(
            try steps("quantized_linear(6,2,0,False,1.0)") == steps("quantized_bits(6,2,keep_negative=False,alpha=1)"))
    }

    private struct Example {
        var quantizer: String
        var role: String
        var x: Tensor
        var y: [Double]
    }

    private static func examples() throws -> [Example] {
        let file = try modelFile("quantizers.json")
        let entries = try JSONValue(parsing: file.bytes, name: file.name).arrayValue ?? []
        return try entries.map { entry in
            func numbers(_ name: String) -> [Double] { (entry[name]?.arrayValue ?? []).compactMap(\.numberValue) }
            let shape = numbers("shape").map { Int($0) }
            return Example(
                quantizer: entry["quantizer"]?.stringValue ?? "", role: entry["role"]?.stringValue ?? "",
                x: try #require(Tensor(shape: shape, values: numbers("x").map { Float($0) })), y: numbers("y"))
        }
    }

    /// What hls4ml knows of weights: their type without the scale, and the scale where one is stated.
    @Test func theScaleOfWeightsIsKeptBesideThem() throws {
        func record(_ text: String, _ values: [Float]) throws -> TrainedQuantizer {
            let tensor = try #require(Tensor(shape: [2, 2], values: values))
            let quantizer = try Quantizer(try QuantizerText(text).call())
            return quantizer.record(of: tensor, try quantizer.scaled(tensor, scales: false), keepsOriginal: false)
        }
        let weights: [Float] = [0.5, -2, 0.25, 1]
        let fitted = try record("quantized_bits(4, 0, alpha='auto_po2')", weights)
        #expect(fitted.type == .fixed(4, 1) && fitted.scale?.isPowerOfTwo == true && fitted.scale?.factors.count == 2)
        // The second column needs four times the scale of the first.
        #expect(fitted.scale.map { $0.factors.singles[1] / $0.factors.singles[0] } == 4)
        #expect(try record("quantized_bits(4, 0, alpha=1)", weights).scale == nil)
        #expect(try record("quantized_bits(4, 0, alpha=0.5)", weights).scale?.factors.singles == [0.5])
        #expect(try record("ternary(alpha='auto')", weights).type == .int(2))
    }

    /// Numbers recorded from the package, which has noise of single precision in them: a wrong step of the grid is far
    /// larger.
    @Test func everyQuantizerGivesWhatQKerasGives() throws {
        let examples = try Self.examples()
        #expect(examples.count > 50)
        for example in examples {
            let quantizer = try Quantizer(try QuantizerText(example.quantizer).call())
            let result: [Double]
            switch example.role {
            case "activation":
                var values = example.x.doubles
                for step in try quantizer.steps() {
                    let key = ImportKey(.keras, step.op)
                    let layer = try #require(Catalog.rule(key)).read(
                        ImportSite(
                            key, layer: "a", attributes: step.attributes, tensors: step.tensors,
                            inputs: [example.x.shape]))
                    values = layer.floatKernel([example.x.shape])([values], samples: 1)[0]
                }
                result = values
            default: result = try quantizer.quantized(example.x, scales: example.role == "kernel").doubles
            }
            #expect(result.count == example.y.count)
            for (index, (own, theirs)) in zip(result, example.y).enumerated() {
                let x = example.x.doubles[index]
                #expect(
                    abs(own - theirs) <= 4e-6 * max(1, abs(x)),
                    "\(example.quantizer) as \(example.role) of \(x): \(own), QKeras \(theirs)")
            }
        }
    }
}
