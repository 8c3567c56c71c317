import Basics
import Layers
import Testing

@testable import Frontends

/// What would change the mathematics, or is not understood, is refused by name.
struct KerasRefusalTests {
    private func messages(_ json: String) throws -> [String] {
        try #require(throws: DiagnosticError.self) { try read(json) }.diagnostics.map(\.message)
    }

    /// One layer behind an input of shape (4).
    private func single(_ className: String, _ name: String = "x", _ config: String = "") -> String {
        functional(
            [Piece.input("in", 4), Piece(className, name, config, from: ["in"])], inputs: ["in"], outputs: [name])
    }

    @Test func allRefusalsComeAtOnce() throws {
        let json = functional(
            [
                Piece.input("in", 4), Piece("LocallyConnected1D", "c", from: ["in"]),
                Piece("QAdaptiveActivation", "q", from: ["c"]),
                Piece("Flatten", "f", #""data_format": "last""#, from: ["in"]),
                Piece("PruneLowMagnitude", "p", from: ["f"]),
                Piece("Activation", "a", #""activation": "swash""#, from: ["p"]),
            ], inputs: ["in"], outputs: ["a"])
        #expect(
            try messages(json) == [
                "layer 'c': class LocallyConnected1D is not read yet",
                "layer 'q': class QAdaptiveActivation (QKeras) is not read yet",
                "layer 'f': data_format 'last' is not supported",
                "layer 'p': a pruning wrapper (PruneLowMagnitude) is not read",
                "layer 'a': the activation 'swash' is not read yet",
            ])
    }

    @Test func aRefusalHelps() throws {
        let error = try #require(throws: DiagnosticError.self) { try read(single("Dens")) }
        #expect(error.diagnostics.first?.help?.hasPrefix("did you mean 'Dense'?") == true)
        #expect(error.diagnostics.first?.subject == ["layers", "x"])
    }

    @Test(arguments: [
        ("Softmax", #""axis": 0"#, "axis 0 is not the last axis"),
        ("Softmax", #""axis": "last""#, "attribute 'axis' is 'last', expected whole numbers"),
        ("ReLU", #""max_value": -1"#, "max_value is -1.0, and must not be negative"),
        ("ReLU", #""negative_slope": true"#, "attribute 'negative_slope' is true, expected a number"),
        ("ReLU", #""max_value": NaN"#, "expected a finite number"),
        ("LeakyReLU", #""alpha": Infinity"#, "expected a finite number"),
        ("ELU", #""dilation": 2"#, "attribute 'dilation' of ELU (2) is not known and might change"),
        ("ELU", #""dtype": "int8""#, "its numbers are of type 'int8': not supported"),
        (
            "ELU", #""dtype": {"class_name": "Policy", "config": {"name": "int8_from_float32"}}"#,
            "its numbers are of type 'int8_from_float32'"
        ),
        ("Reshape", #""target_shape": [3, 2]"#, "cannot give 4 elements the shape [3, 2]"),
        ("Reshape", #""target_shape": [9223372036854775808, 8]"#, "expected whole numbers"),
        ("Reshape", #""target_shape": [9223372036854775807, 8]"#, "is not a shape"),
        ("Reshape", #""target_shape": [4611686018427387904, 8]"#, "is not a shape"),
        ("Reshape", #""target_shape": [0, 4]"#, "is not a shape"),
        ("Reshape", "", "target_shape is missing"),
        ("Activation", #""activation": {"class_name": "Dense", "config": {}}"#, "the activation 'Dense'"),
        ("Activation", #""activation": 3"#, "attribute 'activation' is 3, expected the name of an activation"),
        ("Dense", #""units": 3"#, "the weights have no 'kernel'"),
        ("PReLU", "", "the weights have no 'alpha'"),
    ])
    func anAttributeThatIsNotHonouredIsRefused(className: String, config: String, message: String) throws {
        let found = try messages(single(className, "x", config))
        #expect(found.contains { $0.hasPrefix("layer 'x': ") && $0.contains(message) }, "\(found)")
    }

    @Test(arguments: [
        ("Dense", "d1", #""units": 4"#, "4 units, but the kernel has shape [4, 3]"),
        ("Dense", "d1", #""use_bias": false"#, "the weights have a 'bias' that this Dense does not use"),
        ("Dense", "d2", #""use_bias": false"#, "the input has shape [4], but the kernel expects 3 channels"),
        ("Dense", "d2", "", "the weights have no 'bias'"),
        ("BatchNormalization", "bn", "", "the input has shape [4], but 3 channels were normalised"),
        ("BatchNormalization", "bn", #""axis": [0]"#, "axis 0 is not the last axis"),
        ("BatchNormalization", "bn", #""renorm": true"#, "renorm is not supported"),
        ("BatchNormalization", "bn", #""epsilon": -9"#, "a variance is negative"),
        ("BatchNormalization", "bn", #""scale": false"#, "the weights have a 'gamma'"),
    ])
    func weightsThatDoNotFitAreRefused(
        className: String, name: String, config: String, message: String
    ) throws {
        let found = try messages(single(className, name, config))
        #expect(found.contains { $0.hasPrefix("layer '\(name)': ") && $0.contains(message) }, "\(found)")
    }

    @Test(arguments: [
        ("[null, null]", "leaves a size open"), ("[null, 0]", "leaves a size open"),
        ("[null, -3]", "leaves a size open"), ("[]", "no input shape is stated"), ("null", "no input shape is stated"),
        ("[null, 4294967296, 4294967296]", "is too large"), ("[null, 1e300]", "leaves a size open"),
    ])
    func anOpenOrHugeInputIsRefused(shape: String, message: String) throws {
        let json = functional(
            [Piece("InputLayer", "in", #""batch_input_shape": \#(shape)"#)], inputs: ["in"], outputs: ["in"])
        let found = try messages(json)
        #expect(found.contains { $0.contains(message) }, "\(found)")
    }

    @Test func wiringIsChecked() throws {
        let input = Piece.input("in", 4)
        func elu(_ name: String, _ sources: String...) -> Piece { Piece("ELU", name, from: sources) }
        func found(_ pieces: [Piece], inputs: [String] = ["in"], outputs: [String]) throws -> String {
            try messages(functional(pieces, inputs: inputs, outputs: outputs)).joined(separator: "\n")
        }
        #expect(
            try found([input, elu("a", "in"), elu("b", "c"), elu("c", "d"), elu("d", "b")], outputs: ["a"])
                == "'model.json': the layers depend on each other in a circle: c -> d -> b -> c"
                || found([input, elu("a", "in"), elu("b", "c"), elu("c", "d"), elu("d", "b")], outputs: ["a"])
                    .contains("in a circle: d -> c -> b -> d")
        )
        #expect(try found([input, elu("a", "inn")], outputs: ["a"]).contains("reads from 'inn', which does not exist"))
        #expect(
            try found([input, elu("a", "in"), elu("a", "in")], outputs: ["a"]).contains("several layers are called"))
        #expect(try found([input, elu("a", "in")], outputs: ["z"]).contains("output_layers name 'z'"))
        #expect(try found([input, elu("a", "in")], inputs: ["a"], outputs: ["a"]).contains("but is a ELU"))
        #expect(try found([input, elu("a")], outputs: ["a"]).contains("it reads from no layer"))
        #expect(
            try found([input, elu("a", "in", "in")], outputs: ["a"]).contains("reads from 1 layers, this one from 2"))
    }

    @Test(arguments: [
        (#"[["in", 1, 0, {}]]"#, "it reads from call 1 of 'in', of which there are 1"),
        (#"[["in", 0, 1, {}]]"#, "it gives 1 tensors, but 2 are read of it"),
        (#"[["in", 0, 0, {"training": true}]]"#, "it is called with training=true"),
        (#"[["in", 0, 0, {"mask": ["in", 0, 0]}]]"#, "it is called with mask="),
        (#"[[3, 0, 0, {}]]"#, "is not of the form"),
        (#"{"arguments": []}"#, "are not those of Keras 2 or 3"),
    ])
    func callsThatAreNotUnderstoodAreRefused(call: String, message: String) throws {
        let found = try messages(single("ELU").replacing(#"[["in", 0, 0, {}]]"#, with: call))
        #expect(found.contains { $0.contains(message) }, "\(found)")
    }

    @Test func trainingFalseIsInference() throws {
        let json = single("ELU").replacing(#"0, {}"#, with: #"0, {"training": false}"#)
        #expect(try read(json).nodes.count == 2)
    }
}
