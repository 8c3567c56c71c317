import AdderGraphs
import Basics
import Estimates
import FirmwareSupport
import FixedPoint
import LayerKit
import Options
import TestSupport
import Testing

@testable import Layers

@Suite struct DenseTests {
    static let kernel = Tensor(shape: [3, 2], values: [0.5, 1, -1.5, 0.25, 0.25, -1])!
    static let bias = Tensor([0.75, -0.5])

    @Test func imports() throws {
        let tensors = ["kernel": Self.kernel, "bias": Self.bias]
        let biased = try Room.read(Dense.self, "Dense", ["units": .int(2), "use_bias": .bool(true)], tensors)
        #expect(biased == Layer(Dense(kernel: Self.kernel, bias: Self.bias)))
        let bare = try Room.read(Dense.self, "Dense", ["use_bias": .bool(false)], ["kernel": Self.kernel])
        #expect(bare == Layer(Dense(kernel: Self.kernel, bias: nil)))
        Room.expectRefusal(of: "units", Dense.self, "Dense", ["units": .int(3)], tensors)
        Room.expectRefusal(of: "use_bias", Dense.self, "Dense", ["use_bias": .int(1)], tensors)
        Room.expectRefusal(of: "lora_rank", Dense.self, "Dense", ["lora_rank": .int(4)], tensors)
        Room.expectRefusal(of: "bias", Dense.self, "Dense", [:], ["kernel": Self.kernel])
        Room.expectRefusal(of: "bias", Dense.self, "Dense", ["use_bias": .bool(false)], tensors)
    }

    @Test func shapes() throws {
        let dense = Dense(kernel: Self.kernel, bias: Self.bias)
        #expect(try dense.outputShapes(of: [[3]]) == [[2]])
        #expect(try dense.outputShapes(of: [[5, 3]]) == [[5, 2]])
        #expect(Room.refusedShape(dense, [4]) == "kernel")
        #expect(Room.refusedShape(dense, []) == "kernel")
        #expect(Room.refusedShape(Dense(kernel: Tensor([1, 2]), bias: nil), [2]) == "kernel")
        #expect(Room.refusedShape(Dense(kernel: Self.kernel, bias: Tensor([1])), [3]) == "bias")
    }

    private func lowered(_ compat: Compat, _ stated: [PrecisionRole: PrecisionChoice] = [:]) throws -> DenseOperation {
        let dense = Dense(kernel: Self.kernel, bias: Self.bias)
        return try Room.operation(
            DenseOperation.self, Room.lower(dense, compat, shape: [3]) { $0.project.precision = stated })
    }

    /// Weights on a grid have its type; sums of up to 72.75 need 8 bits in front of the point.
    @Test func nativeTypes() throws {
        let operation = try lowered(.native)
        #expect(operation.weight.types == .uniform(.fixed(4, 2)))
        #expect(operation.weight.raw == [2, 4, -6, 1, 1, -4])
        #expect(operation.bias.types == .uniform(.fixed(3, 1)))
        #expect(operation.bias.raw == [3, -2])
        #expect(operation.accum == .fixed(20, 8))
        #expect(operation.resultType == .fixed(20, 8))
        #expect(operation.exactSum)
        #expect(operation.strategy == .latency && operation.reuse == 1)
    }

    /// Others have 16 bits, of which 14 are behind the point where the largest is 1.6.
    @Test func typesOfWeightsOnNoGrid() throws {
        let kernel = try #require(Tensor(shape: [3, 1], values: [1.6, 0.1, -0.0001]))
        let operation = try Room.operation(
            DenseOperation.self, Room.lower(Dense(kernel: kernel, bias: nil), .native, shape: [3]))
        #expect(operation.weight.types == .uniform(.fixed(16, 2, .rnd, .sat)))
        #expect(operation.weight.raw == [26214, 1638, -2])
        #expect(operation.resultType == .fixed(24, 7, .rnd))
    }

