import Basics
import BuildEngine
import TestSupport

/// Keeps all events.
final class RecordingReporter: Reporter {
    private let kept = Watched<[BuildEvent]>([])

    var events: [BuildEvent] { kept.value }

    func report(_ event: BuildEvent) { kept.change { $0.append(event) } }

    /// Waits for events.
    func wait(until isMet: @escaping @Sendable ([BuildEvent]) -> Bool) async throws {
        try await kept.wait(until: isMet)
    }

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
