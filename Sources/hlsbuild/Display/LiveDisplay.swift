import Basics
import BuildEngine
import Synchronization

/// The display of a terminal: finished stages scroll up, and below them stands what is under way.
final class LiveDisplay: Reporter {
    private struct State {
        var steps = StepBoard()
        /// What stands on the terminal below the finished stages.
        var block = LiveBlock()
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
            state.steps.hear(event, at: .now)
            switch event {
            case .buildFinished: state.isOver = true
            case .waiting, .buildStarted, .stageStarted, .stepQueued, .stepStarted, .output, .progress, .stepFinished,
                .diagnostic, .stageFinished:
                break
            }
            switch event {
            case .waiting, .diagnostic, .stageFinished, .buildFinished:
                Self.replace(&state, by: LiveBlock())
                plain.report(event)
                Self.draw(&state)
            case .stepQueued, .stepStarted, .output, .progress, .stepFinished, .buildStarted, .stageStarted:
                if ContinuousClock.now - state.drawn > .milliseconds(100) { Self.draw(&state) }
            }
        }
    }

    /// Keeps the times moving until the build is over.
    func tick() async {
        while !state.withLock({ $0.isOver }), !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(200))
            state.withLock { Self.draw(&$0) }
        }
    }

    private static func draw(_ state: inout State) {
        guard !state.isOver else { return }
        state.drawn = .now
        replace(&state, by: LiveBlock(state.steps, at: state.drawn, in: Terminal.size))
    }

    /// Everything in one piece, so that nobody sees a half of it.
    private static func replace(_ state: inout State, by block: LiveBlock) {
        let text = state.block.erasure(in: Terminal.size) + block.text
        state.block = block
        if !text.isEmpty { Terminal.write(asItIs: text) }
    }
}
