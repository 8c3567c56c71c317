internal import Basics

/// Runs the stages of a flow: each after those it needs, independent ones at the same time.
///
/// What a stage waits for is a count, and whoever ends counts it down: the work is in proportion to the stages and
/// their needs.
struct Executor {
    private let session: Session
    private let stages: [StageNode]
    /// The places in `stages` of what each needs, and of those that need it.
    private let needs: [[Int]]
    private let dependants: [[Int]]

    /// So many stages are under way at once, at most: enough that nobody waits, and few enough that memory does not
    /// grow with the flow.
    private static let mostUnderWay = 256

    private struct Finished: Sendable {
        var place: Int
        var report: StageReport
        var products: StageProducts
    }

    /// How far the stages are.
    private struct Progress {
        var reports: [StageReport?]
        /// What those that are done offer, as long as somebody may still ask for it.
        var products: [StageProducts?]
        /// How many needs of each are not done.
        var unfinished: [Int]
        /// How many that need a stage have not begun.
        var users: [Int]
        /// Those that can be started or must be given up, first ones first.
        var ready = Places()
        var hasBegun: [Bool]
        var underWay = 0
        /// The failed stage that comes first by name.
        var culprit: String?
        var hasGivenUp = false
    }

    /// - Parameter stages: in an order in which needs come first.
    init(session: Session, stages: [StageNode]) {
        self.session = session
        self.stages = stages
        let places = Dictionary(
            stages.enumerated().map { ($1.identity, $0) }, uniquingKeysWith: { first, _ in first })
        needs = stages.map { $0.needs.compactMap { places[$0] } }
        var dependants = [[Int]](repeating: [], count: stages.count)
        for (place, needs) in needs.enumerated() {
            for need in needs { dependants[need].append(place) }
        }
        self.dependants = dependants
    }

    /// The reports in the order of `stages`.
    func run() async -> [StageReport] {
        var progress = Progress(
            reports: Array(repeating: nil, count: stages.count), products: Array(repeating: nil, count: stages.count),
            unfinished: needs.map(\.count), users: dependants.map(\.count),
            hasBegun: Array(repeating: false, count: stages.count))
        for place in stages.indices where needs[place].isEmpty { progress.ready.insert(place) }
        await withTaskGroup(of: Finished.self) { group in
            while true {
                while progress.underWay < Self.mostUnderWay, !Task.isCancelled, !isStopping(progress),
                    let place = progress.ready.popFirst()
                {
                    start(place, &progress, &group)
                }
                if Task.isCancelled || isStopping(progress) { giveUp(&progress) }
                guard let next = await group.next() else { break }
                progress.underWay -= 1
                progress.products[next.place] = next.products
                finish(next.place, next.report, &progress)
            }
        }
        return progress.reports.compactMap { $0 }
    }

    private func isStopping(_ progress: Progress) -> Bool {
        progress.culprit != nil && !session.options.keepGoing
    }

    /// Starts a stage whose needs are done, or gives it up if one of them is not there.
    private func start(_ place: Int, _ progress: inout Progress, _ group: inout TaskGroup<Finished>) {
        // It is given up already if two of its needs are not there.
        guard progress.reports[place] == nil else { return }
        if let why = obstacle(to: place, progress) { return block(place, why, &progress) }
        var upstream: [StageIdentity: StageProducts] = [:]
        for need in needs[place] { upstream[stages[need].identity] = progress.products[need] }
        release(place, &progress)
        progress.hasBegun[place] = true
        progress.underWay += 1
        let runner = StageRunner(session: session, stage: stages[place])
        group.addTask {
            let (report, products) = await runner.run(upstream: upstream)
            return Finished(place: place, report: report, products: products)
        }
    }

    /// Lets go of what the stage's needs offer if it was the last to ask.
    private func release(_ place: Int, _ progress: inout Progress) {
        for need in needs[place] {
            progress.users[need] -= 1
            if progress.users[need] == 0 { progress.products[need] = nil }
        }
    }

    private func finish(_ place: Int, _ report: StageReport, _ progress: inout Progress) {
        progress.reports[place] = report
        let isThere: Bool
        switch report.outcome {
        case .current, .cached, .built, .wouldRun, .mayRun: isThere = true
        case .failed:
            isThere = false
            progress.culprit = min(progress.culprit ?? report.name, report.name)
        case .unavailable, .blocked: isThere = false
        }
        if progress.users[place] == 0 { progress.products[place] = nil }
        for dependant in dependants[place] {
            progress.unfinished[dependant] -= 1
            if !isThere || progress.unfinished[dependant] == 0 { progress.ready.insert(dependant) }
        }
    }

    private func block(_ place: Int, _ why: String, _ progress: inout Progress) {
        let report = StageReport(
            stage: stages[place].identity, outcome: .blocked, why: why, reason: nil, seconds: 0,
            actions: ActionCounts(), steps: [], diagnostics: [])
        session.reporter.report(.stageFinished(report))
        release(place, &progress)
        finish(place, report, &progress)
    }

    /// Blocks all stages that have not begun.
    private func giveUp(_ progress: inout Progress) {
        if progress.hasGivenUp { return }
        progress.hasGivenUp = true
        let why =
            Task.isCancelled
            ? "interrupted" : "the build stopped because \(progress.culprit ?? "a stage") failed"
        for place in stages.indices where progress.reports[place] == nil && !progress.hasBegun[place] {
            block(place, obstacle(to: place, progress) ?? why, &progress)
        }
    }

    /// Why a stage cannot be made; nil if nothing that it needs is missing so far.
    private func obstacle(to place: Int, _ progress: Progress) -> String? {
        for need in needs[place] {
            guard let report = progress.reports[need] else { continue }
            switch report.outcome {
            case .failed: return "\(report.name) failed"
            case .unavailable: return "\(report.name) is unavailable"
            case .blocked: return "\(report.name) is blocked"
            case .current, .cached, .built, .wouldRun, .mayRun: break
            }
        }
        return nil
    }
}
