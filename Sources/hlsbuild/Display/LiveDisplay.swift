import Basics
import BuildEngine
import Synchronization
import Tools

/// The display of a terminal: finished stages scroll up, and below them stands one line per running step with the time
/// it has taken and the last thing its tool said.
final class LiveDisplay: Reporter {
    private struct Running {
        var since: ContinuousClock.Instant
        var saying = ""
        /// What a tool of the vendor is at, once it has said so: its single lines tell nobody anything.
        var phase: String?

        mutating func hear(_ line: String) {
            phase = ToolProgress.phase(line) ?? phase
            saying = phase ?? line
        }
    }

    private struct State {
        var running: [String: Running] = [:]
        var linesDrawn = 0
        var drawn = ContinuousClock.now - .seconds(1)
        var isOver = false
    }

    private let plain: PlainDisplay
    private let state = Mutex(State())

    init(_ options: GlobalOptions, style: Style, located: @escaping @Sendable (Diagnostic) -> Diagnostic) {
        plain = PlainDisplay(options, style: style, located: located)
    }

    func report(_ event: BuildEvent) {
        state.withLock { state in
            switch event {
            case .stepStarted(let stage, let label, _): state.running["\(stage) \(label)"] = Running(since: .now)
            case .output(let stage, let label, let line): state.running["\(stage) \(label)"]?.hear(line)
            case .progress(let progress):
                state.running["\(progress.stage) \(progress.label)"]?.saying = progress.line
            case .stepFinished(let step): state.running["\(step.stage) \(step.label)"] = nil
            case .buildFinished: state.isOver = true
            case .waiting, .buildStarted, .stageStarted, .diagnostic, .stageFinished: break
            }
            switch event {
            case .waiting, .diagnostic, .stageFinished, .buildFinished:
                Self.erase(&state)
                plain.report(event)
                Self.draw(&state)
            case .stepStarted, .output, .progress, .stepFinished, .buildStarted, .stageStarted:
                if ContinuousClock.now - state.drawn > .milliseconds(100) { Self.redraw(&state) }
            }
        }
    }

    /// Keeps the times moving until the build is over.
    func tick() async {
        while !state.withLock({ $0.isOver }), !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(200))
            state.withLock { Self.redraw(&$0) }
        }
    }

    private static func redraw(_ state: inout State) {
        erase(&state)
        draw(&state)
    }

    private static func erase(_ state: inout State) {
        guard state.linesDrawn > 0 else { return }
        Terminal.write(asItIs: "\u{1B}[\(state.linesDrawn)A\r\u{1B}[J")
        state.linesDrawn = 0
    }

    private static func draw(_ state: inout State) {
        guard !state.isOver else { return }
        let width = Terminal.width
        let now = ContinuousClock.now
        var text = ""
        for (name, running) in state.running.sorted(by: { $0.value.since < $1.value.since }).prefix(12) {
            let (seconds, fraction) = (now - running.since).components
            let time = StageTable.duration(Double(seconds) + Double(fraction) * 1e-18)
            text += elided("  \(StageTable.pad(time, 8))\(name)  \(running.saying)", width - 1) + "\n"
            state.linesDrawn += 1
        }
        state.drawn = now
        if !text.isEmpty { Terminal.writeOut(text) }
    }

    /// A line that does not wrap: cut in the middle.
    private static func elided(_ line: String, _ width: Int) -> String {
        let clean = line.visible
        if clean.count <= width { return clean }
        let head = max(1, width * 2 / 3)
        return clean.prefix(head) + "…" + clean.suffix(max(0, width - head - 1))
    }
}
