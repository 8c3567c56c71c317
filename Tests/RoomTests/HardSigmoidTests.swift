import Basics
import FixedPoint
import LayerKit
import Options
import Testing

@testable import Layers

@Suite struct HardSigmoidTests {
    @Test func imports() throws {
        #expect(
            try Room.read(HardSigmoid.self, "activations.hard_sigmoid") == Layer(HardSigmoid(slope: 0.2, shift: 0.5)))
        Room.expectRefusal(of: "slope", HardSigmoid.self, "activations.hard_sigmoid", ["slope": .double(0.25)])
    }

    @Test func shapes() throws { #expect(try HardSigmoid().outputShapes(of: [[3, 2]]) == [[3, 2]]) }

    @Test func types() throws {
        func lowered(_ compat: Compat, _ input: FixedType, _ result: PrecisionChoice? = nil) throws
            -> HardSigmoidOperation
        {
            let lowered = try Room.lower(HardSigmoid(), compat, input) { $0.project.precision[.result] = result }
            return try Room.operation(HardSigmoidOperation.self, lowered)
        }
        let native = try lowered(.native, .fixed(16, 6)), peer = try lowered(.hls4ml, .fixed(16, 6))
        #expect(native.resultType == .ufixed(18, 1, .rnd) && peer.resultType == .fixed(16, 6))
        // Whole numbers times the slope have no more than 16 bits behind the point.
        #expect(try lowered(.native, .fixed(6, 6)).resultType == .ufixed(17, 1, .rnd))
        for (compat, operation) in [(Compat.native, native), (.hls4ml, peer)] {
            #expect(operation.slope == Constant(raw: 13107, type: .ufixed(16, 0)))
            #expect(operation.shift == Constant(raw: 2, type: .ufixed(2, 0)))
            #expect(try lowered(compat, .fixed(16, 6), .type(.ufixed(8, 1))).resultType == .ufixed(8, 1))
        }
    }

    @Test(arguments: resultTypes) func kernel(_ result: FixedType) {
        let operation = HardSigmoidOperation(
            resultType: result, slope: Constant(0.2, as: .ufixed(16, 0)), shift: Constant(0.5, as: .ufixed(2, 0)))
        for input in [FixedType.fixed(9, 4), .ufixed(8, 3), .fixed(5, 5)] {
            Room.expectKernel(operation, input, [4], samples: 10) { x in
                x.map { x in
                    max(Exact(0), min(Exact(1), x * operation.slope.exact + operation.shift.exact)).raw(in: result)
                }
            }
        }
    }

    @Test func firmware() async throws {
        try await Room.expectFirmware { _ in
            [
                HardSigmoidOperation(
                    resultType: .ufixed(9, 1, .rnd), slope: Constant(0.2, as: .ufixed(16, 0)),
                    shift: Constant(0.5, as: .ufixed(2, 0)))
            ]
        }
    }

    /// An input without any bit behind the point, and far from it, leaves a type of one bit and not of none.
    @Test func aCoarseInputHasAResultAllTheSame() throws {
        for input in [FixedType.fixed(16, 40), .fixed(8, 60), .ufixed(20, 50)] {
            let lowered = try Room.lower(HardSigmoid(), .native, input)
            #expect(try Room.operation(HardSigmoidOperation.self, lowered).resultType.fault == nil)
        }
    }
}
