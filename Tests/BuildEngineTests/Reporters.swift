import Basics
import BuildEngine
import Synchronization

/// Keeps all events.
final class RecordingReporter: Reporter {
    private let kept = Mutex<[BuildEvent]>([])

    var events: [BuildEvent] { kept.withLock { $0 } }

    func report(_ event: BuildEvent) { kept.withLock { $0.append(event) } }

    /// The messages of all diagnostics.
    var messages: [String] {
        events.compactMap { if case .diagnostic(let diagnostic, _) = $0 { diagnostic.message } else { nil } }
    }

    /// The steps that ended, as `stage/label outcome`.
    var steps: [String] {
        events.compactMap { event in
            guard case .stepFinished(let step) = event else { return nil }
            return "\(step.stage)/\(step.label) \(step.outcome.rawValue)"
        }
    }
}
