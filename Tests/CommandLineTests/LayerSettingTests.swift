import Testing
import TestSupport

/// What a project file says of layers, held against the model that it names.
@Suite struct LayerSettingTests {
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
              score: {parallelization: 4, recurrent_reuse: 2, reuse: 1}
              hiddn: {reuse: 1}
              relu: {strategy: latency, precision: {weight: "fixed<8,2>"}}

            """)
        let run = try await program("check")
        #expect(run.status == 2)
        #expect(
            run.errors == """
                hlsbuild.yml:5:28: error: 'parallelization' means nothing for layer 'score' (Dense)
                help: it takes reuse, strategy and precision
                hlsbuild.yml:5:48: error: 'recurrent_reuse' means nothing for layer 'score' (Dense)
                help: it takes reuse, strategy and precision
                hlsbuild.yml:6:3: error: the model has no layer 'hiddn'
                help: did you mean 'hidden'? its layers are bits, hidden, hidden_linear, relu, score, score_linear, xor
                hlsbuild.yml:7:20: error: 'strategy' means nothing for layer 'relu' (Activation)
                help: leave it out
                hlsbuild.yml:7:49: error: layer 'relu' (Activation) has no 'weight'
                help: it has result, param

                """)
    }
}
