import FixedPoint
import LayerKit
import Layers
import Options
import Testing

@testable import Optimizer

@Suite struct FuseScalarProductTests {
    private static func model(reads: Int = 1) -> Model {
        let nodes: [Model.Node] = [
            .init(name: "x", inputs: [], shape: [2, 3], layer: InputLayer(shape: [2, 3])),
            .init(name: "y", inputs: [], shape: [2, 3], layer: InputLayer(shape: [2, 3])),
            .init(name: "products", inputs: ["x", "y"], shape: [2, 3], layer: Merge(.multiply)),
            .init(name: "sums", inputs: ["products"], shape: [2], layer: Reduction(.sum, axes: [1], keepsAxes: false)),
        ]
        return Model(nodes: nodes, inputs: ["x", "y"], outputs: reads > 1 ? ["sums", "products"] : ["sums"])
    }

    @Test func aSumOfProductsIsAnEinsum() {
        let fused = Pass.fuseScalarProduct.apply(Self.model(), .stating(.native))
        #expect(fused.nodes.map { $0.name } == ["x", "y", "sums"])
        #expect(fused["sums"]?.layer.as(Einsum.self) == Einsum("ab,ab->a"))
        #expect(fused["sums"]?.inputs == ["x", "y"])
    }

    /// Products that something else reads, or whose type is stated, exist.
    @Test func productsThatAreWantedStay() {
        let read = Self.model(reads: 2)
        #expect(Pass.fuseScalarProduct.apply(read, .stating(.native)) == read)
        let stated = OptionTable.stating(.native, ["products": .type(.fixed(9, 4))])
        #expect(Pass.fuseScalarProduct.apply(Self.model(), stated) == Self.model())
    }
}
