import Basics
import Estimates
import FixedPoint
import LayerKit
import Options
import TestSupport
import Testing

@testable import Layers

@Suite struct SoftmaxTests {
    @Test func imports() throws {
        #expect(try Room.read(Softmax.self, "activations.softmax") == Layer(Softmax(isLayerClass: false)))
        for axis in [-1, 2] {
            let read = try Room.read(Softmax.self, "Softmax", ["axis": .int(axis)], input: [3, 4])
            #expect(read == Layer(Softmax(isLayerClass: true)))
        }
        Room.expectRefusal(of: "axis", Softmax.self, "Softmax", ["axis": .int(1)], input: [3, 4])
        Room.expectRefusal(of: "temperature", Softmax.self, "Softmax", ["temperature": .int(1)])
    }

    @Test func shapes() throws {
        #expect(try Softmax().outputShapes(of: [[3, 4]]) == [[3, 4]])
        #expect(Room.refusedShape(Softmax(), []) != nil)
    }

    private func lowered(
        _ compat: Compat, _ implementation: SoftmaxImplementation, input: FixedType = .fixed(16, 6), shape: Shape = [4],
        size: Int? = nil
    ) throws -> SoftmaxOperation {
        let lowered = try Room.lower(Softmax(), compat, input, shape: shape) {
            $0.project.implementation = implementation
            $0.project.tableSize = size
        }
        return try Room.operation(SoftmaxOperation.self, lowered)
    }

    @Test func nativeTypes() throws {
        let operation = try lowered(.native, .stable)
        #expect(operation.resultType == .ufixed(9, 1, .rnd))
        guard case .scaled(let difference, let exp, let accum, let growth, let inverse) = operation.method else {
            Issue.record("\(operation.method)")
            return
        }
        #expect(difference == .ufixed(10, 4, .rnd, .sat))
        #expect(exp.type == .ufixed(18, 1, .rnd, .sat) && exp.raw.count == 1024)
        // Two bits more for four classes.
        #expect(accum == .ufixed(20, 3) && growth == 2)
        #expect(inverse.type == .ufixed(17, 0, .rnd, .sat) && inverse.raw.count == 1024)
        // e^0 is one.
        #expect(exp.values[0] == 1)
    }

    /// Reciprocals of sums that do not occur are not kept: 17 bits, which with a sign are one side of a multiplier.
    @Test(arguments: 1...8) func reciprocalsThatAreReadHaveNoBitTooMany(_ classes: Int) throws {
        // Where hls4ml has no tables of its own.
        let replaced = try Room.lower(Softmax(isLayerClass: true), .hls4ml, shape: [classes])
        let operation = try Room.operation(SoftmaxOperation.self, replaced)
        guard case .stable(let difference, let tables) = operation.method else {
            Issue.record("\(operation.method)")
            return
        }
        let narrow = tables.reachable(by: difference).narrowed(classes)
        #expect(narrow.inverse.type == .ufixed(17, 0))
        #expect(narrow.inverse.type.fraction == tables.inverse.type.fraction)
        // Every sum from that of a single one to that of ones alone, and the entry that it is looked up by.
        let one = Int64(1) << 17
        for sum in stride(from: one, through: one * Int64(classes), by: max(1, (classes - 1) << 6)) {
            let index = Int(
                Exact(sum, of: tables.accum).raw(in: tables.invInput) >> Int64(tables.invInput.width - 10))
            #expect(narrow.inverse.raw[index] == tables.inverse.raw[index], "\(sum)")
        }
        let target = Target(tool: .vitis, family: .ultraScalePlus, period: 5)
        let site = OperationSite(
            io: .parallel, inputs: [TensorSpec(.fixed(16, 6), [classes])],
            outputs: [TensorSpec(operation.resultType, [classes])])
        #expect(operation.estimate(site, target).dsp == classes)
    }

    /// Many classes make large sums: what is looked up by their digits is as good for all of them.
    @Test(arguments: [9, 10, 16, 17, 100, 1000]) func probabilitiesOfManyClasses(_ classes: Int) throws {
        let operation = try lowered(.native, .stable, shape: [classes])
        guard case .scaled(_, let exp, let accum, let growth, let inverse) = operation.method else {
            Issue.record("\(operation.method)")
            return
        }
        #expect(exp.values[0] == 1 && inverse.type == .ufixed(17, 0, .rnd, .sat))
        #expect(1 << growth >= classes && accum.integer == growth + 1 && accum.fraction == exp.type.fraction)
        let type = FixedType.fixed(16, 6)
        let site = OperationSite(
            io: .parallel, inputs: [TensorSpec(type, [classes])],
            outputs: [TensorSpec(operation.resultType, [classes])])
        #expect(operation.fault(site) == nil)
        var dice = Dice(state: 17)
        let kernel: Kernel<Int64> = operation.kernel(site)
        for spread in [0.0, 0.5, 2, 8, 30] {
            let x = (0..<classes).map { _ in
                Int64(type.quantize(Double.random(in: -spread...spread, using: &dice) / 2))
            }
            let values = x.map { type.value($0) }
            let y = Room.run(kernel, x, classes).map { operation.resultType.value($0) }
            let exact = Softmax().floatKernel([[classes]])([values], samples: 1)[0]
            // Half a step of the exponential's argument on both sides, and half a step of the reciprocals.
            let errors = zip(y, exact).map { abs($0 - $1) }
            #expect((errors.max() ?? 1) < 0.0045, "\(spread)")
            let sum = y.reduce(0, +)
            let allowed = 0.002 + Double(classes) * operation.resultType.step
            #expect(abs(sum - 1) < allowed, "\(spread)")
        }
    }

