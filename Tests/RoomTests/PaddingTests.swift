import Basics
import FirmwareSupport
import FixedPoint
import LayerKit
import Options
import TestSupport
import Testing

@testable import Layers

/// As trained, against the definition.
@Suite struct PaddingTests {
    @Test func elementsByTheirPlaces() throws {
        try Trained.expect(Padding(pads: [Pad(1, 0), Pad(0, 2)], value: 0.5), [[2, 2]], [3, 4]) { x, index in
            Trained.at(x[0], [2, 2], [index[0] - 1, index[1]]) ?? 0.5
        }
    }

    private static func operation(_ pads: [Pad], _ type: FixedType) -> PaddingOperation {
        PaddingOperation(
            pads: pads, value: Constant(raw: 3, type: type.plain), resultType: .fixed(6, 3, .rnd, .sat))
    }

    @Test func integers() {
        let operation = Self.operation([Pad(1, 0), Pad(0, 2)], .fixed(8, 3))
        Room.expectKernel(operation, .fixed(8, 3), [2, 3, 2], gives: [3, 5, 2]) { x in
            (0..<30).map { index -> Int64 in
                let row = index / 10 - 1, column = index / 2 % 5
                let element =
                    row >= 0 && column < 3 ? x[(row * 3 + column) * 2 + index % 2] : Exact(3, of: .fixed(8, 3))
                return element.raw(in: .fixed(6, 3, .rnd, .sat))
            }
        }
    }

    @Test func firmware() async throws {
        try await Room.expectFirmware([(.fixed(8, 3), [2, 3, 2])], gives: { _ in [3, 5, 2] }) { _ in
            [Self.operation([Pad(1, 0), Pad(0, 2)], .fixed(8, 3))]
        }
        try await Room.expectFirmware([(.ufixed(6, 2), [3, 1])], gives: { _ in [6, 1] }) { _ in
            [Self.operation([Pad(2, 1)], .ufixed(6, 2))]
        }
    }

    /// A number that the input's type does not have could not be padded with.
    @Test func lowers() throws {
        func lower(_ value: Double, _ compat: Compat) throws -> PaddingOperation {
            try Room.operation(
                PaddingOperation.self,
                Room.lower(Padding(pads: [Pad(1, 2), Pad.none], value: value), compat, .fixed(8, 6), shape: [3, 2]))
        }
        #expect(try lower(0.75, .native).value == Constant(raw: 3, type: .fixed(8, 6)))
        #expect(throws: DiagnosticError.self) { try lower(0.1, .native) }
        #expect(throws: DiagnosticError.self) {
            try Room.lower(Padding(pads: [Pad(1, 1)]), .native, shape: [3])
        }
    }
}
