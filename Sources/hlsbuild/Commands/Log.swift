import ArgumentParser
import Basics
import BuildEngine
import Stages
import ToolRunner

/// `hlsbuild log STAGE`.
struct Log: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Print what the tools of a stage printed when they ran last.")

    @Argument(help: "The stage.")
    var stage: String

    @Flag(
        name: .long,
        help: "Print on while a build runs, as it is printed. '-f' without a file behind it is the same.")
    var follow = false

    @OptionGroup var options: GlobalOptions

    mutating func run() async throws {
        let opened = try Opened(options)
        _ = try opened.workspace.road.flow().closure(of: [StageIdentity(stage)])
        if follow {
            let stage = stage
            let builder = opened.builder()
            try await Interruption.run(ending: opened.runner) {
                var printer = LogPrinter()
                try await builder.followLogs(of: StageIdentity(stage)) { try printer.print($0) }
                printer.finish(stage)
            }
            return
        }
        var printer = LogPrinter()
        for log in try opened.builder().logs(of: StageIdentity(stage)) {
            try printer.print(LogPiece(label: log.label, isStart: true, bytes: Array(log.text.utf8)))
        }
        printer.finish(stage)
    }
}

/// Prints logs below their headings, also where those of several commands grow at once.
private struct LogPrinter {
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

    mutating func finish(_ stage: String) {
        endLine()
        if label == nil { Terminal.writeError("stage \(stage) has run no tool yet\n") }
    }

    private mutating func endLine() {
        Terminal.writeOut(unfinished)
        unfinished = []
        if isWithinLine { Terminal.writeOut("\n") }
        isWithinLine = false
    }
}
