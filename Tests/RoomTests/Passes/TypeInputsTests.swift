import FixedPoint
import LayerKit
import Layers
import Options
import Testing

@testable import Optimizer

@Suite struct TypeInputsTests {
    @Test func anInputHasTheTypeOfItsQuantizer() throws {
        let model = try NetworkText([
            "x = input() [2]", "q = fakeQuantizer(x) [2] scale 0.25 low -8 high 7", "return q",
        ]).model()
        let typed = Pass.typeInputs.apply(model, .stating(.native))
        #expect(typed["x"]?.result == .type(.fixed(4, 2, .rndConv, .sat)))
        #expect(typed.outputs == [TensorID("x")])
    }
}
