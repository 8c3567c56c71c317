import AdderGraphs
import Basics
import FixedPoint
import HLSWriter
import LayerKit
@testable import Layers
import Options
import TestSupport

@testable import HLSChecker

/// Designs that between them use every way in which firmware is written.
enum Corpus {
    static func tensor(_ shape: [Int], _ type: FixedType, seed: Int) -> QuantizedTensor {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        let raw = (0..<shape.reduce(1, *)).map { _ -> Int64 in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int64(truncatingIfNeeded: state >> 33) % Int64(type.rawMax)
        }
        return QuantizedTensor(type: type, shape: shape, raw: raw)
    }

    static func dense(_ n: Int, _ m: Int, _ strategy: Strategy = .latency, reuse: Int = 1, at once: Int = 1)
        -> any DesignOperation
    {
        DenseOperation(
            weight: tensor([n, m], .fixed(8, 2), seed: n * m), bias: tensor([m], .fixed(8, 2), seed: m),
            accum: strategy == .distributedArithmetic ? nil : .fixed(24, 12), resultType: .fixed(16, 6),
            strategy: strategy, reuse: reuse,
            parallelization: once, exactSum: false)
    }

    static func relu() -> any DesignOperation {
        ReLUOperation(
            resultType: .fixed(16, 6), maximum: nil, threshold: nil, inclusive: true, slope: nil)
    }

    static func softmax(_ count: Int, _ method: SoftmaxImplementation) throws -> any DesignOperation {
        var options = OptionTable()
        options.project.implementation = method
        let type = FixedType.fixed(16, 6)
        let site = LoweringSite(
            layer: "softmax", typeName: "Softmax", options: options, io: .parallel,
            inputs: [.init(TensorSpec(type, [count]), ranges: Ranges(of: type, count: count))], outputs: [[count]])
        return try Softmax().lower(site).parts[0].operation
    }

    static func chain(_ io: IOType, _ inputs: Int, _ nodes: [(String, Int, any DesignOperation)]) -> Design {
        var design = Design(
            io: io, compat: .native, inputs: [.init(name: "features", shape: [inputs], type: .fixed(16, 6))],
            nodes: [], outputs: [TensorID(nodes.last?.0 ?? "features")])
        var previous: TensorID = "features"
        for (name, count, operation) in nodes {
            design.nodes.append(.init(name: name, inputs: [previous], shape: [count], operation: operation))
            previous = TensorID(name)
        }
        return design
    }

    static func small() throws -> Design {
        chain(.parallel, 4, [("fc1", 6, dense(4, 6)), ("relu1", 6, relu()), ("fc2", 3, dense(6, 3))])
    }

    /// The jet tagger's shape.
    static func tagger(_ io: IOType, _ strategy: Strategy = .latency, reuse: Int = 1) throws -> Design {
        chain(
            io, 16,
            [
                ("fc1", 64, dense(16, 64, strategy, reuse: reuse)), ("relu1", 64, relu()),
                ("fc2", 32, dense(64, 32, strategy, reuse: reuse)), ("relu2", 32, relu()),
                ("fc3", 32, dense(32, 32, strategy, reuse: reuse)), ("relu3", 32, relu()),
                ("output", 5, dense(32, 5, strategy, reuse: reuse)), ("softmax", 5, try softmax(5, .stable)),
            ])
    }

    /// A dense layer at every position of a grid.
    static func positions(_ io: IOType, _ operation: any DesignOperation) -> Design {
        let outputs = (operation as? DenseOperation)?.outputCount ?? 8
        return Design(
            io: io, compat: .native, inputs: [.init(name: "features", shape: [6, 16], type: .fixed(16, 6))],
            nodes: [.init(name: "fc1", inputs: ["features"], shape: [6, outputs], operation: operation)],
            outputs: ["fc1"])
    }

    /// Layers that compute by additions alone.
    static func adders(_ io: IOType) throws -> Design {
        try withAdders(
            chain(
                io, 12,
                [
                    ("fc1", 10, dense(12, 10, .distributedArithmetic)), ("relu1", 10, relu()),
                    ("fc2", 4, dense(10, 4, .distributedArithmetic)),
                ]))
    }

    /// Distributed arithmetic whose sums do not fit a graph.
    private static func wideSum(_ io: IOType) -> Design {
        let operation = DenseOperation(
            weight: tensor([6, 3], .fixed(45, 4), seed: 5), bias: tensor([3], .fixed(8, 2), seed: 3), accum: nil,
            resultType: .fixed(16, 6), strategy: .distributedArithmetic, reuse: 1, exactSum: true)
        return chain(io, 6, [("fc1", 3, operation)])
    }

