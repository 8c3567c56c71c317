import Basics
import Estimates
import FirmwareSupport
import FixedPoint
import LayerKit
import Options
import TestSupport
import Testing

@testable import Layers

@Suite struct BatchNormalizationTests {
    /// Scale 2 and -1, offset -1.5 and 0.
    static let layer = BatchNormalization(
        gamma: Tensor([2, -1]), beta: Tensor([0.5, 0]), mean: Tensor([1, 0]), variance: Tensor([0.75, 0.75]),
        epsilon: 0.25)
    static let tensors = [
        "gamma": Tensor([2, -1]), "beta": Tensor([0.5, 0]), "moving_mean": Tensor([1, 0]),
        "moving_variance": Tensor([0.75, 0.75]),
    ]

    @Test func imports() throws {
        func read(_ attributes: [String: JSONValue], without names: [String] = []) throws -> Layer {
            let tensors = Self.tensors.filter { !names.contains($0.key) }
            return try Room.read(BatchNormalization.self, "BatchNormalization", attributes, tensors, input: [3, 2])
        }
        #expect(try read(["epsilon": .double(0.25), "axis": .int(2), "momentum": .double(0.9)]) == Layer(Self.layer))
        var plain = Self.layer
        (plain.gamma, plain.beta, plain.epsilon) = (nil, nil, 0.001)
        let attributes: [String: JSONValue] = ["scale": .bool(false), "center": .bool(false)]
        #expect(try read(attributes, without: ["gamma", "beta"]) == Layer(plain))
    }

    @Test func refusals() {
        func expect(_ name: String, _ attributes: [String: JSONValue], _ tensors: [String: Tensor]) {
            Room.expectRefusal(
                of: name, BatchNormalization.self, "BatchNormalization", attributes, tensors, input: [3, 2])
        }
        expect("axis", ["axis": .int(1)], Self.tensors)
        expect("renorm", ["renorm": .bool(true)], Self.tensors)
        expect("virtual_batch_size", ["virtual_batch_size": .int(8)], Self.tensors)
        expect("epsilon", ["epsilon": .string("small")], Self.tensors)
        expect("clamp", ["clamp": .double(1)], Self.tensors)
        expect("gamma", ["scale": .bool(false)], Self.tensors)
        let negative = Self.tensors.merging(["moving_variance": Tensor([1, -1])]) { $1 }
        expect("moving_variance", [:], negative)
    }

    @Test func shapes() throws {
        #expect(try Self.layer.outputShapes(of: [[3, 2]]) == [[3, 2]])
        #expect(Room.refusedShape(Self.layer, [3]) == "moving_mean")
        var uneven = Self.layer
        uneven.beta = Tensor([1])
        #expect(Room.refusedShape(uneven, [2]) != nil)
    }

    private func lowered(_ compat: Compat, _ state: (inout OptionTable) -> Void = { _ in }) throws
        -> BatchNormalizationOperation
    {
        try Room.operation(
            BatchNormalizationOperation.self, Room.lower(Self.layer, compat, shape: [2], state))
    }

    /// Values from -65.5 to 62.5 need 8 bits in front of the point.
    @Test func nativeTypes() throws {
        let operation = try lowered(.native)
        #expect(operation.scale.types == .uniform(.fixed(3, 3)))
        #expect(operation.scale.raw == [2, -1])
        #expect(operation.bias.types == .uniform(.fixed(3, 2)))
        #expect(operation.bias.raw == [-3, 0])
        #expect(operation.resultType == .fixed(18, 8))
    }

    @Test func hls4mlTypes() throws {
        let operation = try lowered(.hls4ml)
        #expect(operation.scale.types == .uniform(.fixed(16, 6)))
        #expect(operation.bias.types == .uniform(.fixed(16, 6)))
        #expect(operation.bias.raw == [-1536, 0])
        #expect(operation.resultType == .fixed(16, 6))
        #expect(try lowered(.hls4ml) { $0.project.precision[.result] = .auto }.resultType == .fixed(33, 13))
        let capped = try lowered(.hls4ml) {
            $0.project.precision[.result] = .auto
            $0.maximumPrecision = .fixed(20, 10)
        }
        #expect(capped.resultType == .fixed(20, 10))
    }

