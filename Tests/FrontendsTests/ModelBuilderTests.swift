import Basics
import LayerKit
import Layers
import Testing

@testable import Frontends

struct ModelBuilderTests {
    private func model(_ text: String) throws -> Model { try ModelBuilder.build(try ImportGraph(text: text)) }

    private func messages(_ text: String) throws -> [String] {
        try #require(throws: DiagnosticError.self) { try model(text) }.diagnostics.map(\.message)
    }

    private let input = #"in = InputLayer() {"batch_input_shape": [null, 4]}"#

    @Test func everyOpIsReadByOneRoom() {
        var seen: Set<ImportKey> = []
        for rule in Catalog.rules { #expect(seen.insert(rule.key).inserted, "\(rule.key) is read twice") }
        #expect(!seen.isEmpty)
    }

    /// A layer that is called twice is two nodes with the same numbers.
    @Test func aSharedLayerIsTwoNodes() throws {
        let kernel = ImportTensor(try #require(Tensor(shape: [4, 4], values: [Float](repeating: 0.5, count: 16))))
        var graph = try ImportGraph(
            text: """
                \(input)
                d = Dense(in) {"use_bias": false}
                d_call1 = Dense(d) {"use_bias": false} from d
                -> d_call1
                """)
        for index in 1...2 { graph.nodes[index].tensors = ["kernel": kernel] }
        let model = try ModelBuilder.build(graph)
        #expect(model.nodes.map(\.name) == ["in", "d", "d_call1"])
        #expect(model["d"]?.layer == model["d_call1"]?.layer)
        #expect(model.evaluateFloat([[1, 1, 1, 1]]) == [[4, 4, 4, 4]])
    }

    /// Of one layer of the file one refusal says enough, and what follows from it is no news.
    @Test func aLayerIsRefusedOnce() throws {
        #expect(
            try messages(
                """
                \(input)
                d = Dense(in) {"use_bias": false}
                d_swish = activations.swish(d) from d
                a = ELU(d_swish) {"alpha": "x"}
                b = Softmax(a) {"axis": 1}
                -> b
                """) == [
                    "layer 'd': the weights have no 'kernel'", "layer 'a': attribute 'alpha' is 'x', expected a number",
                ])
    }

    @Test func aSplitNodeIsRefusedAsItsLayer() throws {
        let error = try #require(throws: DiagnosticError.self) {
            try model("\(input)\nd_swash = activations.swash(in) from d\n-> d_swash")
        }
        #expect(error.diagnostics.map(\.message) == ["layer 'd': the activation 'swash' is not read yet"])
        #expect(error.diagnostics.map(\.subject) == [["layers", "d", "activation"]])
        let help = try #require(error.diagnostics.first?.help)
        #expect(help.hasPrefix("did you mean 'swish'? activations that are read: linear, relu, "))
        #expect(help.contains(", softmax, "))
    }

    @Test func faultsOfTheReaderAreReported() throws {
        var graph = try ImportGraph(text: "\(input)\na = ELU(in)\nb = ELU(a)\nc = Elu(b)\n-> c")
        graph.nodes[1].faults = [.error("one", help: "same")]
        graph.nodes[2].faults = [.error("two", help: "same")]
        graph.nodes[3].faults = [.error("never: the op is refused first")]
        let error = try #require(throws: DiagnosticError.self) { try ModelBuilder.build(graph) }
        #expect(error.diagnostics.map(\.message) == ["one", "two", "layer 'c': class Elu is not read yet"])
        #expect(error.diagnostics.prefix(2).map(\.help) == ["same", nil])
    }

    @Test(arguments: [
        ("a = ELU(b)\n-> a", "'model.json': 'a' reads 'b', which nothing before it gives"),
        ("a = InputLayer()\na = InputLayer()\n-> a", "'model.json': 'a' is given twice"),
        ("a = InputLayer()\n-> b", "'model.json': nothing gives 'b', an input or output of the model"),
    ])
    func wiringThatHoldsNotIsRefused(text: String, message: String) throws {
        #expect(try messages(text) == [message])
    }
}