    /// What the project states of the sum's type is kept to.
    @Test func aStatedTypeOfTheSum() throws {
        let lowered = try Room.lower(Softmax(), .native, .fixed(16, 6), shape: [10]) {
            $0.project.precision[.invInp] = .type(.ufixed(18, 5))
        }
        guard case .stable(_, let tables) = try Room.operation(SoftmaxOperation.self, lowered).method else {
            Issue.record("another method")
            return
        }
        #expect(tables.invInput == .ufixed(18, 5))
    }

    static let stated: [(Int, FixedType, FixedType)] = [
        (2, .fixed(16, 6), .ufixed(16, 1, .rnd, .sat)), (3, .fixed(16, 6), .fixed(16, 6)),
        (5, .fixed(16, 6), .ufixed(11, 1, .rnd, .sat)), (8, .fixed(10, 5), .ufixed(11, 1)),
        (4, .fixed(8, 4), .ufixed(12, 1, .rnd, .sat)), (3, .fixed(7, 1), .ufixed(13, 1, .rnd, .sat)),
        (10, .fixed(16, 6), .ufixed(9, 1, .rnd, .sat)), (40, .fixed(16, 6), .fixed(16, 6)),
    ]

    /// Where nothing is said no probability is off by more than the result's last place, before it is rounded to it; what
    /// is said to be the most is, and is not far above what arguments that are looked for show.
    @Test(arguments: stated) func whatIsCoarseIsSaid(_ classes: Int, _ type: FixedType, _ result: FixedType) throws {
        for size in [nil, 256] {
            let lowered = try Room.lower(Softmax(), .native, type, shape: [classes]) {
                $0.project.precision = [.result: .type(result)]
                $0.project.tableSize = size
            }
            let site = LoweringSite(
                layer: "x", typeName: "Softmax",
                options: {
                    var options = OptionTable()
                    options.project.precision = [.result: .type(result)]
                    options.project.tableSize = size
                    return options
                }(), io: .parallel,
                inputs: [.init(TensorSpec(type, [classes]), ranges: Ranges(of: type, count: classes))],
                outputs: [[classes]])
            let bound = try Softmax().native(site).error.bound
            #expect(lowered.warnings.isEmpty == (bound <= result.step), "\(bound) \(lowered.warnings)")
            var operation = try Room.operation(SoftmaxOperation.self, lowered)
            operation.resultType = .ufixed(30, 1)
            let kernel = operation.kernel64(
                OperationSite(
                    io: .parallel, inputs: [TensorSpec(type, [classes])],
                    outputs: [TensorSpec(operation.resultType, [classes])]))
            var dice = Dice(state: 23), worst = 0.0
            for trial in 0..<16 * classes + 400 {
                // All arguments but some near the largest one are as small as they can be.
                let near = 1 + trial % classes, spread = [0.05, 0.5, 1.5, 40][trial / classes % 4]
                let x = (0..<classes).map { index -> Int64 in
                    let value = index < near ? -Double.random(in: 0...spread, using: &dice) : type.minimum
                    return Int64(type.quantize(max(type.minimum, type.maximum + value)))
                }
                let exact = Softmax().floatKernel([[classes]])([x.map { type.value($0) }], samples: 1)[0]
                let y = Room.run(kernel, x, classes).map { operation.resultType.value($0) }
                worst = max(worst, zip(y, exact).map { abs($0 - $1) }.max() ?? 0)
            }
            #expect(
                worst <= bound && bound < 4 * worst + 2 * operation.resultType.step, "\(size ?? 0): \(worst) \(bound)")
        }
    }

    /// Tables that a warning asks for are enough.
    @Test func whatAWarningAsksForHelps() throws {
        func said(_ exp: Int?, _ inverse: Int?) throws -> Diagnostic? {
            try Room.lower(Softmax(), .native, shape: [5]) {
                $0.project.precision = [.result: .type(.ufixed(13, 1, .rnd, .sat))]
                $0.project.expTableSize = exp
                $0.project.invTableSize = inverse
            }.warnings.first
        }
        let help = try #require(said(nil, nil)?.help)
        let sizes = help.split(separator: "_size: ").dropFirst().compactMap {
            $0.split(separator: "'").first.flatMap { Int($0) }
        }
        try #require(sizes.count == 2)
        #expect(try said(sizes[0], sizes[1]) == nil, "\(help)")
    }

    /// Differences that cannot occur have no entries.
    @Test func theTableCoversTheDifferencesThatOccur() throws {
        let operation = try lowered(.native, .stable, input: .fixed(10, 2))
        guard case .scaled(let difference, let exp, _, _, _) = operation.method else {
            Issue.record("\(operation.method)")
            return
        }
        #expect(difference == .ufixed(10, 2, .rnd, .sat) && exp.raw.count == 1024)
    }

    /// hls4ml's first softmax natively.
    @Test func whatLegacyLosesIsSaid() throws {
        func told(_ compat: Compat, _ result: FixedType) throws -> [String] {
            try Room.lower(Softmax(), compat) {
                $0.project.implementation = .legacy
                $0.project.precision = [.result: .type(result)]
            }.warnings.map(\.message)
        }
        #expect(try told(.native, .fixed(16, 6)).first?.contains("steps of 0.063") == true)
        #expect(try told(.native, .ufixed(4, 1)) == [] && told(.hls4ml, .fixed(16, 6)) == [])
    }

    /// Natively a softmax without its maximum is told of where its tables are coarser than its result.
    @Test func coarseTablesAreSaid() throws {
        func told(_ compat: Compat, _ input: FixedType, _ result: FixedType) throws -> [String] {
            try Room.lower(Softmax(), compat, input) {
                $0.project.implementation = .latency
                $0.layers["x"] = LayerOptions()
                $0.layers["x"]?.precision[.result] = .type(result)
            }.warnings.map(\.message)
        }
        #expect(try told(.native, .fixed(16, 6), .fixed(16, 6)).count == 1)
        #expect(try told(.native, .fixed(8, 2), .ufixed(8, 1)) == [])
        #expect(try told(.native, .fixed(14, 2), .ufixed(16, 1)).first?.contains("shows") == true)
        #expect(try told(.hls4ml, .fixed(16, 6), .fixed(16, 6)) == [])
    }

    /// Where an exponential of zero is not one, or a sum may wrap, nothing is known of the sums.
    @Test func reciprocalsStayWhereSumsAreNotKnown() throws {
        let replaced = try Room.lower(Softmax(isLayerClass: true), .hls4ml)
        guard case .stable(_, let tables) = try Room.operation(SoftmaxOperation.self, replaced).method else {
            Issue.record("another method")
            return
        }
        var less = tables
        less.exp.raw[0] = 1
        #expect(less.narrowed(4).inverse.type == tables.inverse.type)
        var wrapping = tables
        wrapping.accum = .ufixed(18, 1)
        #expect(wrapping.narrowed(4) == wrapping)
    }

    @Test func hls4mlTypes() throws {
        let operation = try lowered(.hls4ml, .stable)
        #expect(operation.resultType == .fixed(16, 6))
        guard case .stable(let difference, let tables) = operation.method else {
            Issue.record("\(operation.method)")
            return
        }
        #expect(difference == .ufixed(15, 5))
        #expect(tables.exp.type == .fixed(18, 8, .rnd, .sat) && tables.exp.raw.count == 1024)
        #expect(tables.accum == .fixed(16, 6))
        #expect(tables.invInput == .fixed(18, 8, .rnd, .sat))
        #expect(tables.inverse.type == .fixed(18, 8, .rnd, .sat) && tables.inverse.raw.count == 1024)
    }

    @Test(arguments: Compat.allCases) func otherMethods(_ compat: Compat) throws {
        #expect(try lowered(compat, .argmax).method == .argmax)
        guard case .legacy(let exp, let inverse) = try lowered(compat, .legacy).method,
            case .latency(let tables) = try lowered(compat, .latency).method
        else {
            Issue.record("not the method that was asked for")
            return
        }
        #expect(exp.type == .fixed(18, 8) && inverse.type == .fixed(18, 8))
        #expect(tables.exp.type == .fixed(18, 8, .rnd, .sat))
        #expect(tables.accum == (compat == .hls4ml ? .fixed(16, 6) : .fixed(18, 8, .rnd, .sat)))
        let error = #expect(throws: DiagnosticError.self) { try lowered(compat, .stable, size: 100) }
        #expect(error?.diagnostics.first?.subject == ["layers", "x", "exp_table_size"])
    }

    // The sums and products of one slice, from the definition of each method.

    /// The leading bits of a raw word, as an unsigned number.
    private func top(_ value: Exact, _ type: FixedType, of count: Int) -> Int {
        let word = Int(value.raw(in: type)), words = 1 << type.width
        let unsigned = word < 0 ? word + words : word
        return words > count ? unsigned / (words / count) : unsigned
    }

    private func tree(_ values: [Exact], _ type: FixedType) -> Exact {
        if values.count == 1 { return values[0] }
        var left = 1
        while left * 2 < values.count { left *= 2 }
        return (tree(Array(values[..<left]), type) + tree(Array(values[left...]), type)).cast(to: type)
    }

    private func normalized(_ powers: [Exact], _ tables: SoftmaxOperation.Tables) -> [Exact] {
        let sum = tree(powers, tables.accum).cast(to: tables.invInput)
        let inverse = tables.inverse.exact[top(sum, tables.invInput, of: tables.inverse.raw.count)]
        return powers.map { $0 * inverse }
    }

    private func slice(_ x: [Exact], _ type: FixedType, _ operation: SoftmaxOperation) -> [Exact] {
        switch operation.method {
        case .stable(let difference, let tables):
            let highest = x.max() ?? Exact(0), entries = tables.exp.exact
            let powers = x.map { x in
                let place = top((highest - x).cast(to: difference), difference, of: entries.count)
                return entries[place].cast(to: tables.accum)
            }
            return normalized(powers, tables)
        case .scaled(let difference, let exp, let accum, let growth, let inverse):
            let highest = x.max() ?? Exact(0), entries = exp.exact
            let powers = x.map { x in
                entries[top((highest - x).cast(to: difference), difference, of: entries.count)].cast(to: accum)
            }
            let sum = tree(powers, accum)
            let k = (0...growth).last { sum >= Exact(Int128(1) << Int128($0)) } ?? 0
            let mantissa = sum * Exact(1, over: Int128(1) << Int128(k))
            let place = ((mantissa - Exact(1)) * Exact(Int128(inverse.raw.count))).towardZero
            let reciprocal = Exact(inverse.raw[Int(place)] >> Int64(k), of: inverse.type)
            return powers.map { $0 * reciprocal }
        case .latency(let tables):
            let entries = tables.exp.exact
            let powers = x.map { entries[top($0, type, of: entries.count)].cast(to: tables.accum) }
            return normalized(powers, tables)
        case .legacy(let exp, let inverse):
            let n = Int128(exp.raw.count), m = Int128(inverse.raw.count)
            let entries = exp.exact, inverses = inverse.exact
            return x.indices.map { i in
                var sum = Exact(0)
                for j in x.indices {
                    let place = ((x[j] - x[i]) * Exact(n, over: 16)).towardZero + n / 2
                    let term = i == j ? Exact(1).cast(to: exp.type) : entries[Int(max(0, min(place, n - 1)))]
                    sum = (sum + term).cast(to: exp.type)
                }
                let place = (sum * Exact(m, over: 64)).towardZero
                return inverses[Int(max(0, min(place, m - 1)))]
            }
        case .argmax:
            let best = x.firstIndex(of: x.max() ?? Exact(0))
            return x.indices.map { Exact($0 == best ? 1 : 0) }
        }
    }

    private func expectKernel(_ operation: SoftmaxOperation, _ type: FixedType, _ shape: Shape) {
        let classes = shape.last ?? 1
        Room.expectKernel(operation, type, shape, samples: 8) { x in
            stride(from: 0, to: x.count, by: classes).flatMap { start in
                slice(Array(x[start..<start + classes]), type, operation).map { $0.raw(in: operation.resultType) }
            }
        }
    }

    @Test(arguments: SoftmaxImplementation.allCases, Compat.allCases)
    func kernel(_ implementation: SoftmaxImplementation, _ compat: Compat) throws {
        for (input, shape) in [
            (FixedType.fixed(10, 4), [5]), (.ufixed(9, 3), [1]), (.fixed(12, 5), [2, 3]), (.fixed(10, 4), [2, 19]),
        ] {
            expectKernel(try lowered(compat, implementation, input: input, shape: shape, size: 64), input, shape)
        }
    }

    /// An accumulator that rounds and saturates: then the order of the sum counts.
    @Test func kernelOfANarrowAccumulator() throws {
        let replaced = try Room.lower(Softmax(isLayerClass: true), .hls4ml, .fixed(8, 3), shape: [7]) {
            $0.project.tableSize = 32
        }
        let wide = try Room.operation(SoftmaxOperation.self, replaced)
        guard case .stable(let difference, var tables) = wide.method else {
            Issue.record("\(wide.method)")
            return
        }
        tables.accum = .ufixed(6, 2, .rndConv, .sat)
        let operation = SoftmaxOperation(
            resultType: .ufixed(9, 0, .rnd, .sat), method: .stable(difference: difference, tables))
        expectKernel(operation, .fixed(8, 3), [7])
    }
}
