import Basics
import FixedPoint
import LayerKit
import Options
import Testing

@testable import Layers

@Suite struct SquareTests {
    @Test func imports() throws {
        #expect(try Room.read(Square.self, "Square") == Layer(Square()))
        Room.expectRefusal(of: "power", Square.self, "Square", ["power": .int(3)])
    }

    @Test func shapes() throws { #expect(try Square().outputShapes(of: [[3, 2]]) == [[3, 2]]) }

    @Test func asTrained() {
        #expect(Square().evaluateFloat([[1.5, -3, 0]], [[3]]) == [[2.25, 9, 0]])
    }

    private func lowered(_ compat: Compat, _ input: FixedType, _ result: PrecisionChoice? = nil) throws -> Lowered {
        try Room.lower(Square(), compat, input) { $0.project.precision[.result] = result }
    }

    private func result(_ compat: Compat, _ input: FixedType, _ result: PrecisionChoice? = nil) throws -> FixedType {
        try Room.operation(SquareOperation.self, lowered(compat, input, result)).resultType
    }

    @Test func types() throws {
        // (-32)^2 = 1024 takes one bit more than all below.
        #expect(try result(.native, .fixed(16, 6)) == .ufixed(21, 11, .rnd))
        #expect(try result(.native, .ufixed(8, 4)) == .ufixed(12, 8, .rnd))
        #expect(try result(.hls4ml, .ufixed(8, 4)) == .fixed(16, 6))
        for compat in Compat.allCases {
            #expect(try result(compat, .fixed(16, 6), .type(.ufixed(9, 5))) == .ufixed(9, 5))
        }
    }

    /// From zero up to the larger end's square, rounded.
    @Test func ranges() throws {
        let span = try lowered(.native, .fixed(6, 3)).parts[0].ranges[0].span
        #expect(span.low == 0 && span.high == 16.125)
    }

    @Test(arguments: resultTypes) func kernel(_ result: FixedType) {
        for input in [FixedType.fixed(9, 4), .ufixed(8, 3), .fixed(5, 7), .fixed(6, -2), .int(6)] {
            Room.expectKernel(SquareOperation(resultType: result), input, [4], samples: 10) { x in
                x.map { ($0 * $0).raw(in: result) }
            }
        }
    }

    @Test func firmware() async throws {
        let others: [(type: FixedType, shape: Shape)] = [(.int(6), [4]), (.fixed(6, -2), [4])]
        try await Room.expectFirmware(Room.firmwareInputs + others) { _ in
            resultTypes.map { SquareOperation(resultType: $0) }
        }
    }
}
