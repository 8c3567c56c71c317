import AdderGraphs
import Basics
import FixedPoint
import LayerKit
import Options
import Synchronization
import TestSupport
import Testing

@testable import BuildEngine
@testable import Layers
@testable import Steps

/// The steps that ran, or would.
private final class Notes: Reporter {
    private let steps = Mutex<[String]>([])
    var ran: [String] { steps.withLock { $0 } }

    func report(_ event: BuildEvent) {
        guard case .stepFinished(let step) = event else { return }
        switch step.outcome {
        case .built, .wouldRun: steps.withLock { $0.append(step.label) }
        case .current, .cached, .mayRun: break
        }
    }
}

/// These stages run no commands.
private struct NoRunner: ActionRunner {
    func run(_ request: CommandRequest, onLine: @escaping @Sendable (String) -> Void) async throws -> Termination {
        throw CancellationError()
    }

    func endLeftovers(below folder: String) {}

    func killAll() {}
}

/// The graphs of distributed arithmetic in a build: made for each layer apart, and kept.
@Suite struct AdderStepsTests {
    /// Makes a design of two layers: the stage's first step.
    enum Lower: PureStep {
        static let name = "lower"
        static let version = 1

        struct Settings: Encodable, Sendable {
            var first: Int64
            var strategy: Strategy
            var slack: Int?
        }

        static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
            let type = FixedType.fixed(6, 3)
            func dense(_ weights: [Int64]) -> DenseOperation {
                DenseOperation(
                    weight: QuantizedTensor(type: type, shape: [2, 2], raw: weights),
                    bias: QuantizedTensor(type: type, shape: [2], raw: [1, -1]), accum: nil, resultType: type,
                    strategy: settings.strategy, reuse: 1, exactSum: true)
            }
            // Stated for one of the layers.
            var second = dense([11, 3, 5, -7])
            second.adderSlack = settings.slack
            let design = Design(
                io: .parallel, compat: .native, inputs: [.init(name: "x", shape: [2], type: type)],
                nodes: [
                    .init(
                        name: "a/1", inputs: [TensorID("x")], shape: [2], operation: dense([settings.first, 3, 5, 7])),
                    .init(name: "b", inputs: [TensorID("a/1")], shape: [2], operation: second),
                ], outputs: [TensorID("b")])
            return PureResult(try StageOutput.design.written(design) + AdderSteps.tasks(design))
        }
    }

    private func run(
        _ folder: String, _ first: Int64, _ strategy: Strategy = .distributedArithmetic, slack: Int? = nil,
        dryRun: Bool = false
    ) async throws -> (design: Design?, ran: [String]) {
        let flow = try Flow([
            StageNode(StageIdentity("optimize")) { context in
                let lowered = try await context.run(
                    Lower.self, "lower", settings: .init(first: first, strategy: strategy, slack: slack))
                context.layOut(try await AdderSteps.finish(context, lowered))
            }
        ])
        let events = Notes()
        let builder = Builder(world: World(folder: folder), runner: NoRunner(), reporter: events)
        _ = try await builder.build(flow, BuildOptions(jobs: 2, dryRun: dryRun))
        return (try StageOutput.design.read(below: folder + "/build"), events.ran.sorted())
    }

    @Test func eachLayerIsSearchedForByItself() async throws {
        let scratch = try Scratch()
        let promised = try await run(scratch.path, 9, dryRun: true)
        #expect(promised.design == nil)
        #expect(promised.ran == ["adders of a_1", "adders of b", "lower"])
        let made = try await run(scratch.path, 9)
        #expect(made.ran == ["adders of a_1", "adders of b", "design with adders", "lower"])
        let design = try #require(made.design)
        for (node, weights) in zip(design.nodes, [[9, 3, 5, 7], [11, 3, 5, -7]] as [[Int64]]) {
            let dense = try #require(node.operation.definition as? DenseOperation)
            #expect(dense.adders?.matrix.weights == weights)
        }
        #expect(Files.status(scratch.path + "/build/optimize/adders") == nil, "tasks are no outputs")
        #expect(try await run(scratch.path, 9).ran == [])
        #expect(try await run(scratch.path, 13).ran == ["adders of a_1", "design with adders", "lower"])
    }

    /// The bound on the depth belongs to the layer's step: another bound, another search, for that layer alone.
    @Test func theDepthIsPartOfTheSearch() async throws {
        let scratch = try Scratch()
        let plain = try await run(scratch.path, 9)
        let deeper = try await run(scratch.path, 9, slack: 2)
        #expect(deeper.ran == ["adders of b", "design with adders", "lower"])
        let depths = try [plain, deeper].map { made -> Int in
            let dense = try #require(made.design?.nodes[1].operation.definition as? DenseOperation)
            return try #require(dense.adders?.depth)
        }
        #expect(depths[0] <= depths[1] && depths[1] <= depths[0] + 2)
    }

    @Test func otherStrategiesHaveOneStep() async throws {
        let scratch = try Scratch()
        let made = try await run(scratch.path, 9, .latency)
        #expect(made.ran == ["lower"])
        let dense = try #require(made.design?.nodes[0].operation.definition as? DenseOperation)
        #expect(dense.adders == nil)
    }
}
