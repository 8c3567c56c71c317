import LayerKit
import Testing

@testable import Layers

/// As trained, against the definition.
@Suite struct EmbeddingTests {
    @Test func rowsOfTheTable() throws {
        let table = try #require(Tensor(shape: [3, 2], values: [0, 1, 10, 11, 20, 21]))
        let layer = Embedding(table: table)
        #expect(try layer.outputShapes(of: [[2]]) == [[2, 2]])
        let kernel = layer.floatKernel([[2]])
        #expect(kernel([[2, 0, 1, 1]], samples: 2) == [[20, 21, 0, 1, 10, 11, 10, 11]])
        // No number is outside of it.
        #expect(kernel([[.infinity, -.infinity]], samples: 1) == [[20, 21, 0, 1]])
        #expect(kernel([[.nan, 1e300]], samples: 1) == [[0, 1, 20, 21]])
        #expect(throws: LayerError.self) { try Embedding(table: Tensor([1])).outputShapes(of: [[2]]) }
    }
}