    /// A type of hls4ml that is meant for weights without their scale would make them others.
    @Test func quantisedWeightsAreHeldOrRefused() throws {
        let dense = Dense(kernel: Self.kernel, bias: Self.bias)
        #expect(throws: DiagnosticError.self) {
            try Room.lower(dense, .hls4ml, shape: [3]) { $0.project.precision[.weight] = .type(.fixed(3, 1)) }
        }
        let native = try Room.lower(dense, .native, shape: [3]) {
            $0.project.precision[.weight] = .type(.fixed(3, 1, .rnd, .sat))
        }
        #expect(try Room.operation(DenseOperation.self, native).weight.type == .fixed(3, 1, .rnd, .sat))
    }

    @Test func hls4mlTypes() throws {
        let standard = try lowered(.hls4ml)
        #expect(standard.weight.types == .uniform(.fixed(16, 6)))
        #expect(standard.weight.raw == [512, 1024, -1536, 256, 256, -1024])
        #expect(standard.bias.types == .uniform(.fixed(16, 6)))
        #expect(standard.accum == .fixed(16, 6))
        #expect(standard.resultType == .fixed(16, 6))
        // Two integer parts of 6, 2 bits of growth, one for the bias; 20 bits behind the point.
        let inferred = try lowered(.hls4ml, [.accum: .auto, .result: .auto])
        #expect(inferred.accum == .fixed(35, 15))
        #expect(inferred.resultType == .fixed(35, 15))
    }

    @Test(arguments: Compat.allCases) func statedTypes(_ compat: Compat) throws {
        let operation = try lowered(
            compat,
            [
                .weight: .type(.fixed(8, 2)), .bias: .type(.fixed(7, 3)), .accum: .type(.fixed(20, 9)),
                .result: .type(.fixed(10, 5)),
            ])
        #expect(operation.weight.types == .uniform(.fixed(8, 2)))
        #expect(operation.bias.types == .uniform(.fixed(7, 3)))
        #expect(operation.accum == .fixed(20, 9))
        #expect(operation.resultType == .fixed(10, 5))
    }

    @Test(arguments: Compat.allCases) func distributedArithmeticHasNoAccumulator(_ compat: Compat) throws {
        let dense = Dense(kernel: Self.kernel, bias: nil)
        let operation = try Room.operation(
            DenseOperation.self,
            Room.lower(dense, compat, shape: [3]) { $0.project.strategy = .distributedArithmetic })
        #expect(operation.accum == nil)
        #expect(operation.bias == QuantizedTensor(type: .int(1, signed: false), shape: [2], raw: [0, 0]))
    }

    @Test func aReuseThatDoesNotDivide() throws {
        let dense = Dense(kernel: Self.kernel, bias: nil)
        func lower(_ compat: Compat) throws -> Lowered {
            try Room.lower(dense, compat, shape: [3]) {
                $0.project.strategy = .resource
                $0.project.reuse = 5
            }
        }
        #expect(throws: DiagnosticError.self) { try lower(.native) }
        let taken = try lower(.hls4ml)
        #expect(taken.warnings.count == 1)
        #expect(try Room.operation(DenseOperation.self, taken).reuse == 6)
    }

    /// One output's weights of a step have to fit a word of memory; what several outputs need is divided.
    @Test func aReuseWhoseWordIsTooWide() throws {
        #expect(ReuseFactor.legal(inputs: 16_000, outputs: 1, weightBits: 8).prefix(3) == [1, 2, 4])
        #expect(ReuseFactor.legal(inputs: 16_000, outputs: 1, weightBits: 16).prefix(3) == [1, 4, 5])
        #expect(ReuseFactor.legal(inputs: 784, outputs: 128, weightBits: 16).contains(2))
        let kernel = try #require(Tensor(shape: [16_000, 1], values: [Float](repeating: 0.5, count: 16_000)))
        func lower(_ compat: Compat) throws -> Lowered {
            try Room.lower(Dense(kernel: kernel, bias: nil), compat, shape: [16_000]) {
                $0.project.strategy = .resource
                $0.project.reuse = 2
                $0.project.precision = [.weight: .type(.fixed(16, 2))]
            }
        }
        let error = #expect(throws: DiagnosticError.self) { try lower(.native) }
        #expect(error?.diagnostics.first?.help?.hasPrefix("legal reuse factors are 1, 4, 5, ") == true)
        let taken = try lower(.hls4ml)
        #expect(taken.warnings.count == 1)
        #expect(try Room.operation(DenseOperation.self, taken).reuse == 1)
    }

    /// A layer that is divided is its shares side by side, whatever the order in which products are added.
    @Test(arguments: [
        (Strategy.latency, 1), (.latency, 4), (.unrolled, 3), (.resource, 2), (.resource, 6), (.resource, 12),
        (.resource, 48),
    ])
    func sharesAreTheLayer(_ strategy: Strategy, _ reuse: Int) throws {
        var dice = Dice(state: 6)
        let operation = DenseOperation(
            weight: dice.tensor([6, 16], .fixed(8, 3)), bias: dice.tensor([16], .fixed(8, 3)),
            accum: .fixed(9, 4, .rndConv, .sat), resultType: .fixed(9, 4), strategy: strategy, reuse: reuse,
            exactSum: false)
        let input = TensorSpec(.fixed(8, 3), [6])
        let site = OperationSite(io: .parallel, inputs: [input], outputs: [TensorSpec(.fixed(9, 4), [16])])
        let size = try #require(operation.size(site))
        let isGrouped = strategy == .resource && reuse > 6
        #expect(size.units == (isGrouped ? 16 * 6 / reuse : 16))
        #expect(size.products == (strategy == .resource ? max(1, 6 / reuse) : 6))
        #expect(size.wordBits == (strategy == .resource ? max(1, 6 / reuse) * 8 : 0))
        let shares = size.shares(min(3, size.units)).map { operation.share(of: $0) }
        #expect(shares.map(\.outputCount).reduce(0, +) == 16)
        for share in shares {
            #expect(share.inputOrder == operation.inputOrder)
            #expect(
                strategy != .resource
                    || ReuseFactor.legal(inputs: 6, outputs: share.outputCount, weightBits: 8).contains(reuse))
        }
        Room.expectKernel(operation, .fixed(8, 3), [6], gives: [16]) { x in
            shares.flatMap { oracle($0, $0.inputOrder)(x) }
        }
    }

    /// Other choices are legal, ascend, and spend less.
    @Test func choicesAreLegal() throws {
        var dice = Dice(state: 6)
        let operation = DenseOperation(
            weight: dice.tensor([6, 4], .fixed(8, 3)), bias: dice.tensor([4], .fixed(8, 3)), accum: nil,
            resultType: .fixed(9, 4), strategy: .latency, reuse: 2, exactSum: true)
        let site = OperationSite(
            io: .parallel, inputs: [TensorSpec(.fixed(8, 3), [6])], outputs: [TensorSpec(.fixed(9, 4), [4])])
        let choices = operation.choices(site)
        #expect(choices.filter { $0.strategy == .latency }.map(\.reuse) == [3, 6, 12, 24])
        #expect(choices.filter { $0.strategy == .resource }.map(\.reuse) == [2, 3, 6, 12, 24])
        #expect(choices.count == 9)
    }

    /// Positions at once divide their number; a stream, a loop of reuse and a single position have one at once.
    @Test func parallelization() throws {
        let dense = Dense(kernel: Self.kernel, bias: Self.bias)
        func lower(_ compat: Compat, _ shape: Shape, io: IOType = .parallel, _ state: (inout OptionTable) -> Void)
            throws
            -> (Int, [Diagnostic])
        {
            let lowered = try Room.lower(dense, compat, shape: shape, io: io, state)
            return (try Room.operation(DenseOperation.self, lowered).parallelization, lowered.warnings)
        }
        func own(_ count: Int) -> (inout OptionTable) -> Void {
            { $0.layers["x", default: .init()].parallelization = count }
        }
        func refusal(_ shape: Shape, io: IOType = .parallel, _ state: (inout OptionTable) -> Void) -> Diagnostic? {
            do {
                _ = try Room.lower(dense, .native, shape: shape, io: io, state)
            } catch let error as DiagnosticError {
                return error.diagnostics.first
            } catch {}
            return nil
        }
        for compat in Compat.allCases {
            #expect(try lower(compat, [6, 3]) { _ in }.0 == 1)
            for count in [1, 2, 3, 6] { #expect(try lower(compat, [2, 3, 3], own(count)).0 == count) }
            // What is meant for all layers.
            #expect(try lower(compat, [3]) { $0.project.parallelization = 4 }.0 == 1)
            #expect(try lower(compat, [6, 3], io: .stream) { $0.project.parallelization = 4 }.0 == 1)
        }
        let wrong = refusal([6, 3], own(4))
        #expect(wrong?.message == "layer 'x': parallelization 4 is not possible for 6 positions")
        #expect(wrong?.help == "it must divide 6: 1, 2, 3, 6")
        #expect(wrong?.subject == ["layers", "x", "parallelization"])
        let nearest = try lower(.hls4ml, [6, 3], own(5))
        #expect(nearest.0 == 6 && nearest.1.map(\.message).first?.hasSuffix("6 is taken, as hls4ml does") == true)
        #expect(refusal([3], own(2))?.help == "leave it out: the layer has one position")
        #expect(refusal([6, 3], io: .stream, own(2))?.help?.contains("one position comes after the other") == true)
        let loop = refusal([6, 3]) {
            own(2)(&$0)
            $0.project.strategy = .resource
            $0.project.reuse = 3
        }
        #expect(loop?.help?.contains("one position after the other") == true)
    }

    /// Every addition cast, in the order in which the products are added.
    private func oracle(_ operation: DenseOperation, _ order: [Int]) -> ([Exact]) -> [Int64] {
        let weight = operation.weight.exact, bias = operation.bias.exact
        let n = operation.weight.shape[0], m = operation.weight.shape[1]
        func cast(_ value: Exact) -> Exact { operation.accum.map { value.cast(to: $0) } ?? value }
        return { x in
            (0..<x.count / n).flatMap { position -> [Int64] in
                (0..<m).map { j -> Int64 in
                    var sum = cast(bias[j])
                    for i in order {
                        let product = x[position * n + i] * weight[i * m + j]
                        sum = cast(sum + cast(product))
                    }
                    return sum.raw(in: operation.resultType)
                }
            }
        }
    }

    static let accumulators: [FixedType?] = [
        nil, .fixed(24, 12), .fixed(12, 6), .ufixed(14, 7), .fixed(11, 4, .rndConv, .sat), .fixed(12, 7, .rnd),
        .fixed(10, 5, .trnZero, .satZero), .int(9),
    ]

    @Test(arguments: accumulators) func kernel(_ accum: FixedType?) {
        var dice = Dice(state: 3)
        for (input, weight) in [(FixedType.fixed(9, 4), FixedType.fixed(8, 2)), (.ufixed(12, 5), .fixed(18, 3))] {
            let operation = DenseOperation(
                weight: dice.tensor([6, 3], weight), bias: dice.tensor([3], .fixed(9, 3)), accum: accum,
                resultType: .fixed(9, 5, .rnd, .sat), strategy: .latency, reuse: 1, exactSum: false)
            Room.expectKernel(
                operation, input, [2, 6], gives: [2, 3], samples: 12, oracle: oracle(operation, Array(0..<6)))
        }
    }

    /// With reuse r the multipliers take every r-th input.
    @Test(arguments: [
        (1, [0, 1, 2, 3, 4, 5]), (2, [0, 2, 4, 1, 3, 5]), (3, [0, 3, 1, 4, 2, 5]), (6, [0, 1, 2, 3, 4, 5]),
    ])
    func order(_ reuse: Int, _ order: [Int]) {
        var dice = Dice(state: 4)
        let operation = DenseOperation(
            weight: dice.tensor([6, 2], .fixed(8, 3)), bias: dice.tensor([2], .fixed(8, 3)),
            accum: .fixed(9, 4, .rndConv, .sat), resultType: .fixed(9, 4), strategy: .resource, reuse: reuse,
            exactSum: false)
        Room.expectKernel(operation, .fixed(8, 3), [6], gives: [2], oracle: oracle(operation, order))
    }

    /// What inference chooses loses nothing: on numbers that the chosen types hold, the firmware is the network.
    @Test(arguments: Strategy.allCases) func nativeInferenceIsExact(_ strategy: Strategy) throws {
        let dense = Dense(kernel: Self.kernel, bias: Self.bias), input = FixedType.fixed(8, 4)
        let lowered = try Room.lower(dense, .native, input, shape: [2, 3]) { $0.project.strategy = strategy }
        let operation = try Room.operation(DenseOperation.self, lowered)
        Room.expectKernel(operation, input, [2, 3], gives: [2, 2]) { x in
            let trained = dense.floatKernel([[2, 3]])([x.map(\.value)], samples: 1)[0]
            return trained.map { Int64($0 / operation.resultType.step) }
        }
        // Not by rounding either: the last place of a sum is that of its products.
        #expect(operation.resultType == .fixed(12, 6))
    }

    /// What lowering proved to be exact is so.
    @Test func provenExact() throws {
        let operation = try lowered(.native)
        Room.expectKernel(operation, .fixed(16, 6), [3], gives: [2], oracle: oracle(operation, [0, 1, 2]))
    }

    /// Distributed arithmetic whose products became adders.
    private func adders(
        _ dice: inout Dice, _ input: TensorSpec, weight: FixedType, bias: FixedType, result: FixedType
    ) throws -> DenseOperation {
        let n = input.channels
        var operation = DenseOperation(
            weight: dice.tensor([n, 4], weight), bias: dice.tensor([4], bias), accum: nil, resultType: result,
            strategy: .distributedArithmetic, reuse: 1, exactSum: true)
        // A column of zeros, and one that is another turned round.
        for i in 0..<n {
            operation.weight.raw[i * 4 + 2] = 0
            operation.weight.raw[i * 4 + 3] = -max(operation.weight.raw[i * 4], Int64(weight.rawMin) + 1)
        }
        operation.bias.raw[3] = 0
        let task = try #require(
            operation.adderTask(OperationSite(io: .parallel, inputs: [input], outputs: [TensorSpec(result, [4])])))
        operation.adders = try AdderGraph(task, AdderSearch(work: 20_000))
        return operation
    }

    /// Adders instead of products: the same integers, from the kernel and from the C++, wherever the points stand.
    @Test(arguments: [
        (FixedType.fixed(8, 2), FixedType.fixed(9, 3)), (.fixed(6, 6), .fixed(12, 2)), (.ufixed(5, -1), .fixed(4, 6)),
        (.fixed(7, 9), .int(1, signed: false)),
    ])
    func addersGiveTheSumsOfProducts(_ weight: FixedType, _ bias: FixedType) async throws {
        var dice = Dice(state: 11)
        let inputs: [(type: FixedType, shape: Shape)] = [
            (.fixed(9, 4), [6]), (.ufixed(6, 3), [6]), (.fixed(7, -2, .rnd, .sat), [2, 3]), (.int(5), [6]),
        ]
        var operations: [DenseOperation] = []
        for (type, shape) in inputs {
            let operation = try adders(
                &dice, TensorSpec(type, shape), weight: weight, bias: bias, result: .fixed(11, 6, .rndConv, .sat))
            Room.expectKernel(
                operation, type, shape, gives: shape.dropLast() + [4], samples: 12,
                oracle: oracle(operation, Array(0..<operation.inputCount)))
            operations.append(operation)
        }
        var next = operations[...]
        try await Room.expectFirmware(inputs, gives: { $0.dropLast() + [4] }) { _ in
            // Asked once for each input, in their order.
            next.popFirst().map { [$0] } ?? []
        }
    }

    /// Elements of types of their own are as narrow as these say.
    @Test func addersKnowTheTypesOfTheElements() throws {
        let types: [FixedType] = [.fixed(4, 4), .ufixed(6, 2), .fixed(0, 0), .ufixed(3, 3)]
        let input = TensorSpec(types: .axis(0, types), shape: [4])
        let operation = DenseOperation(
            weight: QuantizedTensor(type: .fixed(4, 4), shape: [4, 1], raw: [1, 1, 7, 1]),
            bias: QuantizedTensor(type: .int(1, signed: false), shape: [1], raw: [0]), accum: nil,
            resultType: .fixed(12, 6), strategy: .distributedArithmetic, reuse: 1, exactSum: true)
        let task = try #require(
            operation.adderTask(
                OperationSite(io: .parallel, inputs: [input], outputs: [TensorSpec(.fixed(12, 6), [1])])))
        #expect(
            task.inputs == [
                IntegerInterval(low: -128, high: 112, zeros: 4), IntegerInterval(low: 0, high: 63),
                IntegerInterval(low: 0, high: 0), IntegerInterval(low: 0, high: 112, zeros: 4),
            ])
    }

    /// What is too wide for a graph stays a sum of products; other strategies have none.
    @Test func noAddersForWideNumbersAndOtherStrategies() {
        func task(_ input: FixedType, _ strategy: Strategy) -> ConstantProduct? {
            let operation = DenseOperation(
                weight: QuantizedTensor(type: .fixed(30, 3), shape: [1, 1], raw: [1 << 28]),
                bias: QuantizedTensor(type: .int(1, signed: false), shape: [1], raw: [0]), accum: nil,
                resultType: .fixed(12, 6), strategy: strategy, reuse: 1, exactSum: true)
            return operation.adderTask(
                OperationSite(
                    io: .parallel, inputs: [TensorSpec(input, [1])], outputs: [TensorSpec(.fixed(12, 6), [1])]))
        }
        #expect(task(.fixed(16, 6), .distributedArithmetic) != nil)
        #expect(task(.fixed(32, 6), .distributedArithmetic) == nil)
        #expect(task(.fixed(40, 6), .distributedArithmetic) == nil)
        #expect(task(.fixed(16, 6), .latency) == nil)
    }

    /// What adders cost is counted: no blocks, and a table for each bit of their carry chains.
    @Test func addersAreEstimatedAsTheyAre() throws {
        var dice = Dice(state: 5)
        let input = TensorSpec(.fixed(8, 4), [6])
        let operation = try adders(
            &dice, input, weight: .fixed(6, 2), bias: .fixed(6, 2), result: .fixed(24, 12))
        let graph = try #require(operation.adders)
        let site = OperationSite(io: .parallel, inputs: [input], outputs: [TensorSpec(operation.resultType, [4])])
        let estimate = operation.estimate(site, Target(tool: .vitis, family: .ultraScalePlus, period: 5))
        #expect(estimate.dsp == 0)
        #expect(estimate.lut == graph.lutCount)
        #expect(estimate.latency >= 1 && estimate.interval == 1)
    }
}
