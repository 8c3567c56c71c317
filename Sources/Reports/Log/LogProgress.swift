/// The steps of a run as its log tells them, and which errors a later success of the same step made good.
struct LogProgress {
    struct Phase {
        var name: String
        var line: Int
        var outcome = LogReport.Outcome.unknown
    }

    private struct OpenError {
        var line: Int
        /// The step it happened in; nil between steps, as for an option that the script sets.
        var phase: String?
    }

    private(set) var phases: [Phase] = []
    private(set) var marker: String?
    private(set) var ended = false
    private(set) var traceback = false
    private(set) var tracebackLine = 0
    private(set) var checksums: [LogReport.Checksum] = []
    /// Lines of errors that were made good.
    private(set) var recovered: Set<Int> = []
    private(set) var lines = 0
    private var open: [OpenError] = []
    private var phaseOfLine: [Int: String] = [:]
    /// Index of the step that runs.
    private var current: Int?

    init() {}

    /// True where the last step whose end the tools announce was announced.
    var lastPhaseSucceeded: Bool { phases.last { Self.judged.contains($0.name) }?.outcome != .unknown }

    /// The step that the error at `line` happened in.
    func phase(ofErrorAt line: Int) -> String? { phaseOfLine[line] }

    var phase: (Int) -> String? { { [phaseOfLine] in phaseOfLine[$0] } }

    /// Steps that say so when they are done.
    private static let judged: Set<String> = [
        "csim", "csynth", "cosim", "export", "synth_design", "opt_design", "place_design", "route_design",
        "phys_opt_design", "write_bitstream",
    ]

    mutating func note(_ line: Line, _ number: Int) {
        lines = number
        begin(line, number)
        finish(line, number)
        if line.contains("while executing") || line.contains("invoked from within") {
            traceback = true
            if tracebackLine == 0 { tracebackLine = number }
        }
        if line.contains("[Common 17-206] Exiting ") || line.contains("[HLS 200-112] Total ") { ended = true }
        if line.contains("hecksum: ") { checksum(line) }
    }

    mutating func error(_ message: LogMessage) {
        let phase = current.map { phases[$0].name }
        phaseOfLine[message.line] = phase
        open.append(OpenError(line: message.line, phase: phase))
    }

    /// Steps with errors that nothing made good have failed.
    mutating func end() {
        for error in open {
            guard let name = error.phase else { continue }
            for index in phases.indices.reversed() where phases[index].line <= error.line && phases[index].name == name
            {
                phases[index].outcome = .failure
                break
            }
        }
        if !open.isEmpty { return }
        if !recovered.isEmpty, marker != nil { traceback = false }
    }

    // MARK: Beginnings

    private mutating func begin(_ line: Line, _ number: Int) {
        if let running = line.index(of: "[HLS 200-1510] Running: ") {
            let command = Line.text(line.bytes[(running + 24)...]).words.first ?? ""
            if command.hasSuffix("_design") { start(String(command.dropLast(7)), number) } else { current = nil }
        } else if line.starts(with: "Command: ") {
            let command = Line.text(line.bytes.dropFirst(9)).words.first ?? ""
            if !command.isEmpty { start(command, number) }
        } else if line.contains("[SIM 211-2]") {
            enter("csim", number)
        } else if line.contains("[HLS 200-10] Analyzing design file") {
            enter("csynth", number)
        } else if line.contains("[COSIM 212-47]") || line.contains("[COSIM-47]") {
            enter("cosim", number)
        } else if line.contains("[IMPL 213-8]") {
            enter("export", number)
        }
    }

    private mutating func start(_ name: String, _ line: Int) {
        current = phases.count
        phases.append(Phase(name: name, line: line))
    }

    /// Begins the step unless it runs already.
    private mutating func enter(_ name: String, _ line: Int) {
        if let current, phases[current].name == name { return }
        start(name, line)
    }

    // MARK: Ends

    private mutating func finish(_ line: Line, _ number: Int) {
        if line.contains("CSim done with 0 errors") {
            succeed("csim", line, number)
        } else if line.contains("Finished generating all RTL models") || line.contains("**** Estimated Fmax:") {
            succeed("csynth", line, number)
        } else if line.contains("co-simulation finished: PASS") {
            succeed("cosim", line, number)
        } else if let start = line.index(of: " completed successfully") {
            let name = Line.text(line.bytes[..<start]).words.last ?? ""
            if Self.judged.contains(name) { succeed(name, line, number) }
        } else if let start = line.index(of: "Finished Command ") {
            let command = Line.text(line.bytes[(start + 17)...]).words.first ?? ""
            if command.hasSuffix("_design") { leave(String(command.dropLast(7)), line, number) }
        } else if line.contains("[v++ 60-791]") || line.contains("[vitis-run 60-791]") {
            ended = true
            marker = line.text.trimmed
            cover { $0.phase == nil }
            if let last = phases.indices.last, phases[last].outcome == .unknown,
                !open.contains(where: { $0.phase != nil })
            {
                phases[last].outcome = .success
            }
        }
    }

    /// The step is done. Errors of its earlier tries and errors between steps are made good.
    private mutating func succeed(_ name: String, _ line: Line, _ number: Int) {
        if let index = phases.lastIndex(where: { $0.name == name }) {
            phases[index].outcome = .success
        } else {
            phases.append(Phase(name: name, line: number, outcome: .success))
        }
        cover { $0.phase == nil || $0.phase == name }
        marker = String(line.text.trimmed.prefix(LogMessage.textLimit))
    }

    /// Printed after failures too: a success only where no error stands since the step began.
    private mutating func leave(_ name: String, _ line: Line, _ number: Int) {
        guard let index = phases.lastIndex(where: { $0.name == name }) else { return }
        if !open.contains(where: { $0.line > phases[index].line }) { succeed(name, line, number) }
        if current == index { current = nil }
    }

    private mutating func cover(_ isCovered: (OpenError) -> Bool) {
        for error in open where isCovered(error) { recovered.insert(error.line) }
        open.removeAll(where: isCovered)
    }

    /// `Synth Design complete | Checksum: 60a6232f`; `, checksum` before 2021.
    private mutating func checksum(_ line: Line) {
        guard line.contains("complete") || line.starts(with: "Ending ") else { return }
        let text = line.text
        guard let end = text.range(of: "hecksum: ") else { return }
        let name = text[..<end.lowerBound].dropLast().trimmed
        let bare = name.hasSuffix("|") || name.hasSuffix(",") ? name.dropLast().trimmed : name
        guard let value = text[end.upperBound...].words.first else { return }
        checksums.append(.init(phase: bare, value: value))
    }
}

extension String {
    /// Where `needle` first stands; for short lines.
    fileprivate func range(of needle: String) -> Range<Index>? {
        var start = startIndex
        while let first = self[start...].firstIndex(of: needle.first ?? " ") {
            if self[first...].hasPrefix(needle) { return first..<index(first, offsetBy: needle.count) }
            start = index(after: first)
        }
        return nil
    }
}
