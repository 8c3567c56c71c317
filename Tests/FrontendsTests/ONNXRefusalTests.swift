import Basics
import LayerKit
import Testing

@testable import Frontends

struct ONNXRefusalTests {
    /// What stands behind a refusal is not told of; what stands beside it is.
    @Test func everythingIsRefusedAtOnce() throws {
        let messages = try refusals(
            of: """
                x = Input() {"shape": [null, 4]}
                a = Loop(x)
                b = Relu(a)
                c = Elu(x) {"beta": 2}
                d = Gelu(x) {"approximate": "erf"}
                e = Tanhh(x)
                -> b, c, d, e
                """)
        #expect(
            messages == [
                "layer 'a': operator Loop is not supported",
                "layer 'c': attribute 'beta' of Elu (2) is not known and might change what it computes",
                "layer 'd': approximate 'erf' is not supported", "layer 'e': operator Tanhh is not read",
            ])
    }

    @Test(arguments: [
        ("x = Input()\ny = Relu(x)", "layer 'x': the input has no shape"),
        (
            "x = Input() {\"shape\": [null, null, 3]}\ny = Relu(x)",
            "layer 'x': the input shape (?, ?, 3) leaves a size open"
        ),
        (
            "x = Input() {\"shape\": [null, 4611686018427387904, 4]}\ny = Relu(x)",
            "layer 'x': an input of shape [4611686018427387904, 4] has more elements than are possible"
        ),
        (
            "x = Input() {\"shape\": [null, 4]}\na = Constant() {\"value_ints\": [0]}\ny = ReduceMax(x, a)",
            "layer 'y': it computes over the samples"
        ),
        (
            "x = Input() {\"shape\": [null, 4]}\na = Constant() {\"value_ints\": [0, 3]}\ny = Reshape(x, a)",
            "layer 'y': a tensor of shape (N, 4) cannot get the shape [0, 3]"
        ),
        (
            "x = Input() {\"shape\": [null, 3, 5]}\na = Constant() {\"value_int\": 0}\ny = CumSum(x, a)",
            "layer 'y': it computes over the samples"
        ),
        (
            "x = Input() {\"shape\": [null, 3, 5]}\ny = LpNormalization(x) {\"p\": 3}",
            "layer 'y': p=3 of LpNormalization is not supported"
        ),
        (
            "x = Input() {\"shape\": [null, 4]}\ny = Softmax(x) {\"axis\": 2}",
            "layer 'y': axis 2 of Softmax is none of 2 axes"
        ),
        (
            "x = Input() {\"shape\": [null, 4]}\ns = Constant() {\"value_float\": 0.5}\nq = QuantizeLinear(x, s)\n"
                + "y = Relu(q)", "layer 'y': it computes with the whole numbers that 'q' gives"
        ),
        (
            "x = Input() {\"shape\": [null, 4]}\nk = Constant() {\"value_ints\": [1000000000, 1000000000]}\n"
                + "z = ConstantOfShape(k)\ny = Add(x, z)",
            "layer 'z': a tensor of shape [1000000000, 1000000000] is not possible"
        ),
        (
            "x = Input() {\"shape\": [null, 4]}\ni = Constant() {\"value_ints\": [0]}\ny = GatherND(x, i)",
            "layer 'y': it chooses among samples"
        ),
        (
            "x = Input() {\"shape\": [null, 4]}\nv = Constant() {\"value_ints\": [7]}\n"
                + "k = Constant() {\"value_ints\": [1, 1]}\ni = Reshape(v, k)\nt = Transpose(x)\ny = GatherND(t, i)",
            "layer 'y': index 7 is no place of axis 0"
        ),
        (
            "x = Input() {\"shape\": [null, 4]}\nv = Constant() {\"value_floats\": [0.0, 1.0, 3.0]}\n"
                + "k = Constant() {\"value_ints\": [1, 3]}\nt = Reshape(v, k)\ny = MultiThreshold(x, t)",
            "layer 'y': 3 thresholds that are no steps of a quantiser are not supported"
        ),
        (
            "x = Input() {\"shape\": [null, 4]}\ns = Constant() {\"value_float\": 0.5}\nq = QuantizeLinear(x, s)\n"
                + "y = QLinearMatMul(q, s)", "layer 'y': QLinearMatMul has too few inputs"
        ),
        (
            "x = Input() {\"shape\": [null, 4]}\nc = Constant() {\"value_float\": 1.0}\n"
                + "s = Constant() {\"value_float\": 0.5}\nz = Constant() {\"value_ints\": [0, 0]}\n"
                + "q = QuantizeLinear(c, s, z)\nd = DequantizeLinear(q, s)\ny = Add(x, d)",
            "layer 'q': 2 values of 'zero_point' for 1 places of axis 0"
        ),
        (
            "x = Input() {\"shape\": [null, 4]}\nv = Constant() {\"value_ints\": [1]}\n"
                + "k = Constant() {\"value_ints\": [1, 1]}\ni = Reshape(v, k)\ny = ScatterElements(x, i, x) {\"axis\": 1}",
            "layer 'y': updates of (N, 4) for 1 places"
        ),
        (
            "x = Input() {\"shape\": [null, 4]}\ny = IsNaN(x)",
            "layer 'y': IsNaN of what enters the network is not supported"
        ),
        (
            "x = Input() {\"shape\": [null, 4]}\ny = ArgMax(x) {\"axis\": 1}",
            "layer 'y': operator ArgMax is not supported"
        ),
        (
            "x = Input() {\"shape\": [null, 4]}\ny = DynamicQuantizeLinear(x)",
            "layer 'y': operator DynamicQuantizeLinear is not supported"
        ),
        (
            "x = Input() {\"shape\": [null, 3, 4]}\nk = Constant() {\"value_ints\": [-1, 4]}\ny = Reshape(x, k)",
            "'model.onnx': the output 'y' puts samples and other axes into one"
        ),
        (
            "x = Input() {\"shape\": [null, 2, 4]}\nk = Constant() {\"value_ints\": [-1, 4]}\nf = Reshape(x, k)\n"
                + "y = Softmax(f) {\"axis\": 0}",
            "layer 'y': it reads a tensor that puts samples and other axes into one, which Softmax cannot"
        ),
        (
            "x = Input() {\"shape\": [null, 4]}\nk = Constant() {\"value_ints\": [1048576, 1]}\ny = Tile(x, k)",
            "layer 'y': it computes over the samples"
        ),
        (
            "x = Input() {\"shape\": [null, 5]}\nk = Constant() {\"value_ints\": [1, 1048576]}\ny = Tile(x, k)",
            "layer 'y': a tensor of (N, 5242880) is too large"
        ),
        (
            "x = Input() {\"shape\": [null, 4]}\nk = Constant() {\"value_ints\": [1048576, 1048576]}\n"
                + "y = Expand(x, k)", "layer 'y': a tensor of (N, 4) cannot get (1048576, 1048576)"
        ),
        (
            "x = Input() {\"shape\": [null, 4]}\na = Constant() {\"value_int\": 0}\n"
                + "b = Constant() {\"value_int\": 1099511627776}\ns = Constant() {\"value_int\": 1}\n"
                + "r = Range(a, b, s)\ny = Add(x, r)",
            "layer 'r': a range from 0.0 to 1099511627776.0 in steps of 1.0 is not possible"
        ),
    ])
    func theReasonIsGiven(lines: String, message: String) throws {
        #expect(try refusals(of: lines + "\n-> y") == [message])
    }

    @Test func aCircleIsRefused() throws {
        let messages = try refusals(
            of: """
                x = Input() {"shape": [null, 4]}
                a = Add(x, b)
                b = Relu(a)
                -> b
                """)
        #expect(messages.count == 1 && messages[0].contains("in a circle"), "\(messages)")
    }

    /// Functions that never end, and few bytes of them that ask for any number of nodes.
    @Test(arguments: [
        ("circle", "functions call each other in a circle: 'Here' -> 'There' -> 'Here'"),
        ("many", "with the nodes of its functions it has more than the 16384 that a network may have"),
    ])
    func functionsEnd(name: String, message: String) throws {
        let file = try modelFile("onnx/\(name).onnx")
        let error = #expect(throws: DiagnosticError.self) { try ModelReader.read(.whole(file)) }
        #expect(error?.diagnostics.map(\.message) == ["'\(file.name)': \(message)"])
    }

    /// A file of a hundred bytes whose weights claim four tebibytes.
    @Test func aTensorShorterThanItsShapeIsRefused() throws {
        func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] { [number << 3 | 2, UInt8(bytes.count)] + bytes }
        let size: [UInt8] = [0x08, 0x80, 0x80, 0x40]
        let weight = size + size + [0x10, 1] + field(8, Array("w".utf8)) + field(9, [0, 0, 0, 0])
        let node =
            field(1, Array("x".utf8)) + field(1, Array("w".utf8)) + field(2, Array("y".utf8))
            + field(4, Array("MatMul".utf8))
        let shape = field(1, [0x08, 1]) + field(1, [0x08, 4])
        let value = field(1, Array("x".utf8)) + field(2, field(1, [0x08, 1] + field(2, shape)))
        let graph = field(1, node) + field(5, weight) + field(11, value) + field(12, field(1, Array("y".utf8)))
        let model = [0x08, 8] + field(7, graph) + field(8, [0x10, 17])
        let error = #expect(throws: DiagnosticError.self) {
            try ModelReader.read(.whole(.init(name: "m.onnx", bytes: model)))
        }
        #expect(
            error?.diagnostics.map(\.message) == [
                "'m.onnx': the tensor 'w': its shape asks for 1099511627776 numbers of type float32, but it has 4 bytes"
            ])
    }

    @Test func bytesThatAreNoModelAreSaidToBe() throws {
        for bytes: [UInt8] in [[0x08, 0x07, 0x12, 0x07], [0x08, 0x08, 0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F]] {
            let error = #expect(throws: DiagnosticError.self) {
                try ModelReader.read(.whole(.init(name: "m.onnx", bytes: bytes)))
            }
            let message = try #require(error?.diagnostics.first?.message)
            #expect(message.hasPrefix("'m.onnx': not an ONNX model: "), "\(message)")
        }
    }
}
