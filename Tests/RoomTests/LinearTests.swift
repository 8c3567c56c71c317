import Basics
import FixedPoint
import LayerKit
import Options
import Testing

@testable import Layers

@Suite struct LinearTests {
    @Test func imports() throws {
        #expect(try Room.read(Linear.self, "activations.linear") == Layer(Linear()))
        #expect(try Room.read(Linear.self, "Activation", ["activation": .null]) == Layer(Linear()))
        Room.expectRefusal(of: "activation", Linear.self, "Activation", ["activation": .string("swoosh")])
        Room.expectRefusal(of: "beta", Linear.self, "activations.linear", ["beta": .int(1)])
    }

    @Test func shapes() throws { #expect(try Linear().outputShapes(of: [[3, 2]]) == [[3, 2]]) }

    @Test func types() throws {
        func result(_ compat: Compat, _ choice: PrecisionChoice?) throws -> ElementTypes {
            let lowered = try Room.lower(Linear(), compat, .ufixed(12, 4)) {
                $0.layers["x"] = LayerOptions()
                $0.layers["x"]?.precision[.result] = choice
            }
            return try Room.operation(CastOperation.self, lowered).resultType
        }
        #expect(try result(.native, nil) == .uniform(.ufixed(12, 4)))
        #expect(try result(.hls4ml, nil) == .uniform(.fixed(16, 6)))
        for compat in Compat.allCases {
            #expect(try result(compat, .type(.fixed(8, 3, .rnd, .sat))) == .uniform(.fixed(8, 3, .rnd, .sat)))
        }
    }

    @Test(arguments: resultTypes) func kernel(_ result: FixedType) {
        for input in [FixedType.fixed(12, 5), .ufixed(9, 6), .fixed(6, 9), .fixed(7, -2)] {
            Room.expectKernel(CastOperation(result), input, [4], samples: 12) { $0.map { $0.raw(in: result) } }
        }
    }

    /// Each channel has its own type; raw values are in units of the last place of the one that holds them all.
    @Test func kernelOfTypesByChannel() {
        let types: [FixedType] = [.fixed(6, 3, .rnd, .sat), .ufixed(5, 1), ElementTypes.none]
        let operation = CastOperation(resultType: .axis(1, types))
        Room.expectKernel(operation, .fixed(9, 3), [2, 3]) { x in
            x.enumerated().map { index, x in
                index % 3 == 2 ? 0 : x.cast(to: types[index % 3]).raw(in: .fixed(7, 3))
            }
        }
    }

    @Test func firmware() async throws {
        try await Room.expectFirmware { _ in
            [CastOperation(.fixed(9, 4, .rndConv, .sat)), CastOperation(.int(4))]
        }
    }

    /// Every rounding with every overflow, from both signs to both signs.
    @Test func firmwareOfEveryMode() async throws {
        let types = Rounding.allCases.flatMap { rounding in
            Overflow.allCases.flatMap { overflow in
                [FixedType.fixed(6, 3, rounding, overflow), .ufixed(5, 2, rounding, overflow)]
            }
        }
        try await Room.expectFirmware([(.fixed(9, 4), [8]), (.ufixed(9, 4), [8])]) { _ in
            types.map { CastOperation($0) }
        }
    }
}