    @Test(arguments: Compat.allCases) func statedTypes(_ compat: Compat) throws {
        let operation = try lowered(compat) {
            $0.project.precision = [
                .scale: .type(.fixed(9, 3)), .bias: .type(.fixed(8, 4)), .result: .type(.fixed(12, 7)),
            ]
        }
        #expect(operation.scale.types == .uniform(.fixed(9, 3)))
        #expect(operation.bias.types == .uniform(.fixed(8, 4)))
        #expect(operation.resultType == .fixed(12, 7))
    }

    @Test(arguments: resultTypes) func kernel(_ result: FixedType) {
        var dice = Dice(state: 5)
        for (input, offset) in [(FixedType.fixed(9, 3), FixedType.fixed(7, 2)), (.ufixed(5, 4), .fixed(16, 3))] {
            let operation = BatchNormalizationOperation(
                scale: dice.tensor([3], .fixed(8, 2)), bias: dice.tensor([3], offset), resultType: result)
            let scale = operation.scale.exact, bias = operation.bias.exact
            Room.expectKernel(operation, input, [2, 3], samples: 8) { (x: [Exact]) -> [Int64] in
                x.indices.map { index -> Int64 in
                    let y = x[index] * scale[index % 3] + bias[index % 3]
                    return y.raw(in: result)
                }
            }
        }
    }

    /// Elements that come at once share multipliers; what is more than they are is told, and is not taken.
    @Test func reuse() throws {
        func lowered(_ reuse: Int, _ io: IOType) throws -> (BatchNormalizationOperation, [Diagnostic]) {
            let ones = Tensor([1, 1, 1, 1])
            let lowered = try Room.lower(
                BatchNormalization(Affine(scale: ones, bias: ones)), .native, shape: [3, 4], io: io
            ) { $0.project.reuse = reuse }
            return (try Room.operation(BatchNormalizationOperation.self, lowered), lowered.warnings)
        }
        for (reuse, io, taken) in [
            (1, IOType.parallel, nil), (5, .parallel, 5), (12, .parallel, 12), (13, .parallel, 12), (4, .stream, 4),
            (9, .stream, 4),
        ] as [(Int, IOType, Int?)] {
            let (operation, warnings) = try lowered(reuse, io)
            #expect(operation.reuse == taken)
            #expect(warnings.count == (reuse > (taken ?? 1) ? 1 : 0))
            let site = OperationSite(
                io: io, inputs: [TensorSpec(.fixed(16, 6), [3, 4])],
                outputs: [TensorSpec(operation.resultType, [3, 4])])
            let estimate = operation.estimate(site, Target(tool: .vitis, family: .ultraScalePlus, period: 5))
            let factor = taken ?? 1
            #expect(estimate.interval == (io == .parallel ? factor : 3 * factor))
            guard case .call(let call) = operation.hls(site) else { throw DiagnosticError(.error("no call")) }
            let multipliers = factor == 1 ? nil : MultiplierLimit { _ in (site.parallel + factor - 1) / factor }
            #expect(call.schedule == .pipelined(interval: factor, multipliers: multipliers))
        }
    }

    @Test func sharedFirmware() async throws {
        var dice = Dice(state: 8)
        try await Room.expectFirmware { shape in
            var operation = BatchNormalizationOperation(
                scale: dice.tensor([shape.last ?? 1], .fixed(9, 2)), bias: dice.tensor([shape.last ?? 1], .fixed(7, 3)),
                resultType: .fixed(9, 4, .rndConv, .sat))
            operation.reuse = 2
            return [operation]
        }
    }

    @Test func firmware() async throws {
        var dice = Dice(state: 6)
        try await Room.expectFirmware { shape in
            let channels = shape.last ?? 1
            return [
                BatchNormalizationOperation(
                    scale: dice.tensor([channels], .fixed(9, 2)), bias: dice.tensor([channels], .fixed(7, 3)),
                    resultType: .fixed(9, 4, .rndConv, .sat))
            ]
        }
    }
}
