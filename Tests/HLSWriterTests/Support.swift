import Basics
import FirmwareSupport
import FixedPoint
import HLSWriter
import LayerKit
@testable import Layers
import Options
import TestSupport
import Testing

/// Expects the compiled design to give the integers of its operations' own kernels.
func expectEqual(
    _ design: Design, samples: Int = 60, settings: WriterSettings = Fixture.settings(),
    templates: [String: [UInt8]] = Repository.templateFiles
) async throws {
    let wrong = try await Simulation.differences(
        of: design, samples: samples, settings: settings, templates: templates)
    #expect(wrong.isEmpty, "samples of each output that differ: \(wrong.sorted { $0.key < $1.key })")
}

enum Fixture {
    static func settings(_ dialect: WriterSettings.Dialect = .vitis, project: String = "net") -> WriterSettings {
        Simulation.settings(dialect, project: project)
    }

    static func write(_ design: Design, _ settings: WriterSettings = settings()) throws -> [String: String] {
        let files = try HLSProject(design, project: settings.project).files(
            settings, templates: Repository.templateFiles)
        return Dictionary(uniqueKeysWithValues: files.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) })
    }

    /// A chain of operations, each reading the one before.
    static func chain(
        _ io: IOType, _ type: FixedType, _ shape: Shape, _ nodes: [(String, Shape, any DesignOperation)]
    ) -> Design {
        var design = Design(
            io: io, compat: .native, inputs: [.init(name: "features", shape: shape, type: type)], nodes: [],
            outputs: [TensorID(nodes.last?.0 ?? "features")])
        var previous: TensorID = "features"
        for (name, shape, operation) in nodes {
            design.nodes.append(.init(name: name, inputs: [previous], shape: shape, operation: operation))
            previous = TensorID(name)
        }
        return design
    }

    static func dense(
        _ dice: inout Dice, _ n: Int, _ m: Int, weight: FixedType = .fixed(8, 2), bias: FixedType = .fixed(8, 2),
        accum: FixedType? = .fixed(24, 12), result: FixedType = .fixed(16, 6), _ strategy: Strategy = .latency,
        reuse: Int = 1, at once: Int = 1
    ) -> any DesignOperation {
        var operation = DenseOperation(
            weight: dice.tensor([n, m], weight), bias: dice.tensor([m], bias), accum: accum, resultType: result,
            strategy: strategy, reuse: reuse, exactSum: false)
        operation.parallelization = once
        return operation
    }

    static func relu(_ result: FixedType) -> any DesignOperation {
        ReLUOperation(resultType: result, maximum: nil, threshold: nil, inclusive: true, slope: nil)
    }

    /// Softmax with the tables that a layer of this kind gets.
    static func softmax(_ input: FixedType, _ shape: Shape, _ method: SoftmaxImplementation, compat: Compat = .native)
        throws -> any DesignOperation
    {
        var options = OptionTable()
        options.compat = compat
        options.project.implementation = method
        let site = LoweringSite(
            layer: "softmax", typeName: "Softmax", options: options, io: .parallel,
            inputs: [.init(TensorSpec(input, shape), ranges: Ranges(of: input, count: shape.elementCount))],
            outputs: [shape])
        return try Softmax().lower(site).parts[0].operation
    }

    /// The jet tagger's shape: 16-64-32-32-5.
    static func tagger(_ io: IOType, seed: UInt64 = 1) throws -> Design {
        var dice = Dice(state: seed)
        let type = FixedType.fixed(16, 6), hidden = FixedType.ufixed(14, 6, .rnd, .sat)
        let softmax = try softmax(type, [5], .stable)
        return chain(
            io, type, [16],
            [
                ("fc1", [64], dense(&dice, 16, 64)), ("relu1", [64], relu(hidden)),
                ("fc2", [32], dense(&dice, 64, 32)), ("relu2", [32], relu(hidden)),
                ("fc3", [32], dense(&dice, 32, 32)), ("relu3", [32], relu(hidden)),
                ("output", [5], dense(&dice, 32, 5)), ("softmax", [5], softmax),
            ])
    }
}
