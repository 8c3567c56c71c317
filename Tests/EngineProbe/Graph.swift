import Basics
import BuildEngine
import Glibc
import ToolRunner

/// A graph of very many small stages, for measuring what a build costs that has nothing to do: points of a sweep, in
/// each ten stages in a row, of which each hands on one file.
///
/// A build is what the program makes of it: the quiet record if it holds, else all stages. With `walk` all stages are
/// gone over in any case.
struct Graph {
    static let stagesOfAPoint = 10

    let folder: String
    let count: Int
    let walks: Bool

    /// Nil for other arguments than `graph FOLDER STAGES [walk]`.
    init?(_ arguments: ArraySlice<String>) {
        let words = Array(arguments)
        guard (3...4).contains(words.count), words[0] == "graph", let count = Int(words[2]), count > 0 else {
            return nil
        }
        folder = words[1]
        self.count = count
        walks = words.count == 4
    }

    func run() async throws {
        let request = "graph \(count)"
        if !walks, let summary = QuietCheck.holds(request: request, in: folder) {
            print("nothing to do: \(summary.stages.count) stages")
            return
        }
        let builder = Builder(world: World(folder: folder), runner: LocalRunner())
        let summary = try await builder.build(flow(), BuildOptions(jobs: 2, request: request))
        for stage in summary.stages.prefix(100) where !summary.ok { print(stage.name, stage.why) }
        let made = summary.stages.count { $0.outcome != .current }
        print("\(summary.stages.count) stages, \(made) made")
        if !summary.ok { exit(1) }
    }

    private func flow() throws -> Flow {
        try Flow(
            (0..<count).map { number in
                let (point, place) = number.quotientAndRemainder(dividingBy: Self.stagesOfAPoint)
                let need = place == 0 ? nil : StageIdentity(point: "p\(point)", "s\(place - 1)")
                return StageNode(.init(point: "p\(point)", "s\(place)"), needs: need.map { [$0] } ?? []) { context in
                    let before =
                        if let need { try context.output("out", of: need) } else { try context.source("source.txt") }
                    let made = try await context.run(
                        HandOn.self, "hand on", settings: .init(number: number), inputs: [.init("before", before)])
                    context.layOut(made.outputs)
                }
            })
    }
}

/// Adds a line.
struct HandOn: PureStep {
    struct Settings: Encodable, Sendable {
        var number: Int
    }
    static let name = "hand on"
    static let version = 1

    static func perform(_ settings: Settings, _ inputs: StepInputs) throws -> PureResult {
        [OutputFile("out", text: try inputs.text("before") + "\(settings.number)\n")]
    }
}
