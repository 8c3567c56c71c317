/// The steps of a run as its log tells them, and which errors a later success of the same step made good.
struct LogProgress {
    struct Phase {
        var name: String
        var line: Int
        var outcome = LogReport.Outcome.unknown
    }

    /// Lines of the errors of one step that nothing made good yet, and the try they last happened in.
    private struct OpenErrors {
        var lines: [Int] = []
        var attempts: Set<Int> = []
    }

    private(set) var phases: [Phase] = []
    private(set) var marker: String?
    /// Vivado has left; inside a log of an HLS tool that is only the end of a step.
    private(set) var vivadoEnded = false
    /// An HLS tool or a driver has left.
    private(set) var ended = false
    private(set) var traceback = false
    private(set) var tracebackLine = 0
    private(set) var checksums: [LogReport.Checksum] = []
    /// Lines of errors that were made good.
    private(set) var recovered: Set<Int> = []
    private(set) var lines = 0
    /// By step; errors between steps, as of an option that the script sets, stand under the empty name.
    private var open: [String: OpenErrors] = [:]
    private var phaseOfLine: [Int: String] = [:]
    /// The last try of each step.
    private var lastTry: [String: Int] = [:]
    /// Index of the step that runs.
    private var current: Int?

    init() {}

    /// True where the last step whose end the tools announce was announced.
    var lastPhaseSucceeded: Bool { phases.last { Self.judged.contains($0.name) }?.outcome != .unknown }

    /// True where the step that began last has not said that it is done.
    var isWithinStep: Bool { phases.last.map { Self.judged.contains($0.name) && $0.outcome == .unknown } ?? false }

    /// True for an error outside of all steps, after which another step began.
    func isBeforeStep(_ line: Int) -> Bool {
        phaseOfLine[line] == nil && (phases.last.map { line < $0.line } ?? false)
    }

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
        if line.contains("[HLS 200-112] Total ") { ended = true }
        if line.contains("[Common 17-206] Exiting ") { exit(line, number) }
        if line.contains("hecksum: ") { checksum(line) }
    }

    mutating func error(_ message: LogMessage) {
        let phase = current.map { phases[$0].name }
        phaseOfLine[message.line] = phase
        open[phase ?? "", default: OpenErrors()].lines.append(message.line)
        if let current { open[phase ?? "", default: OpenErrors()].attempts.insert(current) }
    }

    /// Steps with errors that nothing made good have failed.
    mutating func end() {
        for errors in open.values {
            for attempt in errors.attempts { phases[attempt].outcome = .failure }
        }
        if open.isEmpty, !recovered.isEmpty, marker != nil { traceback = false }
    }

    // MARK: Beginnings

    private mutating func begin(_ line: Line, _ number: Int) {
        if let running = line.index(of: "[HLS 200-1510] Running: ") {
            let command = Line.text(line.bytes[(running + 24)...]).words.first ?? ""
            if command.hasSuffix("_design") { start(String(command.dropLast(7)), number) } else { current = nil }
        } else if line.starts(with: "Command: ") {
            let command = Line.text(line.bytes.dropFirst(9)).words.first ?? ""
            if !command.isEmpty { start(command, number) }
        } else if line.contains("[SIM 211-2]") || line.contains("[SIM 211-200] Executing") {
            enter("csim", number)
        } else if line.contains("[HLS 200-10] Analyzing design file")
            || line.contains("[HLS 200-10] Starting hardware synthesis")
            || line.contains("[HLS 200-42] -- Implementing module")
        {
            enter("csynth", number)
        } else if line.contains("[COSIM 212-47]") || line.contains("[COSIM]") || line.contains("[COSIM-47]") {
            enter("cosim", number)
        } else if line.contains("[IMPL 213-8]") {
            enter("export", number)
        }
    }

    private mutating func start(_ name: String, _ line: Int) {
        // No run has so many kinds of steps; more of them would be another kind of text.
        guard lastTry[name] != nil || lastTry.count < 64 else { return }
        current = phases.count
        lastTry[name] = phases.count
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
        } else if line.contains("Finished generating all RTL models") || line.contains("**** Estimated Fmax:")
            || line.contains("[VLOG 209-307] Generating Verilog RTL for")
        {
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
            cover("")
            if let last = phases.indices.last, phases[last].outcome == .unknown, open.isEmpty {
                phases[last].outcome = .success
            }
        }
    }

    /// The step is done. Errors of its earlier tries and errors between steps are made good.
    private mutating func succeed(_ name: String, _ line: Line, _ number: Int) {
        if let index = lastTry[name] {
            phases[index].outcome = .success
        } else {
            lastTry[name] = phases.count
            phases.append(Phase(name: name, line: number, outcome: .success))
        }
        cover("")
        cover(name)
        marker = String(line.text.trimmed.prefix(LogMessage.textLimit))
    }

    /// Vivado HLS does not announce the end of an export; the packaging Vivado's leaving without an error is it.
    private mutating func exit(_ line: Line, _ number: Int) {
        guard line.contains("Exiting Vivado ") else {
            ended = true
            return
        }
        vivadoEnded = true
        if let current, phases[current].name == "export" { leave("export", line, number) }
    }

    /// Printed after failures too: a success only where no error stands since the step began.
    private mutating func leave(_ name: String, _ line: Line, _ number: Int) {
        guard let index = lastTry[name] else { return }
        let began = phases[index].line
        if open.values.allSatisfy({ ($0.lines.last ?? 0) < began }) { succeed(name, line, number) }
        if current == index { current = nil }
    }

    /// A later success made these errors good.
    private mutating func cover(_ name: String) {
        for line in open.removeValue(forKey: name)?.lines ?? [] { recovered.insert(line) }
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
