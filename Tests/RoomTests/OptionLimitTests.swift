import Basics
import FixedPoint
import LayerKit
import Layers
import Optimizer
import Options
import Testing

@Suite struct OptionLimitTests {
    private var model: Model {
        Model(
            nodes: [
                Model.Node(name: "x", inputs: [], shape: [2], layer: InputLayer(shape: [2])),
                Model.Node(name: "hidden", inputs: [TensorID("x")], shape: [2], layer: Linear()),
            ], inputs: ["x"], outputs: [TensorID("hidden")])
    }

    /// What is said of settings for layers that the model does not have.
    private func said(_ names: [String]) -> [Diagnostic] {
        var options = OptionTable()
        for name in names {
            options.layers[name] = LayerOptions()
            options.types[name] = LayerOptions()
        }
        do throws(DiagnosticError) {
            _ = try Pipeline.optimize(model, options: options, io: .parallel)
            return []
        } catch {
            return error.diagnostics
        }
    }

    @Test func thousandsOfWrongNamesAreTheFirstHundred() {
        let all = said((0..<3000).map { "hiddn\($0)" })
        #expect(all.count == 101)
        #expect(all.last?.message == "5900 more like these")
        #expect(all.allSatisfy { $0.rendered.utf8.count < 1000 })
    }

    @Test func oneWrongNameIsHelpedWith() {
        #expect(said(["hiden"]).first?.help == "did you mean 'hidden'? its layers are x, hidden")
    }

    @Test func aNameOfMegabytesIsShown() {
        let all = said([String(repeating: "hidden", count: 1_000_000)])
        #expect(all.count == 2)
        #expect(all.allSatisfy { $0.message.utf8.count < 300 })
    }

    /// hls4ml takes names that mean nothing without a word, so its files do their work, and the user is told.
    @Test func whatReachesNoLayerOfAForeignFileIsSaid() throws {
        var options = OptionTable()
        options.compat = .hls4ml
        for name in ["Activatoin", "ACTIVATION", "Dense"] { options.types[name] = LayerOptions() }
        for name in ["HIDDEN", "hiden"] { options.layers[name] = LayerOptions() }
        let warnings = try Pipeline.optimize(model, options: options, io: .parallel).warnings
        #expect(
            warnings.map(\.rendered).joined() == """
                warning: the model has no layer 'hiden': what is stated of it has no effect
                help: did you mean 'hidden'? its layers are x, hidden
                warning: the model has no layer of type 'Activatoin': what is stated of it has no effect
                help: did you mean 'Activation'? its types are Activation, Input
                warning: the model has no layer of type 'Dense': what is stated of it has no effect
                help: its types are Activation, Input

                """)
        for number in 0..<1000 { options.layers["no\(number)"] = LayerOptions() }
        let many = try Pipeline.optimize(model, options: options, io: .parallel).warnings
        #expect(many.count == 21)
        #expect(many.last?.message == "983 more names are of no layer: what is stated of them has no effect")
        options.types = [:]
        options.layers = ["hidden": LayerOptions(), "HIDDEN": LayerOptions()]
        #expect(throws: DiagnosticError.self) { try Pipeline.optimize(model, options: options, io: .parallel) }
    }

    /// Types are compared without regard to case, and shown as they were written.
    @Test func namesOfTypesKeepTheirCapitals() throws {
        var options = OptionTable()
        options.types["dENSE"] = LayerOptions()
        options.types["dENSE"]?.reuse = 4
        #expect(options.value(\.reuse, layer: "a", type: "Dense") == 4)
        #expect {
            try Pipeline.optimize(model, options: options, io: .parallel)
        } throws: {
            "\($0)".contains("the model has no layer of type 'dENSE'")
        }
    }

    /// What is inferred of types at the ends of what is possible is an error of the layer, not a design nobody can read.
    @Test func inferredTypesThatAreNoneAreErrors() {
        var model = model
        model.nodes[1].layer = Layer(ReLU(.relu))
        var options = OptionTable()
        options.layers["x"] = LayerOptions()
        options.layers["x"]?.precision[.result] = .type(.fixed(16, -2048))
        #expect {
            try Pipeline.optimize(model, options: options, io: .parallel)
        } throws: {
            "\($0)".contains(
                "layer 'hidden': its result would be of type ufixed<1,-2063>: an integer part of -2063 bits")
        }
    }
}
