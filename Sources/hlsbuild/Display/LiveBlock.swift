import Basics
import BuildEngine

/// The last lines of a terminal, which are drawn again and again: how far the build is, and one line a running step with
/// the time it has taken and the last thing its tool said.
struct LiveBlock: Equatable {
    /// No line is wider than the terminal was, and all of them together leave one of its rows.
    private(set) var lines: [String] = []

    /// More steps than anybody follows.
    private static let mostSteps = 12

    /// Nothing.
    init() {}

    init(_ steps: StepBoard, at now: ContinuousClock.Instant, in size: TerminalSize) {
        let room = size.rows - 1
        guard !steps.running.isEmpty, room > 0, size.columns > 1 else { return }
        // By name where they began at once: the same steps always stand in the same lines.
        let running = steps.running.sorted {
            ($0.value.since, $0.key.stage.text, $0.key.label) < ($1.value.since, $1.key.stage.text, $1.key.label)
        }
        let rows = running.map { name, running in
            "  " + StageTable.pad(Self.time(running, now), 8) + "\(name.stage.text) \(name.label)  \(running.saying)"
        }
        // The line that says how many are not shown takes the place of one.
        let fitting = min(room - 1, Self.mostSteps)
        let shown = rows.count <= fitting ? rows.count : max(0, fitting - 1)
        var lines = [Self.heading(steps)] + rows.prefix(shown)
        if shown < rows.count, room > 1 { lines.append("  and \(rows.count - shown) more") }
        self.lines = lines.map { Self.elided($0, size.columns - 1) }
    }

    private static func heading(_ steps: StepBoard) -> String {
        let waiting = steps.waiting > 0 ? ", \(steps.waiting) waiting" : ""
        return "[\(steps.done)/\(steps.all)] \(steps.running.count) running\(waiting)"
    }

    private static func time(_ step: StepBoard.Running, _ now: ContinuousClock.Instant) -> String {
        let (seconds, fraction) = (now - step.since).components
        return StageTable.duration(Double(seconds) + Double(fraction) * 1e-18)
    }

    /// A line that does not wrap: cut in the middle.
    private static func elided(_ line: String, _ width: Int) -> String {
        let clean = line.visible
        if clean.count <= width { return clean }
        let head = max(1, width * 2 / 3)
        return clean.prefix(head) + (head < width ? "…" : "") + clean.suffix(max(0, width - head - 1))
    }

    // MARK: what a terminal obeys

    /// Draws the lines. They are not wrapped even where a character is wider than one column.
    var text: String {
        lines.isEmpty ? "" : "\u{1B}[?7l" + lines.map { $0 + "\n" }.joined() + "\u{1B}[?7h"
    }

    /// Removes the lines, with the cursor below them, from a terminal that may have another size now.
    func erasure(in size: TerminalSize) -> String {
        guard !lines.isEmpty else { return "" }
        // Lines that are wider than the terminal are wrapped by some terminals and cut by others, so nobody knows how many
        // rows they have. All that stands there scrolls away, and the terminal is begun anew at its top.
        if lines.contains(where: { $0.count > size.columns }) {
            return "\u{1B}[\(size.rows);1H" + String(repeating: "\n", count: size.rows) + "\u{1B}[H\u{1B}[J"
        }
        // What a lower terminal has no rows for has scrolled away.
        let rows = min(lines.count, size.rows - 1)
        return (rows > 0 ? "\u{1B}[\(rows)A" : "") + "\r\u{1B}[J"
    }
}
