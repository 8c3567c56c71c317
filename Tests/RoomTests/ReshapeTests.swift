import Basics
import FixedPoint
import LayerKit
import Options
import Testing

@testable import Layers

@Suite struct ReshapeTests {
    @Test func imports() throws {
        #expect(try Room.read(Reshape.self, "Flatten") == Layer(Reshape(target: [-1])))
        let sizes = JSONValue.array([.int(2), .int(-1)])
        #expect(try Room.read(Reshape.self, "Reshape", ["target_shape": sizes]) == Layer(Reshape(target: [2, -1])))
        Room.expectRefusal(of: "target_shape", Reshape.self, "Reshape")
        Room.expectRefusal(of: "target_shape", Reshape.self, "Reshape", ["target_shape": .array([.int(0)])])
        Room.expectRefusal(of: "order", Reshape.self, "Reshape", ["target_shape": sizes, "order": .string("F")])
        Room.expectRefusal(of: "data_format", Reshape.self, "Flatten", ["data_format": .string("channels_first")])
    }

    @Test func shapes() throws {
        #expect(try Reshape.flatten.outputShapes(of: [[3, 4]]) == [[12]])
        #expect(try Reshape(target: [2, -1, 2]).outputShapes(of: [[3, 4]]) == [[2, 3, 2]])
        #expect(try Reshape(target: [6, 2]).outputShapes(of: [[12]]) == [[6, 2]])
        for target in [[5], [5, -1], [-1, -1], [12, 0]] {
            #expect(Room.refusedShape(Reshape(target: target), [3, 4]) == "target_shape", "\(target)")
        }
    }

    @Test(arguments: Compat.allCases) func types(_ compat: Compat) throws {
        let lowered = try Room.lower(Reshape.flatten, compat, .fixed(9, 4), shape: [3, 4]) {
            $0.project.defaultPrecision = .type(.fixed(12, 6))
        }
        #expect(try Room.operation(ReshapeOperation.self, lowered).resultType == .uniform(.fixed(9, 4)))
        #expect(lowered.parts[0].shapes == [[12]])
    }

    /// Types by channel stay so where the last axis stays, and become types by element elsewhere.
    @Test func typesByChannel() throws {
        let types: [FixedType] = [.fixed(6, 3), .ufixed(5, 1)]
        func lowered(_ target: Shape) throws -> ElementTypes {
            let spec = TensorSpec(types: .axis(1, types), shape: [2, 2])
            let layer = Reshape(target: target)
            let site = LoweringSite(
                layer: "x", typeName: "Reshape", options: OptionTable(), io: .parallel,
                inputs: [.init(spec, ranges: Ranges(of: spec.type, count: 4))],
                outputs: try layer.outputShapes(of: [[2, 2]]))
            return try Room.operation(ReshapeOperation.self, layer.lower(site)).resultType
        }
        #expect(try lowered([2, 1, 2]) == .axis(2, types))
        #expect(try lowered([4]) == .each(types + types))
    }

    @Test(arguments: [FixedType.fixed(16, 6), .ufixed(5, 7), .int(9)]) func kernel(_ type: FixedType) {
        let operation = ReshapeOperation(resultType: .uniform(type))
        Room.expectKernel(operation, type, [3, 4], gives: [12]) { $0.map { $0.raw(in: type) } }
    }
}
