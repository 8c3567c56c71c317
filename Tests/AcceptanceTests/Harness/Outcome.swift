import FoundationEssentials
import TestSupport

/// What one run of `hlsbuild --json` did, read from its events.
struct Outcome {
    /// One line of `--json`; members that an event does not have are nil.
    struct Event: Decodable {
        var event: String
        var stage: String?
        var step: String?
        var outcome: String?
        var ok: Bool?
        var message: String?
        var severity: String?
        var stages: [Stage]?

        private enum Key: String, CodingKey { case event, stage, step, outcome, ok, message, severity, stages }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: Key.self)
            event = try values.decode(String.self, forKey: .event)
            // An object or a name, by event.
            stage = try? values.decode(String.self, forKey: .stage)
            step = try values.decodeIfPresent(String.self, forKey: .step)
            outcome = try values.decodeIfPresent(String.self, forKey: .outcome)
            ok = try values.decodeIfPresent(Bool.self, forKey: .ok)
            message = try values.decodeIfPresent(String.self, forKey: .message)
            severity = try values.decodeIfPresent(String.self, forKey: .severity)
            // Names or objects, by event.
            stages = try? values.decode([Stage].self, forKey: .stages)
        }
    }

    struct Stage: Decodable {
        struct Actions: Decodable { var run, cached, current: Int }
        var name: String
        var outcome: String
        var why: String
        var actions: Actions
    }

    let ended: Ended
    let events: [Event]
    /// Lines of standard output that are no JSON objects; the last line of a killed run may be torn.
    let unreadable: [String]

    init(_ ended: Ended) {
        self.ended = ended
        var events: [Event] = []
        var unreadable: [String] = []
        for line in ended.output.split(separator: "\n") {
            if let event = try? JSONDecoder().decode(Event.self, from: Data(line.utf8)) {
                events.append(event)
            } else {
                unreadable.append(String(line))
            }
        }
        self.events = events
        self.unreadable = unreadable
    }

    var status: Int32 { ended.status }
    var errors: String { ended.errors }

    var stages: [Stage] { events.last { $0.event == "summary" }?.stages ?? [] }

    func outcome(of stage: String) -> String { stages.first { $0.name == stage }?.outcome ?? "-" }

    /// `stage/step` of every step that ran, in the order in which they ended.
    var ran: [String] { names(events.filter { $0.event == "step-finished" && $0.outcome == "built" }) }

    /// Those that ran and succeeded: once this has been printed, the result is kept.
    var finished: [String] {
        names(events.filter { $0.event == "step-finished" && $0.outcome == "built" && $0.ok == true })
    }

    /// Steps that a dry run says would run.
    var announced: [String] { names(events.filter { $0.event == "step-finished" && $0.outcome == "wouldRun" }) }

    /// Steps that a dry run says may run, which depends on what others give.
    var possible: [String] { names(events.filter { $0.event == "step-finished" && $0.outcome == "mayRun" }) }

    /// Stages in which a step ran, in the order of the road.
    var stagesRun: [String] {
        let names = Set(ran.compactMap { $0.split(separator: "/").first.map(String.init) })
        return ["parse", "optimize", "write", "csim", "synth", "vsynth", "export"].filter(names.contains)
    }

    /// The sources that the compiler was run on, sorted.
    var compiled: [String] {
        let prefix = "csim/compile "
        return ran.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }.sorted()
    }

    /// Messages of a severity.
    func messages(_ severity: String) -> [String] {
        events.filter { $0.event == "diagnostic" && $0.severity == severity }.compactMap(\.message)
    }

    private func names(_ events: [Event]) -> [String] { events.map { "\($0.stage ?? "?")/\($0.step ?? "?")" } }
}
