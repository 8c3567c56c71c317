import Basics
import BuildEngine
import Synchronization

/// Notes when the stages and steps of a build ran, and hands on what it hears.
final class StepTimes: Reporter {
    /// Something that took a while.
    private struct Span {
        var name: String
        var stage: String
        var begin: ContinuousClock.Instant
        var end: ContinuousClock.Instant
        /// How a step ended; nil for a stage.
        var step: StepReport?
    }

    private struct State {
        var begun: [String: ContinuousClock.Instant] = [:]
        var stages: [Span] = []
        var steps: [Span] = []
    }

    private let next: any Reporter
    private let start = ContinuousClock.now
    private let state = Mutex(State())

    init(telling next: any Reporter) { self.next = next }

    func report(_ event: BuildEvent) {
        let now = ContinuousClock.now
        state.withLock { state in
            switch event {
            case .stageStarted(let stage): state.begun[stage.text] = now
            case .stepStarted(let stage, let label, _): state.begun[stage.text + "\n" + label] = now
            case .stepFinished(let step):
                // What did not run has not begun.
                guard let begin = state.begun.removeValue(forKey: step.stage.text + "\n" + step.label) else { break }
                state.steps.append(Span(name: step.label, stage: step.stage.text, begin: begin, end: now, step: step))
            case .stageFinished(let stage):
                guard let begin = state.begun.removeValue(forKey: stage.name) else { break }
                state.stages.append(Span(name: stage.name, stage: stage.name, begin: begin, end: now))
            case .waiting, .buildStarted, .stepQueued, .output, .progress, .diagnostic, .buildFinished: break
            }
        }
        next.report(event)
    }

    /// All of it as Chrome, Perfetto and Speedscope read it: stages as one process, steps as another, and as many lanes in
    /// each as ran at once. Times are microseconds from the start of the build.
    var trace: JSONValue {
        let (stages, steps) = state.withLock { ($0.stages, $0.steps) }
        let events = [Self.process(1, "stages"), Self.process(2, "steps")] + spans(stages, 1) + spans(steps, 2)
        return .object(["displayTimeUnit": .string("ms"), "traceEvents": .array(events)])
    }

    private static func process(_ number: Int, _ name: String) -> JSONValue {
        .object([
            "name": .string("process_name"), "ph": .string("M"), "pid": .int(number), "tid": .int(0),
            "args": .object(["name": .string(name)]),
        ])
    }

    private func spans(_ spans: [Span], _ process: Int) -> [JSONValue] {
        var ends: [ContinuousClock.Instant] = []
        return spans.sorted { $0.begin < $1.begin }.map { span in
            let free = ends.firstIndex { $0 <= span.begin } ?? ends.count
            if free == ends.count { ends.append(span.end) } else { ends[free] = span.end }
            return .object([
                "name": .string(span.name), "cat": .string(span.stage), "ph": .string("X"),
                "ts": .int(Self.microseconds(span.begin - start)),
                "dur": .int(Self.microseconds(span.end - span.begin)),
                "pid": .int(process), "tid": .int(free + 1), "args": Self.arguments(span),
            ])
        }
    }

    private static func arguments(_ span: Span) -> JSONValue {
        guard let step = span.step else { return .object([]) }
        return .object(["ok": .bool(step.succeeded), "why": .string(step.reason?.text ?? "")])
    }

    private static func microseconds(_ duration: Duration) -> Int {
        let (seconds, attoseconds) = duration.components
        return Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000)
    }
}
