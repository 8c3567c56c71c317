import FixedPoint
import LayerKit
import Layers
import Options
import Testing

@testable import Optimizer

@Suite struct ApplyAlphaTests {
    private static let network = ["x = input() [2]", "d = dense(x) [2] kernel 0.5 4 -1 6 bias 1 -1", "return d"]

    /// The network with a kernel that was quantised with these scales, and a bias of this type.
    private func model(_ factors: [Float], isPowerOfTwo: Bool, bias: FixedType? = nil) throws -> Model {
        var model = try NetworkText(Self.network).model()
        model.nodes[1].quantizers[.kernel] = TrainedQuantizer(
            type: .fixed(4, 2), scale: .init(factors: Tensor(factors), isPowerOfTwo: isPowerOfTwo))
        model.nodes[1].quantizers[.bias] = bias.map { TrainedQuantizer(type: $0) }
        return model
    }

    @Test func theScaleAndTheBiasFollowTheLayer() throws {
        let model = try model([0.5, 2], isPowerOfTwo: false, bias: .fixed(6, 2))
        let applied = Pass.applyAlpha.apply(model, .stating(.hls4ml))
        #expect(
            NetworkText(applied).lines == [
                "x = input() [2]", "d = dense(x) [2] kernel 1 2 -2 3 bias 0 0",
                "d_alpha = batchNormalization(d) [2] scale 0.5 2 bias 1 -1", "return d_alpha",
            ])
        let alpha = try #require(applied["d_alpha"])
        #expect(alpha.types == [.bias: .fixed(6, 2)] && alpha.result == .auto)
        // Nothing takes the scale back into the weights, and natively they stay as trained.
        let fused = Pass.fuseBatchNormalization.apply(applied, .stating(.hls4ml, ["d": .auto]))
        #expect(fused == applied)
        #expect(Pass.applyAlpha.apply(model, .stating(.native)) == model)
    }

    /// Two bits hold the exponents -1 and 0, whatever is asked of them.
    @Test func powersOfTwoPassAQuantiserOfFewBits() throws {
        let options = OptionTable.stating(.hls4ml)
        let narrow = Pass.applyAlpha.apply(try model([2, 0.5], isPowerOfTwo: true), options)
        #expect(NetworkText(narrow).lines[2] == "d_alpha = batchNormalization(d) [2] scale 1 0.5 bias 1 -1")
        #expect(narrow["d_alpha"]?.result == .type(options.modelDefault))
        // An exponent of 3 gives it four: from -4 to 3.
        let wide = Pass.applyAlpha.apply(try model([8, 0.5], isPowerOfTwo: true), options)
        #expect(NetworkText(wide).lines[2] == "d_alpha = batchNormalization(d) [2] scale 8 0.5 bias 1 -1")
    }

    @Test func whatIsSaidOfTheBiasGoesFirst() throws {
        var options = OptionTable.stating(.hls4ml)
        options.layers["d", default: LayerOptions()].precision[.bias] = .type(.fixed(9, 3))
        let applied = Pass.applyAlpha.apply(try model([2], isPowerOfTwo: false, bias: .fixed(6, 2)), options)
        #expect(applied["d_alpha"]?.types == [.bias: .fixed(9, 3)])
    }
}
