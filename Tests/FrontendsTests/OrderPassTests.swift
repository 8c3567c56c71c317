import Basics
import LayerKit
import Testing

@testable import Frontends

struct OrderPassTests {
    @Test func nodesFollowThoseTheyReadFrom() throws {
        try expect(
            .order,
            """
            late = ELU(d, b)
            b = InputLayer()
            d = Dense(a)
            a = InputLayer()
            other = ELU(b)
            -> late, other
            """,
            gives: """
                b = InputLayer()
                a = InputLayer()
                d = Dense(a)
                late = ELU(d, b)
                other = ELU(b)
                -> late, other
                """)
    }

    /// What is ordered already stays in the order of the file.
    @Test func anOrderThatHoldsStays() throws {
        let text = """
            a = InputLayer()
            s, t = Split(a)
            y = Add(t, s)
            z = Add(s, s)
            -> z, y
            """
        try expect(.order, text, gives: text)
    }

    @Test func aCircleIsNamed() throws {
        let graph = try ImportGraph(
            text: """
                in = InputLayer()
                b = ELU(c)
                c = ELU(d)
                d = Add(b, in)
                -> b
                """)
        let error = try #require(throws: DiagnosticError.self) { try ImportPass.order.apply(graph) }
        #expect(
            error.diagnostics.map(\.message) == [
                "'model.json': the layers depend on each other in a circle: d -> c -> b -> d"
            ])
    }

    @Test func aNodeThatReadsItselfIsACircle() throws {
        let graph = try ImportGraph(text: "b = ELU(b)\n-> b")
        let error = try #require(throws: DiagnosticError.self) { try ImportPass.order.apply(graph) }
        #expect(error.description.contains("in a circle: b -> b"))
    }

    /// Deep networks take no stack and no quadratic time.
    @Test func aLongChainIsOrdered() throws {
        var nodes = [ImportNode("InputLayer", "n0")]
        for index in 1..<5000 { nodes.append(ImportNode("ELU", "n\(index)", inputs: ["n\(index - 1)"])) }
        let graph = ImportGraph(
            format: .keras, file: "m", nodes: nodes.reversed(), inputs: ["n0"], outputs: ["n4999"])
        #expect(try ImportPass.order.apply(graph).nodes == nodes)
    }
}
