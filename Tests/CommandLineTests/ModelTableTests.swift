import Basics
import TestSupport
import Testing

/// The network as hlsbuild understood it: `check` and `graph --model`.
@Suite struct ModelTableTests {
    let hlsbuild: Program

    init() async throws {
        hlsbuild = try Program(in: Scratch())
        _ = try await hlsbuild("init")
    }

    @Test func checkPrintsTheLayers() async throws {
        let run = try await hlsbuild("check")
        #expect(run.status == 0)
        let table = """
            layer          kind        shape  parameters  weight       result
            bits           Input       2                               fixed<16,6>
            hidden         Dense       4      12          fixed<10,4>  fixed<16,6>
            hidden_linear  Activation  4
            relu           Activation  4                               fixed<16,6>
            score          Dense       1      5           fixed<16,6>  fixed<16,6>
            score_linear   Activation  1

            """
        #expect(run.output.begins(with: table))
        #expect(run.output.ends(with: "hlsbuild.yml: no errors\n"))
        #expect(try await hlsbuild("-q", "check").output == "")
    }

    @Test func programsGetTheLayersAsObjects() async throws {
        for words in [["check", "--json"], ["graph", "--model", "--json"], ["graph", "--model", "--format", "json"]] {
            let run = try await Program.run(hlsbuild.path, words, in: hlsbuild.folder.path)
            let layers = try JSONValue(parsing: Array(run.output.utf8), name: "layers")["layers"]?.arrayValue ?? []
            let dense = layers.filter { $0["kind"]?.stringValue == "Dense" }
            #expect(dense.count == 2, "\(run.output)")
            #expect(dense.first?["parameters"]?.integerValue == 12)
        }
    }

    @Test func drawings() async throws {
        let dot = try await hlsbuild("graph", "--model", "--format", "dot").output
        #expect(dot.begins(with: "digraph model {\n  node [shape=box];\n  n0 [label=\"bits\\nInput"))
        #expect(dot.contains("  n0 -> n1 [label=\"2\"];\n"))
        let mermaid = try await hlsbuild("graph", "--model", "--format", "mermaid").output
        #expect(mermaid.begins(with: "graph TD\n  n0[\"bits<br/>Input<br/>fixed#lt;16,6#gt;\"]\n"))
        #expect(mermaid.contains("  n0 -->|2| n1\n"))
        // The option of another command that takes a value.
        #expect(try await hlsbuild("init", "--model").errors.contains("a value is missing behind '--model'"))
    }
}
