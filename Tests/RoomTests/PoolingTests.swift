import FirmwareSupport
import FixedPoint
import LayerKit
import Options
import TestSupport
import Testing

@testable import Layers

/// As trained, and in integers, against the definition.
@Suite struct PoolingTests {
    @Test(arguments: [Pooling.Kind.max, .average], [false, true])
    func pooling(kind: Pooling.Kind, countsPadding: Bool) throws {
        let input = [5, 6, 3]
        let layer = Pooling(
            kind, window: [2, 3], strides: [2, 2], pads: [Pad(1, 0), Pad(1, 1)], countsPadding: countsPadding)
        try Trained.expect(layer, [input], [3, 3, 3]) { x, index in
            let seen = Trained.indices([2, 3]).compactMap { tap in
                Trained.at(x[0], input, [2 * index[0] - 1 + tap[0], 2 * index[1] - 1 + tap[1], index[2]])
            }
            switch kind {
            case .max: return seen.max() ?? .nan
            case .average: return seen.reduce(0, +) / Double(countsPadding ? 6 : seen.count)
            }
        }
    }

    @Test func windowsThatSeeOnlyPaddingAreRefused() {
        let layer = Pooling(.max, window: [2], strides: [1], pads: [Pad(2, 0)])
        #expect(throws: LayerError("a window sees only padding", attribute: "padding")) {
            try layer.outputShapes(of: [[4, 1]])
        }
        let huge = Convolution(
            kernel: Tensor(shape: [1, 1, 1], values: [1]) ?? Tensor([]), bias: nil, strides: [1], dilations: [1],
            pads: [Pad(Int.max, 0)])
        #expect(throws: LayerError.self) { try huge.outputShapes(of: [[4, 1]]) }
    }

    private static func operation(
        _ kind: Pooling.Kind, floors: Bool, countsPadding: Bool, accum: FixedType = .fixed(14, 7), quotient: Int = 9
    ) -> PoolingOperation {
        PoolingOperation(
            kind: kind,
            windows: [
                Window(size: 2, stride: 2, dilation: 1, pad: Pad(1, 0)),
                Window(size: 3, stride: 2, dilation: 1, pad: Pad(1, 1)),
            ], countsPadding: countsPadding, accum: accum, quotientFraction: quotient, floors: floors,
            resultType: .fixed(11, 4, .rnd, .sat))
    }

    @Test(arguments: [Pooling.Kind.max, .average], [false, true])
    func integers(_ kind: Pooling.Kind, floors: Bool) {
        for (countsPadding, accum) in [(false, FixedType.fixed(14, 7)), (true, .fixed(9, 4, .rnd, .sat))] {
            let operation = Self.operation(
                kind, floors: floors, countsPadding: countsPadding, accum: accum, quotient: accum.fraction + 2)
            let plane = Plane(operation.windows, [5, 6, 3])
            Room.expectKernel(operation, .fixed(9, 4), [5, 6, 3], gives: [3, 3, 3], samples: 6) { x in
                (0..<plane.positions * 3).map { index -> Int64 in
                    let position = index / 3
                    let seen = plane.sources(row: position / 3, column: position % 3).compactMap(\.self).map {
                        x[$0 + index % 3]
                    }
                    switch kind {
                    case .max:
                        let largest = seen.max { $0 < $1 } ?? seen[0]
                        return largest.raw(in: operation.resultType)
                    case .average:
                        var sum = Exact(0, of: accum)
                        for element in seen { sum = (sum + element.cast(to: accum)).cast(to: accum) }
                        let scaled = sum.raw(in: accum) * 4, count = Int64(countsPadding ? 6 : seen.count)
                        let down = scaled < 0 && scaled % count != 0 && floors ? scaled / count - 1 : scaled / count
                        let mean = FixedType(
                            width: accum.width + 2, integer: accum.integer, signed: accum.signed)
                        return Exact(down, of: mean).raw(in: operation.resultType)
                    }
                }
            }
        }
    }

    @Test func firmware() async throws {
        try await Room.expectFirmware(
            [(.fixed(8, 3), [5, 6, 3]), (.ufixed(7, 2), [6, 5, 2])], gives: { $0[2] == 3 ? [3, 3, 3] : [3, 3, 2] }
        ) { _ in
            [
                Self.operation(.max, floors: true, countsPadding: false),
                Self.operation(.average, floors: true, countsPadding: false),
                Self.operation(.average, floors: false, countsPadding: true, accum: .fixed(9, 4, .rnd, .sat)),
            ]
        }
    }

    /// hls4ml's accumulator of a mean has room for six elements twice over; natively the sum is exact.
    @Test func types() throws {
        let layer = Pooling(.average, window: [3, 2], strides: [3, 2], pads: [Pad.none, Pad.none])
        func lower(_ compat: Compat) throws -> PoolingOperation {
            try Room.operation(
                PoolingOperation.self,
                Room.lower(layer, compat, shape: [6, 4, 2]) { $0.project.precision = [.accum: .auto, .result: .auto] })
        }
        let same = try lower(.hls4ml)
        #expect(same.accum == .fixed(22, 9) && same.resultType == .fixed(16, 6) && !same.floors)
        let native = try lower(.native)
        #expect(native.accum == .fixed(19, 9) && native.floors)
        #expect(native.resultType.fraction > 10 && native.quotientFraction > native.resultType.fraction)
    }
}
