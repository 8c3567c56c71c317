import Basics
import FirmwareSupport
import FixedPoint
import LayerKit
import Options
import TestSupport
import Testing

@testable import Layers

@Suite struct TableActivationTests {
    @Test(arguments: TableActivation.allCases) func imports(_ activation: TableActivation) throws {
        let op = "activations.\(activation.rawValue)"
        #expect(try Room.read(TableActivation.self, op) == Layer(activation))
        Room.expectRefusal(of: "beta", TableActivation.self, op, ["beta": .int(1)])
    }

    @Test func shapes() throws { #expect(try TableActivation.tanh.outputShapes(of: [[3, 2]]) == [[3, 2]]) }

    private func lowered(_ layer: TableActivation, _ compat: Compat, _ state: (inout OptionTable) -> Void = { _ in })
        throws -> TableOperation
    {
        try Room.operation(TableOperation.self, Room.lower(layer, compat) { state(&$0) })
    }

    /// 18 bits, as many in front of the point as the function's values need, and log2 of the length that is covered.
    static let native: [(TableActivation, FixedType, Int)] = [
        (.sigmoid, .ufixed(18, 1, .rnd, .sat), 4), (.tanh, .fixed(18, 2, .rnd, .sat), 3),
        (.softplus, .ufixed(18, 4, .rnd, .sat), 4), (.softsign, .fixed(18, 2, .rnd, .sat), 4),
    ]

    @Test(arguments: native) func types(_ layer: TableActivation, _ type: FixedType, _ bits: Int) throws {
        let native = try lowered(layer, .native), peer = try lowered(layer, .hls4ml)
        #expect(native.table.type == type && native.resultType == type && native.rangeBits == bits)
        #expect(peer.table.type == .fixed(18, 8) && peer.resultType == .fixed(16, 6) && peer.rangeBits == bits)
        #expect(native.table.raw.count == 1024 && peer.table.raw.count == 1024)
    }

    @Test func entries() throws {
        let sigmoid = try lowered(.sigmoid, .native).table.values, tanh = try lowered(.tanh, .native).table.values
        // The argument of entry 512 is zero; entry 640 is 2 of 8, or 1 of 4.
        #expect(sigmoid[512] == 0.5 && tanh[512] == 0)
        #expect(abs(sigmoid[640] - 0.880797) < 1e-5)
        #expect(abs(tanh[640] - 0.761594) < 1e-5)
    }

    @Test(arguments: Compat.allCases) func stated(_ compat: Compat) throws {
        let operation = try lowered(.sigmoid, compat) {
            $0.project.precision = [.table: .type(.ufixed(9, 1)), .result: .type(.ufixed(6, 1))]
            $0.project.tableSize = 64
        }
        #expect(operation.table.type == .ufixed(9, 1) && operation.table.raw.count == 64)
        #expect(operation.resultType == .ufixed(6, 1))
        let error = #expect(throws: DiagnosticError.self) { try lowered(.sigmoid, compat) { $0.project.tableSize = 1 } }
        #expect(error?.diagnostics.first?.subject == ["layers", "x", "table_size"])
    }

    @Test(arguments: resultTypes) func kernel(_ result: FixedType) {
        var dice = Dice(state: 9)
        for (input, size, bits) in [(FixedType.fixed(10, 6), 64, 4), (.fixed(9, 3), 100, 3), (.ufixed(7, 5), 32, 4)] {
            let operation = TableOperation(
                resultType: result, table: dice.tensor([size], .fixed(12, 3)), rangeBits: bits)
            let entries = operation.table.exact
            let count = Int128(size)
            Room.expectKernel(operation, input, [4], samples: 10) { (x: [Exact]) -> [Int64] in
                x.map { x -> Int64 in
                    let scaled: Exact = x * Exact(count) * Exact.power(of2: -bits)
                    let place: Int128 = scaled.towardZero + count / 2
                    return entries[Int(max(0, min(place, count - 1)))].raw(in: result)
                }
            }
        }
    }

    @Test func firmware() async throws {
        var dice = Dice(state: 6)
        let result = FixedType.fixed(9, 4, .rndConv, .sat)
        let even = dice.tensor([64], .fixed(12, 3)), odd = dice.tensor([100], .fixed(12, 3))
        try await Room.expectFirmware { _ in
            [
                TableOperation(resultType: result, table: even, rangeBits: 4),
                TableOperation(resultType: result, table: odd, rangeBits: 3),
            ]
        }
    }

    /// What lies so far outside of the table that its place leaves the word is at an end of it, on either side.
    @Test func farOutsideIsAtTheEnds() throws {
        let operation = try lowered(.sigmoid, .native)
        let last = try #require(operation.table.raw.last), first = try #require(operation.table.raw.first)
        let type = FixedType.fixed(8, 60)
        let cast = Cast<Int64>(fromFraction: operation.table.type.fraction, to: operation.resultType)
        Room.expectKernel(operation, type, [3]) { values in
            values.map {
                cast(
                    $0.numerator > 0
                        ? last : $0.numerator < 0 ? first : operation.table.raw[operation.table.raw.count / 2])
            }
        }
    }
}
