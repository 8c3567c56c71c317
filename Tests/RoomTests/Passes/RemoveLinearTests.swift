import FixedPoint
import LayerKit
import Layers
import Options
import Testing

@testable import Optimizer

@Suite struct RemoveLinearTests {
    static let before = [
        "x = input() [2]", "d = dense(x) [1] kernel 1 2", "l = linear(d) [1]", "r = relu(l) [1]", "return r",
    ]
    static let after = ["x = input() [2]", "d = dense(x) [1] kernel 1 2", "r = relu(d) [1]", "return r"]
    static let narrow = PrecisionChoice.type(.fixed(8, 3)), wide = PrecisionChoice.type(.fixed(18, 8))

    @Test(arguments: Compat.allCases) func withoutATypeItGoes(_ compat: Compat) throws {
        try expect(.removeLinear, .stating(compat), Self.before, gives: Self.after)
    }

    @Test func nativelyAStatedTypeMakesItACast() throws {
        try expect(.removeLinear, .stating(.native, ["l": Self.narrow]), leaves: Self.before)
        try expect(.removeLinear, .stating(.native, ["l": Self.narrow, "d": Self.narrow]), leaves: Self.before)
        try expect(.removeLinear, .stating(.native, ["l": .auto]), Self.before, gives: Self.after)
        // A default is not a type of its own.
        var options = OptionTable()
        options.project.defaultPrecision = Self.narrow
        try expect(.removeLinear, options, Self.before, gives: Self.after)
    }

    @Test func underHls4mlItsTypeIsComparedWithItsSource() throws {
        try expect(.removeLinear, .stating(.hls4ml, ["l": Self.narrow]), leaves: Self.before)
        try expect(.removeLinear, .stating(.hls4ml, ["l": Self.narrow, "d": Self.wide]), leaves: Self.before)
        try expect(
            .removeLinear, .stating(.hls4ml, ["l": Self.narrow, "d": Self.narrow]), Self.before, gives: Self.after)
        // The type of a source that is inferred is whatever comes out: the layer's own is ignored.
        try expect(
            .removeLinear, .stating(.hls4ml, ["l": Self.narrow, "d": .auto]), Self.before, gives: Self.after)
    }

    /// QKeras' `quantized_bits` between layers: its type does not reach a source whose own is inferred.
    @Test func underHls4mlAQuantizerIsALinearLayer() throws {
        var model = try NetworkText(Self.before).model()
        let type = FixedType.fixed(8, 3, .rndConv, .sat)
        model.nodes[2].layer = Layer(QuantizedActivation(.fixed(.uniform(type))))
        let inferred = OptionTable.stating(.hls4ml, ["l": .type(type), "d": .auto])
        #expect(NetworkText(Pass.removeLinear.apply(model, inferred)).lines == Self.after)
        #expect(Pass.removeLinear.apply(model, .stating(.hls4ml, ["l": .type(type)])) == model)
        #expect(Pass.removeLinear.apply(model, .stating(.native)) == model)
    }

    @Test func anInputIsNotInferred() throws {
        try expect(
            .removeLinear, .stating(.hls4ml, ["l": Self.narrow, "x": .auto]),
            leaves: ["x = input() [2]", "l = linear(x) [2]", "return l"])
    }

    @Test func othersOfItsSourceDoNotMatter() throws {
        try expect(
            .removeLinear,
            ["x = input() [2]", "a = relu(x) [2]", "l = linear(a) [2]", "b = softmax(a) [2]", "return l,b"],
            gives: ["x = input() [2]", "a = relu(x) [2]", "b = softmax(a) [2]", "return a,b"])
    }
}
