import FixedPoint
import LayerKit
import Layers
import Options
import Testing

@testable import Optimizer

@Suite struct FuseQuantizersTests {
    @Test func aSumIsCastToTheTypeOfTheQuantizerBehindIt() throws {
        let model = try NetworkText([
            "x = input() [2]", "d = dense(x) [2] kernel 1 2 3 4", "q = fakeQuantizer(d) [2] scale 0.25 low 0 high 15",
            "return q",
        ]).model()
        let fused = Pass.fuseQuantizers.apply(model, .stating(.native))
        #expect(fused.nodes.map(\.name) == ["x", "d"])
        #expect(fused["d"]?.result == .type(.ufixed(4, 2, .rndConv, .sat)))
        let stated = Pass.fuseQuantizers.apply(model, .stating(.native, ["d": .type(.fixed(9, 4))]))
        #expect(stated == model)
    }
}
