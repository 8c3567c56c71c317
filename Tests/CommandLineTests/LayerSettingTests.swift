import Basics
import Testing
import TestSupport

/// What a project file says of layers, held against the model that it names.
@Suite struct LayerSettingTests {
    private func reuse(_ names: [String], _ settings: String, _ overrides: String...) async throws -> Ended {
        let folder = try Scratch()
        try Network.write(names, settings: settings, to: folder)
        return try await Program.run(
            try Program(in: folder).path, ["check"] + overrides.flatMap { ["--set", $0] }, in: folder.path)
    }

    private func results(_ settings: String, _ overrides: String...) async throws -> [String: String] {
        let folder = try Scratch()
        try Network.write(["x", "a", "A"], settings: settings, to: folder)
        let program = try Program(in: folder).path
        let given = overrides.flatMap { ["--set", $0] }
        let built = try await Program.run(program, ["write", "-q"] + given, in: folder.path)
        #expect(built.status == 0, "\(built.errors)")
        let report = try await Program.run(program, ["report", "--json"] + given, in: folder.path)
        let layers = try JSONValue(parsing: Array(report.output.utf8), name: "report")["layers"]?.arrayValue ?? []
        return Dictionary(
            layers.map { ($0["name"]?.stringValue ?? "", $0["result"]?.stringValue ?? "") },
            uniquingKeysWith: { first, _ in first })
    }

    /// A layer is called exactly as in the model: what is stated of `a` is not stated of `A`.
    @Test func capitalsTellLayersApart() async throws {
        let one = try await results("layers: {a: {precision: \"fixed<10,3>\"}}\n")
        #expect(one["a"] == "fixed<10,3>" && one["A"] == "fixed<16,6>")
        let both = try await results("layers: {A: {precision: \"fixed<9,4>\"}, a: {precision: \"fixed<10,3>\"}}\n")
        #expect(both["a"] == "fixed<10,3>" && both["A"] == "fixed<9,4>")
        let set = try await results(
            "layers: {a: {precision: \"fixed<10,3>\"}}\n", "layers.A.precision=fixed<9,4>")
        #expect(set["a"] == "fixed<10,3>" && set["A"] == "fixed<9,4>")
    }

    /// Where only capitals differ, a name means the one layer that it can mean; what it could mean twice is an error.
    @Test func capitalsThatAreWrong() async throws {
        let types = "{precision: \"fixed<10,3>\"}"
        #expect(try await reuse(["x", "Fc1"], "layers: {fc1: \(types)}\n").status == 0)
        let several = try await reuse(["x", "ab", "AB"], "layers: {Ab: \(types)}\n")
        #expect(several.status == 2 && several.errors.contains("help: write one of ab, AB\n"), "\(several.errors)")
        let twice = try await reuse(["x", "ab"], "layers: {Ab: \(types), ab: \(types)}\n")
        #expect(twice.status == 2 && twice.errors.contains("'Ab' and 'ab' both mean the layer 'ab'"))
        let none = try await reuse(["x", "ab"], "layers: {Abc: \(types)}\n")
        #expect(none.errors.contains("hlsbuild.yml:7:10: error: the model has no layer 'Abc'"), "\(none.errors)")
    }

    @Test func everySettingMustMeanSomething() async throws {
        let folder = try Scratch()
        let program = try Program(in: folder)
        #expect(try await program("init", ".").status == 0)
        try folder.write(
            "hlsbuild.yml",
            """
            project: minimal
            model: model.h5
            part: xcu250-figd2104-2L-e
            layers:
              score: {depthwise_reuse: 4, recurrent_reuse: 2, reuse: 1}
              hiddn: {reuse: 1}
              relu: {strategy: latency, precision: {weight: "fixed<8,2>"}}

            """)
        let run = try await program("check")
        #expect(run.status == 2)
        #expect(
            run.errors == """
                hlsbuild.yml:5:28: error: 'depthwise_reuse' means nothing for layer 'score' (Dense)
                help: it takes reuse, strategy, parallelization, adder_slack and precision
                hlsbuild.yml:5:48: error: 'recurrent_reuse' means nothing for layer 'score' (Dense)
                help: it takes reuse, strategy, parallelization, adder_slack and precision
                hlsbuild.yml:6:3: error: the model has no layer 'hiddn'
                help: did you mean 'hidden'? its layers are bits, hidden, hidden_linear, relu, score, score_linear, xor
                hlsbuild.yml:7:20: error: 'strategy' means nothing for layer 'relu' (Activation)
                help: leave it out
                hlsbuild.yml:7:49: error: layer 'relu' (Activation) has no 'weight'
                help: it has result, param

                """)
    }
}
