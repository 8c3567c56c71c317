import ArgumentParser
import Basics
import BuildEngine
import Stages
import ToolRunner

/// `hlsbuild log STAGE`.
struct Log: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Print what the tools of a stage printed when they ran last.",
        discussion: """
            Examples:
              hlsbuild log synth          what the tools said
              hlsbuild log synth -f       and on, while the build runs
            """)

    @Argument(help: "The stage.", completion: .list(Road.names))
    var stage: String

    @Flag(
        name: .long,
        help: "Print on while a build runs, as it is printed. '-f' without a file behind it is the same.")
    var follow = false

    @OptionGroup var options: GlobalOptions

    mutating func run() async throws {
        let opened = try Opened(options)
        let stage = StageIdentity(stage)
        _ = try opened.workspace.road.flow().closure(of: [stage])
        let builder = opened.builder()
        let (isJSON, follow) = (options.json, follow)
        try await Interruption.run(ending: opened.runner) {
            var printer: any LogPrinter = isJSON ? LogEvents(stage: stage) : LogText()
            if follow {
                try await builder.followLogs(of: stage) { try printer.print($0) }
            } else {
                for log in try builder.logs(of: stage) {
                    try printer.print(LogPiece(label: log.label, isStart: true, bytes: Array(log.text.utf8)))
                }
            }
            printer.finish(stage)
        }
    }
}

/// What makes of logs what is printed.
private protocol LogPrinter {
    /// Throws where nobody reads any more.
    mutating func print(_ piece: LogPiece) throws
    mutating func finish(_ stage: StageIdentity)
}

/// Prints logs below their headings, also where those of several commands grow at once.
private struct LogText: LogPrinter {
    private var label: String?
    private var isWithinLine = false
    /// The beginning of a character that goes on with the next piece.
    private var unfinished: [UInt8] = []

    mutating func print(_ piece: LogPiece) throws {
        if piece.isStart || piece.label != label {
            endLine()
            say("== \(piece.label)")
            label = piece.label
        }
        let bytes = unfinished + piece.bytes
        unfinished = bytes.suffix(VisibleText.unfinished(bytes))
        Terminal.writeOut(Array(bytes.dropLast(unfinished.count)))
        if let last = piece.bytes.last { isWithinLine = last != UInt8(ascii: "\n") }
        if Terminal.hasLostReader { throw ExitStatus.done }
    }

    mutating func finish(_ stage: StageIdentity) {
        endLine()
        if label == nil { Terminal.writeError("stage \(stage.text) has run no tool yet\n") }
    }

    private mutating func endLine() {
        Terminal.writeOut(unfinished)
        unfinished = []
        if isWithinLine { Terminal.writeOut("\n") }
        isWithinLine = false
    }
}

/// Every line as the event that it was in the build, then an object that names the steps.
private struct LogEvents: LogPrinter {
    let stage: StageIdentity
    private var lines: [String: LineSplitter] = [:]
    private var labels: [String] = []

    init(stage: StageIdentity) { self.stage = stage }

    mutating func print(_ piece: LogPiece) throws {
        if piece.isStart { end(piece.label) }
        if !labels.contains(piece.label) { labels.append(piece.label) }
        var splitter = lines[piece.label] ?? LineSplitter()
        for line in splitter.add(piece.bytes[...]) { tell(piece.label, line) }
        lines[piece.label] = splitter
        if Terminal.hasLostReader { throw ExitStatus.done }
    }

    mutating func finish(_ stage: StageIdentity) {
        for label in labels { end(label) }
        say(
            JSONValue.object([
                "event": .string("log"), "stage": .string(stage.text), "steps": .array(labels.map(JSONValue.string)),
            ]))
    }

    private mutating func end(_ label: String) {
        guard var splitter = lines.removeValue(forKey: label), let last = splitter.finish() else { return }
        tell(label, last)
    }

    private func tell(_ label: String, _ line: String) {
        say(BuildEvent.output(stage: stage, label: label, line: line).json)
    }
}