    /// The graphs of a design, which a build finds in steps of their own; found in haste.
    static func withAdders(_ design: Design) throws -> Design {
        var design = design
        for (index, site) in try PlacedDesign(design).sites.enumerated() {
            guard let task = design.nodes[index].task(site) else { continue }
            design.nodes[index].setAdders(try AdderGraph(task.product, AdderSearch(work: 20_000)))
        }
        return design
    }

    /// A dense layer on all of a grid at once, and one that it leads to.
    static func flattened(_ io: IOType, _ operation: any DesignOperation = dense(96, 8)) -> Design {
        let type = FixedType.fixed(16, 6)
        return Design(
            io: io, compat: .native, inputs: [.init(name: "features", shape: [6, 16], type: type)],
            nodes: [
                .init(
                    name: "flat", inputs: ["features"], shape: [96],
                    operation: ReshapeOperation(resultType: .uniform(type))),
                .init(name: "fc1", inputs: ["flat"], shape: [8], operation: operation),
                .init(name: "relu1", inputs: ["fc1"], shape: [8], operation: relu()),
            ], outputs: ["relu1"])
    }

    /// One tensor read by two layers and by the outside.
    static func fork(_ io: IOType) throws -> Design {
        var design = chain(
            io, 16, [("fc1", 32, dense(16, 32, .resource, reuse: 16)), ("relu1", 32, relu()), ("fc2", 5, dense(32, 5))])
        design.nodes.append(.init(name: "side", inputs: ["relu1"], shape: [32], operation: relu()))
        design.outputs = ["fc2", "side", "relu1"]
        return design
    }

    /// A layer that is more than a tool takes in one function: of products, or of bits in a word of weights.
    static func large(_ io: IOType, _ strategy: Strategy) -> Design {
        let outputs = strategy == .resource ? 288 : 72
        return chain(
            io, 64, [("fc1", outputs, dense(64, outputs, strategy, reuse: strategy == .resource ? 2 : 1))])
    }

    /// The files of a written project as text.
    static func written(
        _ design: Design, _ target: PragmaTable.Target, project: String = "net", interface: InterfaceOptions = .init()
    ) throws -> [String: String] {
        let settings = WriterSettings(
            project: project, dialect: target == .vivado ? .vivado : .vitis, part: "xcvu13p-flga2577-2-e",
            clockPeriod: "5", interface: interface)
        let files = try HLSProject(design, project: settings.project).files(
            settings, templates: Repository.templateFiles)
        return Dictionary(uniqueKeysWithValues: files.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) })
    }

    /// Designs made here, one for each way.
    static func designs() throws -> [(String, Design)] {
        var designs: [(String, Design)] = [("small", try small())]
        for io in IOType.allCases {
            designs.append(("tagger \(io)", try tagger(io)))
            designs.append(("tagger with reuse \(io)", try tagger(io, .latency, reuse: 4)))
            for strategy in [Strategy.resource, .unrolled] {
                let reuse = strategy == .resource ? 16 : 1
                designs.append(("tagger \(io) \(strategy)", try tagger(io, strategy, reuse: reuse)))
            }
            designs.append(("adders \(io)", try adders(io)))
            designs.append(
                (
                    "adders at positions \(io)",
                    try withAdders(positions(io, dense(16, 8, .distributedArithmetic)))
                ))
            designs.append(("too wide for adders \(io)", try withAdders(wideSum(io))))
            designs.append(
                ("one multiplier \(io)", chain(io, 4, [("fc1", 6, dense(4, 6, .resource, reuse: 24))])))
            designs.append(("wide \(io)", chain(io, 300, [("fc1", 2, dense(300, 2)), ("relu1", 2, relu())])))
            designs.append(("fork \(io)", try fork(io)))
            designs.append(("flattened \(io)", flattened(io)))
            for strategy in [Strategy.latency, .resource] {
                designs.append(("positions \(io) \(strategy)", positions(io, dense(16, 8, strategy, reuse: 4))))
            }
            designs.append(("large \(io)", large(io, .latency)))
            designs.append(("words \(io)", words(io)))
            designs.append(("recurrent \(io)", recurrent(io)))
            designs.append(("large positions \(io)", positions(io, dense(16, 48))))
            if io == .parallel { designs.append(("large words \(io)", large(io, .resource))) }
            for count in [2, 6] {
                designs.append(
                    ("\(count) positions \(io)", positions(io, dense(16, 8, reuse: 4, at: count))))
            }
            for method in SoftmaxImplementation.allCases {
                designs.append(
                    ("softmax \(io) \(method)", chain(io, 5, [("softmax", 5, try softmax(5, method))])))
            }
        }
        return designs
    }
}
