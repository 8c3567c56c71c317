import Basics
import BuildEngine
import Glibc

/// Colours, or none.
struct Style: Sendable {
    var color: Bool

    enum Paint: String, Sendable {
        case red = "31", green = "32", yellow = "33", dim = "2", cyan = "36", bold = "1", boldRed = "1;31"
    }

    static let output = Style(color: Terminal.allowsColor(STDOUT_FILENO))
    static let errors = Style(color: Terminal.allowsColor(STDERR_FILENO))

    func paint(_ text: String, _ paint: Paint) -> String {
        color ? "\u{1B}[\(paint.rawValue)m\(text)\u{1B}[0m" : text
    }

    func paint(_ text: String, _ word: Diagnostic.Word) -> String {
        switch word {
        case .place: paint(text, .bold)
        case .severity(.error): paint(text, .boldRed)
        case .severity(.warning): paint(text, .yellow)
        case .severity(.note): paint(text, .dim)
        case .help: paint(text, .cyan)
        }
    }
}

/// How stages and steps are written out.
enum StageTable {
    /// `csim      built       7 run, 2 cached         1.3 s     input fc1.h changed: ...`, with colours and nothing else
    /// that a terminal obeys.
    static func line(_ stage: StageReport, _ style: Style) -> String {
        let outcome = style.paint(pad(stage.outcome.word, 12), stage.outcome.paint)
        let seconds = pad(stage.outcome == .current ? "" : duration(stage.seconds), 10)
        let why = stage.why.split(separator: "\n", maxSplits: 1).first.map(String.init) ?? ""
        return trimmed(
            pad(stage.name.visible, 10) + outcome + pad(counts(stage.actions), countsWidth) + seconds + why.visible)
    }

    static func step(_ step: StepReport) -> String {
        let why = step.reason.map { "  " + $0.text } ?? ""
        return pad(step.succeeded ? step.outcome.rawValue : "FAILED", 9) + pad(duration(step.seconds), 9) + step.label
            + why
    }

    static func counts(_ actions: ActionCounts) -> String {
        var parts: [String] = []
        if actions.run > 0 { parts.append("\(actions.run) run") }
        if actions.cached > 0 { parts.append("\(actions.cached) cached") }
        if actions.current > 0 { parts.append("\(actions.current) current") }
        let text = parts.joined(separator: ", ")
        // What would push the columns behind it to the right says less.
        return text.count < countsWidth ? text : "\(actions.run) run, \(actions.cached + actions.current) kept"
    }

    private static let countsWidth = 24

    static func duration(_ seconds: Double) -> String {
        let milliseconds = Int((max(0, min(seconds, 1e9)) * 1000).rounded())
        if milliseconds < 1000 { return "\(milliseconds) ms" }
        if milliseconds < 60_000 { return "\(milliseconds / 1000).\(milliseconds % 1000 / 100) s" }
        return "\(milliseconds / 60_000) min \(milliseconds / 1000 % 60) s"
    }

    static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }

    static func trimmed(_ line: String) -> String {
        var line = line
        while line.last == " " { line.removeLast() }
        return line
    }
}

extension StageStatus.State {
    var paint: Style.Paint {
        switch self {
        case .upToDate: .dim
        case .failed: .red
        case .stale, .neverBuilt, .unavailable, .blocked: .yellow
        }
    }
}

extension StageOutcome {
    /// In words for people.
    var word: String {
        switch self {
        case .current: "up to date"
        case .cached: "cached"
        case .built: "built"
        case .failed: "FAILED"
        case .blocked: "blocked"
        case .unavailable: "unavailable"
        case .wouldRun: "would run"
        case .mayRun: "may run"
        }
    }

    var paint: Style.Paint {
        switch self {
        case .current: .dim
        case .cached, .built: .green
        case .failed: .red
        case .blocked, .unavailable, .wouldRun, .mayRun: .yellow
        }
    }
}
