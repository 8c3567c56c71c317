import LayerKit
import Testing

@testable import Layers

/// As trained, against the definition.
@Suite struct ConstantTensorTests {
    @Test func constants() throws {
        let layer = ConstantTensor(try Trained.tensor([2], 1))
        #expect(layer.floatKernel([])([], samples: 2)[0] == layer.value.doubles + layer.value.doubles)
    }
}
