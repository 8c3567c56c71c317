internal import Basics

/// Runs the stages of a flow: each after those it needs, independent ones at the same time.
struct Executor {
    let session: Session
    let stages: [StageNode]

    private struct Finished: Sendable {
        var report: StageReport
        var products: StageProducts
    }

    /// The reports in the order of `stages`.
    func run() async -> [StageReport] {
        var finished: [String: Finished] = [:]
        var waiting = stages
        var isStopping = false
        await withTaskGroup(of: Finished.self) { group in
            while true {
                isStopping = isStopping || Task.isCancelled
                var rest: [StageNode] = []
                for stage in waiting {
                    if let blocked = blocked(stage, finished, isStopping: isStopping) {
                        finished[stage.name] = Finished(report: blocked, products: StageProducts())
                        session.reporter.report(.stageFinished(blocked))
                    } else if stage.needs.allSatisfy({ finished[$0] != nil }) {
                        let upstream = finished.filter { stage.needs.contains($0.key) }.mapValues(\.products)
                        let runner = StageRunner(session: session, stage: stage)
                        group.addTask {
                            let (report, products) = await runner.run(upstream: upstream)
                            return Finished(report: report, products: products)
                        }
                    } else {
                        rest.append(stage)
                    }
                }
                waiting = rest
                guard let next = await group.next() else { break }
                finished[next.report.name] = next
                if next.report.outcome == .failed, !session.options.keepGoing { isStopping = true }
            }
        }
        return stages.compactMap { finished[$0.name]?.report }
    }

    /// The report of a stage that will not be started; nil if it may be, now or later.
    private func blocked(
        _ stage: StageNode, _ finished: [String: Finished], isStopping: Bool
    ) -> StageReport? {
        for need in stage.needs {
            switch finished[need]?.report.outcome {
            case .failed: return notRun(stage, "\(need) failed")
            case .unavailable: return notRun(stage, "\(need) is unavailable")
            case .blocked: return notRun(stage, "\(need) is blocked")
            case .current, .cached, .built, .wouldRun, .mayRun, nil: break
            }
        }
        guard isStopping else { return nil }
        if Task.isCancelled { return notRun(stage, "interrupted") }
        let culprit = finished.values.map(\.report).filter { $0.outcome == .failed }.map(\.name).min() ?? "a stage"
        return notRun(stage, "the build stopped because \(culprit) failed")
    }

    private func notRun(_ stage: StageNode, _ why: String) -> StageReport {
        StageReport(
            name: stage.name, outcome: .blocked, why: why, reason: nil, seconds: 0, actions: ActionCounts(), steps: [],
            diagnostics: [])
    }
}
