import Basics
import Synchronization
import Testing
import TestSupport

@testable import BuildEngine

/// Flows of very many stages: every stage after those it needs, no stack that grows with them, no memory that does not
/// come back.
@Suite struct LargeFlowTests {
    let project: TestProject
    let runner = FakeRunner()

    init() throws { project = try TestProject() }

    private static let count = 10_000

    private func chain(_ count: Int, _ body: @escaping @Sendable (Int) throws -> Void = { _ in }) throws -> Flow {
        // Declared from its end: whoever follows needs meets the whole chain at the first stage.
        try Flow(
            (0..<count).reversed().map { number in
                StageNode("s\(number)", needs: number == 0 ? [] : ["s\(number - 1)"]) { _ in try body(number) }
            })
    }

    @Test func longChainIsOrderedAndBuilt() async throws {
        let seen = Mutex<[Int]>([])
        let flow = try chain(Self.count) { number in seen.withLock { $0.append(number) } }
        #expect(try flow.closure(of: ["s9999"]).map(\.name) == (0..<Self.count).map { "s\($0)" })
        let summary = try await project.build(flow, runner)
        #expect(summary.isQuiet)
        #expect(seen.withLock { $0 } == Array(0..<Self.count))
    }

    @Test func longCircleIsNamedWhole() throws {
        let nodes = (0..<Self.count).map { number in
            StageNode("s\(number)", needs: ["s\((number + 1) % Self.count)"]) { _ in }
        }
        let error = #expect(throws: DiagnosticError.self) { try Flow(nodes) }
        #expect(error?.description.contains("s0 -> s1 -> s2 -> ") == true)
        #expect(error?.description.contains(" -> s9999 -> s0") == true)
    }

    @Test func failureAtTheStartBlocksTheWholeChain() async throws {
        let flow = try chain(Self.count) { number in
            if number == 0 { throw DiagnosticError(.error("it broke")) }
        }
        for keepGoing in [false, true] {
            let summary = try await project.build(flow, runner, BuildOptions(keepGoing: keepGoing))
            #expect(summary.stages.count { $0.outcome == .blocked } == Self.count - 1)
            #expect(summary.stages[1].why == "s0 failed")
            #expect(summary.stages[Self.count - 1].why == "s\(Self.count - 2) is blocked")
        }
    }

    /// More independent stages than are under way at once, each needed by one at the end.
    @Test func manyIndependentStagesAreAllBuiltAndNotAllAtOnce() async throws {
        let running = Mutex((now: 0, most: 0))
        let names = (0..<2_000).map { StageIdentity("s\($0)") }
        let nodes = names.map { name in
            StageNode(name) { context in
                running.withLock {
                    $0.now += 1
                    $0.most = max($0.most, $0.now)
                }
                await Task.yield()
                running.withLock { $0.now -= 1 }
            }
        }
        let end = StageNode("end", needs: names) { context in
            for name in names { _ = try context.outputs(of: name) }
        }
        let summary = try await project.build(Flow(nodes + [end]), runner)
        #expect(summary.isQuiet)
        #expect(summary.stages.count == 2_001)
        #expect(running.withLock { $0.most } <= 256)
    }

    /// Against the order that is told by looking at all stages again and again.
    @Test(arguments: 0..<40) func randomFlowsRunInOrder(_ seed: UInt64) async throws {
        var random = Dice(state: seed)
        let count = 1 + Int(random.next() % 60)
        var needs: [[Int]] = []
        for number in 0..<count {
            needs.append(
                (0..<Int(random.next() % 4)).compactMap { _ in number == 0 ? nil : Int(random.next() % UInt64(number)) }
            )
        }
        let failing = Set((0..<count).filter { _ in random.next() % 10 == 0 })
        let begun = Mutex<[Int]>([])
        let order = (0..<count).shuffled(using: &random)
        let flow = try Flow(
            order.map { number in
                StageNode(StageIdentity("s\(number)"), needs: needs[number].map { StageIdentity("s\($0)") }) { _ in
                    begun.withLock { $0.append(number) }
                    if failing.contains(number) { throw DiagnosticError(.error("broke")) }
                }
            })
        let summary = try await project.build(flow, runner, BuildOptions(keepGoing: true))
        var isThere: [Bool] = []
        for number in 0..<count {
            let canRun = needs[number].allSatisfy { isThere[$0] }
            isThere.append(canRun && !failing.contains(number))
            let expected: StageOutcome = !canRun ? .blocked : failing.contains(number) ? .failed : .current
            #expect(summary[StageIdentity("s\(number)")]?.outcome == expected)
        }
        let places = Dictionary(uniqueKeysWithValues: begun.withLock { $0 }.enumerated().map { ($1, $0) })
        for (number, place) in places {
            for need in needs[number] { #expect(places[need].map { $0 < place } == true) }
        }
    }

    @Test func placesComeOutInOrder() {
        var random = Dice(state: 7)
        var places = Places()
        var model: [Int] = []
        for _ in 0..<2_000 {
            if random.next() % 3 == 0 {
                model.sort()
                #expect(places.popFirst() == (model.isEmpty ? nil : model.removeFirst()))
            } else {
                let place = Int(random.next() % 100)
                places.insert(place)
                model.append(place)
            }
        }
    }
}
