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

    /// 18 bits, as many in front of the point as the function's values need, and a result of no more places than the
    /// table fills, over all that fixed<16,6> holds.
    static let native: [(TableActivation, FixedType, FixedType)] = [
        (.sigmoid, .ufixed(18, 1, .rnd, .sat), .ufixed(10, 1, .rnd, .sat)),
        (.tanh, .fixed(18, 2, .rnd, .sat), .fixed(10, 2, .rnd, .sat)),
        (.softplus, .ufixed(18, 6, .rnd, .sat), .ufixed(13, 6, .rnd, .sat)),
        (.softsign, .fixed(18, 2, .rnd, .sat), .fixed(9, 2, .rnd, .sat)),
    ]

    @Test(arguments: native) func types(_ layer: TableActivation, _ type: FixedType, _ result: FixedType) throws {
        let native = try lowered(layer, .native), peer = try lowered(layer, .hls4ml)
        #expect(native.table.type == type && native.resultType == result)
        #expect(peer.table.type == .fixed(18, 8) && peer.resultType == .fixed(16, 6))
        #expect(peer.place == .centred(rangeBits: layer == .tanh ? 3 : 4) && peer.table.raw.count == 1024)
    }

    @Test func entriesOfThePeer() throws {
        let sigmoid = try lowered(.sigmoid, .hls4ml).table.values, tanh = try lowered(.tanh, .hls4ml).table.values
        // The argument of entry 512 is zero; entry 640 is 2 of 8, or 1 of 4. They are cut to ten places.
        #expect(sigmoid[512] == 0.5 && tanh[512] == 0)
        #expect(sigmoid[640] == 901.0 / 1024 && tanh[640] == 779.0 / 1024)
    }

    /// A type that is looked up value by value: no more entries than it has values, and none is off.
    @Test func narrowInputsAreExact() throws {
        let operation = try Room.operation(TableOperation.self, Room.lower(TableActivation.tanh, .native, .fixed(8, 2)))
        #expect(operation.table.raw.count <= 256 && operation.place == .binned(first: -128, stepBits: -6))
        #expect(operation.resultType == operation.table.type)
        for (index, entry) in operation.table.values.enumerated() {
            #expect(abs(entry - TableActivation.tanh.value(Double(index - 128) / 64)) <= 0x1p-17)
        }
    }

    /// What is proven of the values that come in is all that the table covers.
    @Test func theTableCoversWhatComesIn() throws {
        let type = FixedType.fixed(16, 6)
        func bounds(_ layer: TableActivation, _ low: Double, _ high: Double) throws -> ClosedRange<Double> {
            let site = LoweringSite(
                layer: "x", typeName: "Activation", options: OptionTable(), io: .parallel,
                inputs: [.init(TensorSpec(type, [2]), ranges: Ranges(low: [low, 0], high: [high, 0]))],
                outputs: [[2]])
            let operation = try Room.operation(TableOperation.self, layer.lower(site))
            guard case .binned(let first, let bits) = operation.place else { return 0...0 }
            let width = Double(sign: .plus, exponent: bits, significand: 1)
            return Double(first) * width...Double(first + operation.table.raw.count) * width
        }
        let softsign = try bounds(.softsign, -1, 0.5)
        #expect(abs(softsign.lowerBound + 1) < 0.02 && abs(softsign.upperBound - 0.5) < 0.02)
        #expect(try bounds(.tanh, -0.25, 0.25) == -0.25...0.2509765625)
        // Beyond where the function is flat there is nothing to look up, and a ramp goes on.
        let sigmoid = try bounds(.sigmoid, -32, 31), softplus = try bounds(.softplus, -32, 31)
        #expect(sigmoid.lowerBound > -8 && sigmoid.upperBound < 8)
        #expect(softplus.lowerBound > -8 && softplus.upperBound > 30.5)
    }

    /// Softplus of large numbers is about what comes in.
    @Test func softplusDoesNotEndAtEight() throws {
        let operation = try lowered(.softplus, .native) { $0.project.precision = [.result: .type(.fixed(12, 6))] }
        let site = OperationSite(
            io: .parallel, inputs: [TensorSpec(.fixed(16, 6), [3])], outputs: [TensorSpec(.fixed(12, 6), [3])])
        let y = Room.run(operation.kernel64(site), [20 << 10, 31 << 10, -(20 << 10)], 3)
        #expect(zip(y, [20.0, 31, 0]).allSatisfy { abs(Double($0) / 64 - $1) <= 2 / 64.0 }, "\(y)")
    }

    static let results: [(FixedType, FixedType)] = [
        (.fixed(12, 4), .fixed(8, 2, .rnd, .sat)), (.fixed(12, 4), .fixed(16, 6)), (.fixed(16, 6), .fixed(16, 6)),
        (.fixed(14, 5), .fixed(12, 1, .rnd, .sat)), (.ufixed(12, 3), .ufixed(16, 4)), (.int(6), .fixed(10, 6)),
    ]

    /// Over all that can come in: where nothing is said, no entry is off by more than the result's last place; where
    /// something is said, one is, and by as much as is said.
    @Test(arguments: TableActivation.allCases, results)
    func whatIsCoarseIsSaid(_ layer: TableActivation, _ types: (input: FixedType, result: FixedType)) throws {
        for size in [nil, 256, 1024] {
            let lowered = try Room.lower(layer, .native, types.input, shape: [1]) {
                $0.project.precision = [.result: .type(types.result)]
                $0.project.tableSize = size
            }
            var operation = try Room.operation(TableOperation.self, lowered)
            #expect(operation.resultType == types.result && operation.table.raw.count <= size ?? 4096)
            // What is looked up, before it is cast.
            operation.resultType = operation.table.type
            let raw = Array(Int64(types.input.rawMin)...Int64(types.input.rawMax))
            let site = OperationSite(
                io: .parallel, inputs: [TensorSpec(types.input, [raw.count])],
                outputs: [TensorSpec(operation.resultType, [raw.count])])
            #expect(operation.fault(site) == nil)
            let y = Room.run(operation.kernel64(site), raw, raw.count)
            let worst = zip(raw, y).reduce(0.0) {
                max($0, abs(operation.table.type.value($1.1) - layer.value(types.input.value($1.0))))
            }
            #expect(lowered.warnings.isEmpty == (worst <= types.result.step), "\(worst) \(lowered.warnings)")
            guard let warning = lowered.warnings.first else { continue }
            let said = "is off by up to \(FunctionTable.short(worst)), and \(types.result) shows"
            #expect(warning.message.contains(said), "\(warning.message)")
            #expect(warning.message.hasPrefix("layer 'x': its table of \(operation.table.raw.count) entries"))
            #expect(warning.help?.contains("bits behind the point") == true)
        }
    }

    /// A size that a warning asks for is enough.
    @Test func whatAWarningAsksForHelps() throws {
        func said(_ size: Int?) throws -> Diagnostic? {
            try Room.lower(TableActivation.tanh, .native) {
                $0.project.precision = [.result: .type(.fixed(14, 2, .rnd, .sat))]
                $0.project.tableSize = size
            }.warnings.first
        }
        let help = try #require(said(nil)?.help)
        let size = try #require(help.split(separator: "'table_size: ").last?.split(separator: "'").first)
        let entries: Int = try #require(Int(size))
        let after = try said(entries)
        #expect(entries > 4096 && after == nil, "\(help)")
    }

    /// hls4ml says nothing, and neither do its numbers.
    @Test func ofThePeersTablesNothingIsSaid() throws {
        #expect(try Room.lower(TableActivation.tanh, .hls4ml).warnings.isEmpty)
    }

    @Test(arguments: Compat.allCases) func stated(_ compat: Compat) throws {
        let operation = try lowered(.sigmoid, compat) {
            $0.project.precision = [.table: .type(.ufixed(9, 1)), .result: .type(.ufixed(6, 1))]
            $0.project.tableSize = 64
        }
        // Sizes are kept to where so many entries can be told apart.
        #expect(operation.table.type == .ufixed(9, 1) && operation.table.raw.count == 64)
        #expect(operation.resultType == .ufixed(6, 1))
        let error = #expect(throws: DiagnosticError.self) { try lowered(.sigmoid, compat) { $0.project.tableSize = 1 } }
        #expect(error?.diagnostics.first?.subject == ["layers", "x", "table_size"])
    }

    @Test(arguments: resultTypes) func kernel(_ result: FixedType) {
        var dice = Dice(state: 9)
        for (input, size, bits) in [(FixedType.fixed(10, 6), 64, 4), (.fixed(9, 3), 100, 3), (.ufixed(7, 5), 32, 4)] {
            let operation = TableOperation(
                resultType: result, table: dice.tensor([size], .fixed(12, 3)), place: .centred(rangeBits: bits))
            expectKernel(operation, input) { x in (x * Exact.power(of2: -bits) * Exact(Int128(size))).towardZero }
            for (first, stepBits) in [(-size / 2, -2), (-7, 0), (3, 1)] {
                let operation = TableOperation(
                    resultType: result, table: operation.table, place: .binned(first: first, stepBits: stepBits))
                expectKernel(operation, input) { x in
                    (x * Exact.power(of2: -stepBits)).floor - Int128(first + size / 2)
                }
            }
        }
    }

    /// - Parameter place: where an argument stands, from the middle of the table on.
    private func expectKernel(_ operation: TableOperation, _ input: FixedType, _ place: (Exact) -> Int128) {
        let entries = operation.table.exact, count = Int128(operation.table.raw.count)
        Room.expectKernel(operation, input, [4], samples: 10) { (x: [Exact]) -> [Int64] in
            x.map { entries[Int(max(0, min(place($0) + count / 2, count - 1)))].raw(in: operation.resultType) }
        }
    }

    @Test func firmware() async throws {
        var dice = Dice(state: 6)
        let result = FixedType.fixed(9, 4, .rndConv, .sat)
        let even = dice.tensor([64], .fixed(12, 3)), odd = dice.tensor([100], .fixed(12, 3))
        try await Room.expectFirmware { _ in
            [
                TableOperation(resultType: result, table: even, place: .centred(rangeBits: 4)),
                TableOperation(resultType: result, table: odd, place: .centred(rangeBits: 3)),
                TableOperation(resultType: result, table: even, place: .binned(first: -20, stepBits: -1)),
                TableOperation(resultType: result, table: odd, place: .binned(first: -71, stepBits: -4)),
                TableOperation(resultType: result, table: even, place: .binned(first: 1, stepBits: 2)),
            ]
        }
    }

    /// As they are lowered, for types without places behind the point, without any before it, and wide ones.
    @Test func loweredFirmware() async throws {
        let types: [FixedType] = [.ufixed(10, 4), .int(5), .fixed(7, -2), .fixed(40, 20), .fixed(7, 11)]
        var index = 0
        try await Room.expectFirmware(types.map { ($0, [6]) }) { shape in
            defer { index += 1 }
            return TableActivation.allCases.compactMap { layer in
                (try? Room.lower(layer, .native, types[index], shape: shape))?.parts[0].operation
            }
        }
    }

    /// What lies so far outside of the table that its place leaves the word is at an end of it, on either side.
    @Test(arguments: Compat.allCases) func farOutsideIsAtTheEnds(_ compat: Compat) throws {
        let type = FixedType.fixed(8, 60)
        let operation = try Room.operation(TableOperation.self, Room.lower(TableActivation.sigmoid, compat, type))
        let last = try #require(operation.table.raw.last), first = try #require(operation.table.raw.first)
        let cast = Cast<Int64>(fromFraction: operation.table.type.fraction, to: operation.resultType)
        Room.expectKernel(operation, type, [3]) { values in
            values.map {
                cast(
                    $0.numerator > 0
                        ? last : $0.numerator < 0 ? first : operation.table.raw[operation.table.raw.count / 2])
            }
        }
    }

    @Test func placesThatNoTableHasAreFaults() throws {
        let type = FixedType.fixed(10, 4)
        let site = OperationSite(
            io: .parallel, inputs: [TensorSpec(type, [3])], outputs: [TensorSpec(type, [3])])
        var operation = try lowered(.sigmoid, .native)
        for place in [
            TableOperation.Place.binned(first: .min, stepBits: 0), .binned(first: 0, stepBits: -7),
            .binned(first: 0, stepBits: 5), .centred(rangeBits: 17), .centred(rangeBits: -1),
        ] {
            operation.place = place
            #expect(operation.fault(site) != nil, "\(place)")
        }
        operation.place = .binned(first: -3, stepBits: -6)
        #expect(operation.fault(site) == nil)
    }
}
