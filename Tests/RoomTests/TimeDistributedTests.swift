import LayerKit
import Testing

@testable import Layers

/// As trained, against the definition.
@Suite struct TimeDistributedTests {
    @Test func eachStepByItself() throws {
        let layer = TimeDistributed(Reduction(.sum, axes: [0, 1], keepsAxes: false), axes: 1)
        try Trained.expect(layer, [[3, 2, 2]], [3]) { x, index in x[0][index[0] * 4..<index[0] * 4 + 4].reduce(0, +) }
        #expect(throws: LayerError.self) { try layer.outputShapes(of: [[]]) }
    }
}
