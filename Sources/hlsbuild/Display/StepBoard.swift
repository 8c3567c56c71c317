import BuildEngine
import Tools

/// Which steps of a build run now, and how many are done of all that are known to run.
struct StepBoard {
    /// A step of a stage; steps of several stages may have one label.
    struct Name: Hashable {
        var stage: StageIdentity
        var label: String
    }

    struct Running {
        var since: ContinuousClock.Instant
        var saying = ""
        /// What a tool of the vendor is at, once it has said so: its single lines tell nobody anything.
        var phase: String?

        fileprivate mutating func hear(_ line: String) {
            phase = ToolProgress.phase(line) ?? phase
            saying = phase ?? line
        }
    }

    private(set) var running: [Name: Running] = [:]
    /// Steps that wait for a processor or a licence, or run.
    private var unfinished: Set<Name> = []
    private(set) var done = 0

    /// How many steps run, have run and are going to, as far as the stages have said so.
    var all: Int { done + unfinished.count }
    var waiting: Int { unfinished.count - running.count }

    mutating func hear(_ event: BuildEvent, at now: ContinuousClock.Instant) {
        switch event {
        case .stepQueued(let stage, let label): unfinished.insert(Name(stage: stage, label: label))
        case .stepStarted(let stage, let label, _): running[Name(stage: stage, label: label)] = Running(since: now)
        case .output(let stage, let label, let line): running[Name(stage: stage, label: label)]?.hear(line)
        case .progress(let progress):
            running[Name(stage: progress.stage, label: progress.label)]?.saying = progress.line
        case .stepFinished(let step):
            let name = Name(stage: step.stage, label: step.label)
            running[name] = nil
            if unfinished.remove(name) != nil { done += 1 }
        case .waiting, .buildStarted, .stageStarted, .diagnostic, .stageFinished, .buildFinished: break
        }
    }
}
